"""The text of one file, and where in it something stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from archdoc.report import Span

_FAR = 1_000
"""Characters in which a word is looked for: a statement may go over several lines."""
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class SourceText:
    """One file of a model."""

    file: str
    """Its path as people know it: relative to the working directory, where it is inside that."""
    name: str
    """Its path as `model.json` says it: the same wherever the project is checked out."""
    path: Path
    text: str

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_BREAK.finditer(self.text))]

    def line(self, number: int) -> str:
        """A line by its number from 1, without its ending; empty beyond the last."""
        if number > len(self._starts):
            return ""
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[self._starts[number - 1] : end].rstrip("\r\n")

    def line_of(self, index: int) -> int:
        """The number of the line in which a character stands."""
        return bisect_right(self._starts, index)

    def span(self, start: int, end: int) -> Span:
        """From one character to before another, or to the end of the first one's line."""
        number = self.line_of(start)
        column = start - self._starts[number - 1] + 1
        text = self.line(number)
        length = min(end, self._starts[number - 1] + len(text)) - start
        return Span(self.file, number, column, column + max(length, 1), text)

    def word(self, number: int, word: str) -> Span:
        """A word in a line or in one of the few after it, or else all that the line says."""
        found = None
        if word:
            whole = re.compile(rf"(?<![\w.]){re.escape(word)}(?!\w)")
            start = self._starts[min(number, len(self._starts)) - 1]
            found = whole.search(self.text, start, start + _FAR)
        if found:
            return self.span(*found.span())
        line = self.line(number)
        column = len(line) - len(line.lstrip()) + 1
        return Span(self.file, number, column, max(len(line.rstrip()), column) + 1, line)
