"""The folders that examples are run in, and how they are run there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from dataclasses import dataclass, field
from pathlib import Path

from archdoc.outputs import starter
from archdoc.pipeline import check_path
from archdoc.report import Severity
from archdoc.report.text import full
from conftest import ROOT
from helpers import program

_CALL = re.compile(r"^\s*(?:- )?(?:run: )?(archdoc .*)$", re.MULTILINE)
_ELIDED = re.compile(r",? *…")
_END = "--- end of command"
_BESIDE = """
groups: {payments: {name: Payments}}
systems:
  bank: {name: Bank, external: true}
  partner: {name: Partner, external: true}
"""
"""What pieces of models in the pages speak of, and the reference model lacks."""


@dataclass
class Project:
    """A folder that the examples of one page work in, one after the other."""

    folder: Path
    """An empty folder of the test's own."""
    here: Path = field(init=False)
    """Where the last command has left the reader."""
    bin: Path = field(init=False)

    def __post_init__(self) -> None:
        self.bin = self.folder / "bin"
        self.bin.mkdir()
        program(self.bin / "archdoc")
        package = self.packages / "acme_models"
        shutil.copytree(ROOT / "model", package / "web")
        (package / "__init__.py").touch()
        self.begin("reference")

    @property
    def packages(self) -> Path:
        """Where the Python packages are that examples use."""
        return self.folder / "packages"

    def begin(self, name: str) -> None:
        """Go to a fresh project: `empty`, `begun` (by `archdoc init`), `reference`, `bookshop`."""
        here = self.folder / "work"
        shutil.rmtree(here, ignore_errors=True)
        here.mkdir()
        if name == "begun":
            for path, content in starter.emit("Shop").items():
                (here / path).parent.mkdir(exist_ok=True)
                (here / path).write_bytes(content)
        elif name in {"reference", "bookshop", "archdoc"}:
            (here / "pyproject.toml").touch()  # the checkout that both are in
            shutil.copytree(ROOT / "model", here / "model")
            if name != "reference":
                shutil.copytree(ROOT / "examples" / name, here / "examples" / name)
        elif name != "empty":
            raise ValueError(f"there is no project `{name}`")
        self.here = here

    def run(self, commands: list[str]) -> list[tuple[int, str]]:
        """Run commands as a reader would, one after the other: exit status and what is said."""
        script = "\n".join(f'{{ {command}\n}} 2>&1; echo; echo "{_END} $?"' for command in commands)
        done = self._call(["bash", "-c", f"{script}\npwd"])
        *said, here = done.stdout.split(_END)
        status, _, folder = here.strip().partition("\n")
        texts = [said[0], *(part.partition("\n")[2] for part in said[1:])]
        found = [int(part.split("\n")[0]) for part in (*said[1:], status)]
        self.here = Path(folder)
        return list(zip(found, (text.rstrip("\n") for text in texts), strict=True))

    def python(self, text: str) -> subprocess.CompletedProcess[str]:
        """Run a piece of Python."""
        return self._call([sys.executable, "-c", text])

    def check(self, text: str, place: str) -> str:
        """What is wrong with a piece of a model; what it does not say is the reference model's."""
        folder = self.folder / "piece"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(ROOT / "model", folder / "base")
        (folder / "pyproject.toml").touch()
        (folder / "model").mkdir()
        (folder / "model" / "docs").mkdir()
        (folder / "model" / "docs" / "django.md").touch()
        (folder / "model" / "beside.yaml").write_text(_BESIDE, "utf-8")
        (folder / "model" / "app.yaml").write_text(_whole(text, place), "utf-8")
        _, found = check_path(folder / "model")
        errors = [finding for finding in found if finding.severity is Severity.ERROR]
        return full(errors) if errors else ""

    def _call(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        path = f"{self.bin}{os.pathsep}{os.environ['PATH']}"
        packages = f"{self.packages}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"
        environment = {**os.environ, "PATH": path, "PYTHONPATH": packages, "COLUMNS": "80"}
        return subprocess.run(
            command, cwd=self.here, env=environment, capture_output=True, text=True, check=False
        )


def calls_in(text: str) -> list[str]:
    """The commands of archdoc's in a file of another tool, such as a workflow."""
    return _CALL.findall(text)


def _whole(text: str, place: str) -> str:
    """A model with a piece at a place; what `…` stands for is left out."""
    piece = _ELIDED.sub("", textwrap.dedent(text))
    keys = place.split(".") if place else []
    for key in reversed(keys):
        piece = f"{key}:\n{textwrap.indent(piece, '  ')}"
    is_whole = re.search(r"^(?:name|extends):", piece, re.MULTILINE)
    return piece if is_whole else f"extends: ../base\n{piece}"
