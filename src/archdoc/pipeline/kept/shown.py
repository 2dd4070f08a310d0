"""A Markdown file: every diagram's text that archdoc made, and every picture that it shows."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from archdoc.pipeline.kept import findings
from archdoc.pipeline.kept.addresses import file_at
from archdoc.pipeline.kept.forms import suffix_of
from archdoc.pipeline.kept.markdown import Block, Markdown, Shown, read_html, read_markdown
from archdoc.pipeline.kept.told import HEADER, GoneError, Told, UnknownError
from archdoc.pipeline.untrusted import shown
from archdoc.report import Diagnostic, Span

_READ = {".svg", ".png"}
_PICTURES = {*_READ, ".jpg", ".jpeg", ".gif", ".webp", ".avif"}
_MOST = 100
"""Findings told of one file."""
_BEGINS = re.compile(r"[\s>*+\d.-]*$")
"""What may stand before the first line of a diagram's text: marks of quotes and of lists."""
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_SVG = re.compile(r"<svg\b(?:[^<>]*/>)?|</svg\s*>", re.IGNORECASE)
_Found = list[Diagnostic] | None
"""What is wrong in something; None for what is not archdoc's."""


def check_markdown(
    path: Path, text: str, told: Told, check: Callable[[Path], Iterator[Diagnostic]]
) -> Iterator[Diagnostic]:
    """Everything that is wrong in a Markdown file, and in the pictures that it shows.

    `check` tells of a picture. Raises UnknownError for a file that shows nothing of archdoc's, and
    in which nothing is wrong; ValueError for a huge one.
    """
    text = text.removeprefix("\ufeff").replace("\r", "\n")  # each ends a line of CommonMark
    page = _Page(path, shown(path), text.split("\n"), told, check)
    yield from _told(page, page.check(read_markdown(text)))


def check_html(
    path: Path, text: str, told: Told, check: Callable[[Path], Iterator[Diagnostic]]
) -> Iterator[Diagnostic]:
    """The same of a page of HTML that is somebody's own: what is wrong in its pictures."""
    page = _Page(path, shown(path), text.split("\n"), told, check)
    yield from _told(page, map(page.picture_of, read_html(text).pictures))


def _told(page: _Page, parts: Iterable[_Found]) -> Iterator[Diagnostic]:
    found = [part for part in parts if part is not None]
    if not found:
        raise UnknownError("it shows no picture of archdoc's, and has no diagram's text from it")
    wrong = [finding for part in found for finding in part]
    yield from wrong[:_MOST]
    if len(wrong) > _MOST:
        yield findings.more(page.name, len(wrong) - _MOST)


@dataclass(frozen=True, slots=True)
class _Page:
    path: Path
    name: str
    lines: Sequence[str]
    told: Told
    picture: Callable[[Path], Iterator[Diagnostic]]

    def check(self, shown: Markdown) -> Iterator[_Found]:
        yield from (self._block(block) for block in shown.blocks if block.suffix)
        yield self._outside(shown)
        yield from map(self._drawn, _inline(self.lines, self._code(shown)))
        yield from map(self.picture_of, shown.pictures)

    def _block(self, block: Block) -> _Found:
        try:
            return [*self.told.text(self.name, block.text, block.suffix, before=block.line)]
        except GoneError as error:
            first = findings.line(self.name, block.line + 1, self.lines[block.line])
            return [findings.obsolete(self.name, str(error), first)]
        except UnknownError:
            return None

    def picture_of(self, shown: Shown) -> _Found:
        """What is wrong in a picture that it names."""
        picture = file_at(self.path, shown.address)
        suffix = suffix_of(picture) if picture else ""
        if picture is None or suffix not in _PICTURES:
            return None
        if not os.path.lexists(picture):
            if not shown.is_certain:
                return None
            return [findings.lost(self.name, shown.address, self._place(shown))]
        if suffix not in _READ:
            return None
        try:
            return findings.shown_by(self.name, self._place(shown), self.picture(picture))
        except UnknownError:
            alike = self.told.called_alike(picture)
            return [alike] if alike else None

    def _drawn(self, part: tuple[int, str]) -> _Found:
        """A picture that stands in the file itself, as SVG."""
        number, svg = part
        first = findings.line(self.name, number, self.lines[number - 1], "<svg")
        try:
            found = [*self.told.inline(self.name, svg, number)]
        except GoneError as error:
            return [findings.obsolete(self.name, str(error), first)]
        except UnknownError:
            return None
        except ValueError as error:
            mend = findings.Advice("put a whole picture there")
            return [replace(findings.unreadable(self.name, error, mend), span=first)]
        return [replace(finding, span=first) for finding in found]

    def _place(self, shown: Shown) -> Span:
        """Where a picture is named, as it is read; else where that begins."""
        first, last = shown.lines
        numbers = range(first, min(last, len(self.lines)) + 1)
        number = next((n for n in numbers if shown.address in self.lines[n - 1]), first)
        return findings.line(self.name, number, self.lines[number - 1], shown.address)

    def _code(self, shown: Markdown) -> set[int]:
        """The numbers of the lines of blocks of code."""
        return {block.line + n for block in shown.blocks for n in range(block.text.count("\n") + 2)}

    def _outside(self, shown: Markdown) -> _Found:
        """What archdoc wrote, and is in no block of code: not every program shows it."""
        inside = self._code(shown)
        return [
            findings.loose(self.name, findings.line(self.name, number, line))
            for number, line in enumerate(self.lines, 1)
            if "generated by archdoc" in line and number not in inside and _is_header(line)
        ] or None


def _inline(lines: Sequence[str], code: set[int]) -> Iterator[tuple[int, str]]:
    """Each SVG that stands among the lines, outside of code, with the number of its first line."""
    text = "\n".join("" if number in code else line for number, line in enumerate(lines, 1))
    text = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    depth, start = 0, 0
    for tag in _SVG.finditer(text):
        if tag[0].endswith("/>"):
            continue
        is_end = tag[0].startswith("</")
        start = start if depth else tag.start()
        depth += -1 if is_end else 1
        if is_end and depth == 0:
            yield text.count("\n", 0, start) + 1, text[start : tag.end()]
        depth = max(depth, 0)


def _is_header(line: str) -> bool:
    found = HEADER.search(line)
    return found is not None and _BEGINS.match(line[: found.start()]) is not None
