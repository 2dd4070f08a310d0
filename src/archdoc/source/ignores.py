"""`# archdoc: ignore[rule] reason`: findings that somebody has looked at and accepts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archdoc.report import Span
from archdoc.source.text import SourceText
from archdoc.source.tree import Tree

_COMMENT = re.compile(
    r"(?P<before>^|[ \t])#[ \t]*archdoc:[ \t]*ignore\b"
    r"(?:\[(?P<rules>[^\]\n]*)\])?[ \t]*(?P<reason>[^\r\n]*)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Ignore:
    """One such comment."""

    span: Span
    """Where it stands."""
    line: int
    """The line whose findings it is about: its own, or the next one for a line of its own."""
    rules: tuple[str, ...]
    reason: str


def ignores_in(source: SourceText, tree: Tree) -> Iterator[Ignore]:
    """The comments of one file; what only looks like one inside a text is none."""
    if "archdoc:" not in source.text:
        return
    texts: list[tuple[int, int]] | None = None
    for match in _COMMENT.finditer(source.text):
        texts = _texts(source, tree) if texts is None else texts
        start = match.end("before")
        if any(begin <= start < end for begin, end in texts):
            continue
        line = source.line_of(start)
        alone = not source.line(line)[: source.span(start, start).column - 1].strip()
        rules = tuple(rule.strip() for rule in (match["rules"] or "").split(",") if rule.strip())
        span = source.span(start, match.end())
        yield Ignore(span, line + 1 if alone else line, rules, match["reason"].strip())


def _texts(source: SourceText, tree: Tree) -> list[tuple[int, int]]:
    """Where the texts of a file stand that could hold such words."""
    found: list[tuple[int, int]] = []

    def visit(here: Tree) -> None:
        for inner in (*here.entries.values(), *here.items, *here.keys.values()):
            visit(inner)
        if isinstance(here.value, str) and here.source is source and "archdoc:" in here.value:
            found.append((here.start, here.end))

    visit(tree)
    return found
