"""The commands that bring outputs up to date, as people type them."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

DEFAULT_MODEL, DEFAULT_OUTPUT = Path("model"), Path("build")


@dataclass(frozen=True, slots=True)
class Mend:
    """Commands for one model, by the path that somebody gave."""

    model: Path = DEFAULT_MODEL

    def build(
        self, folder: Path = DEFAULT_OUTPUT, *, site: bool = True, pages: bool = False
    ) -> str:
        """The command that makes everything, or all but the site, or its pages in place of it."""
        words = [] if self.model == DEFAULT_MODEL else [str(self.model)]
        words += [] if folder == DEFAULT_OUTPUT else ["-o", str(folder)]
        words += ["--pages"] if pages else [] if site else ["--no-site"]
        return _typed("build", *words)

    def render(self, view: str, format_: str, folder: Path) -> str:
        """The command that draws a view."""
        return _typed("render", view, "--format", format_, "-o", str(folder), *self._option())

    def compose(self, environment: str, path: Path) -> str:
        """The command that writes an environment's compose files."""
        return _typed("compose", environment, "-o", str(path), *self._option())

    def compose_check(self, environment: str, path: Path) -> str:
        """The command that holds kept compose files against an environment."""
        return _typed("compose", environment, "--check", str(path), *self._option())

    def _option(self) -> list[str]:
        return [] if self.model == DEFAULT_MODEL else ["--model", str(self.model)]


def _typed(*words: str) -> str:
    return shlex.join(("archdoc", *words))
