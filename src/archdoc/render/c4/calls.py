"""Calls of macros, as archdoc's C4-PlantUML writes them: one on a line, with plain arguments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

NEWLINE = "\\n"
"""How PlantUML writes the end of a line within a text."""

_ARGUMENT = r'(?:\$(?P<name>\w+)=)?(?:"(?P<text>[^"]*)"|(?P<word>\w+)(?:\(\))?)'
_ARGUMENTS = re.compile(_ARGUMENT)
_UNNAMED = re.sub(r"\?P<\w+>", "?:", _ARGUMENT)
_CALL = re.compile(rf"\s*(\w+)\(((?:{_UNNAMED}(?:, {_UNNAMED})*)?)\)( \{{)?\s*", re.ASCII)


class UnknownError(Exception):
    """A diagram says what only PlantUML knows to draw."""


class Call(NamedTuple):
    """One call: `Container(app_web, "Web", "Django", $tags="vip") {`."""

    macro: str
    said: tuple[str, ...]
    """The arguments without a name."""
    named: Mapping[str, str]
    opens: bool
    """Whether what follows stands inside of it."""

    def argument(self, place: int) -> str:
        """An argument without a name; empty where there is none."""
        return self.said[place] if place < len(self.said) else ""

    def expect(self, most: int, *names: str) -> None:
        """Raises UnknownError for more arguments than that, or others than those `names`."""
        if len(self.said) > most or not self.named.keys() <= {*names}:
            raise UnknownError


def read_call(line: str) -> Call | None:
    """The call that is all of a line; None where a line is something else."""
    match = _CALL.fullmatch(line)
    if match is None:
        return None
    said: list[str] = []
    named: dict[str, str] = {}
    for argument in _ARGUMENTS.finditer(match[2]):
        value = argument["word"] if argument["text"] is None else argument["text"]
        if argument["name"]:
            named[argument["name"]] = value
        elif named:
            return None
        else:
            said.append(value)
    return Call(match[1], tuple(said), named, match[3] is not None)
