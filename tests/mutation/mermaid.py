"""Mermaid's texts with something wrong in what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from mutation.mutant import Mutant, has_number, other_number, other_words

_EDGE = re.compile(r'( +)([\w.-]+) (<?)(-->|-\.->)(\|".*"\|)? ([\w.-]+)')
_MESSAGE = re.compile(r"( +)(\w+?)(--?>>)(\w+): (.*)")
_BOX = re.compile(r" +(?:subgraph [\w.-]+\[|[\w.-]+[(\[{>]+\"|participant |actor |box )")
_TEXT = re.compile(r"(?<=[>\"\[])[^<>\"\[\]]*\w[^<>\"\[\]]*(?=[<\"\]])")
_LANE_TEXT = re.compile(r"(?<=>)[^<>]*\w[^<>]*|(?<= as )[^<>]*\w[^<>]*|(?<=\) )[^<>()]*\w[^<>]*")

_Change = tuple[str, str, list[str]]
"""Kind, what is changed, and the lines afterwards."""


def mutants(output: str, path: str, text: str) -> Iterator[Mutant]:
    """Every way to spoil one text."""
    lines = text.split("\n")
    names = [m[2] for m in map(_EDGE.fullmatch, lines) if m]
    names += [m[2] for m in map(_MESSAGE.fullmatch, lines) if m]
    for at, line in enumerate(lines):
        for kind, changed in _changes(line, names):
            after = [*lines[:at], *changed, *lines[at + 1 :]]
            if after != lines:
                yield _mutant(output, kind, path, line.strip(), after)
    for kind, line, after in (*_moves(lines), *_swaps(lines)):
        yield _mutant(output, kind, path, line.strip(), after)


def _mutant(output: str, kind: str, path: str, change: str, lines: list[str]) -> Mutant:
    return Mutant(output, kind, path, change, lambda: "\n".join(lines).encode())


def _changes(line: str, names: list[str]) -> Iterator[tuple[str, list[str]]]:
    if edge := _EDGE.fullmatch(line):
        yield from _of_edge(edge, names)
    elif message := _MESSAGE.fullmatch(line):
        yield from _of_message(message, names)
    elif _BOX.match(line):
        if not re.match(r" +(?:subgraph|box) ", line):
            yield "box dropped", []
        in_flow = '"' in line
        for found in (_TEXT if in_flow else _LANE_TEXT).finditer(line):
            yield from _of_text(line, found)


def _of_text(line: str, found: re.Match[str]) -> Iterator[tuple[str, list[str]]]:
    before = line[: found.start()]
    what = "description"
    if before.endswith(("<b>", " as ", ") ", " as <br/><br/>")):
        what = "name"
    elif before.endswith("["):
        what = "technology"
    for number in (False, True):
        if number and not has_number(found[0]):
            continue
        said = other_number(found[0]) if number else other_words(found[0])
        changed = f"{before}{said}{line[found.end() :]}"
        yield (f"number in {what} changed" if number else f"{what} changed"), [changed]


def _of_edge(edge: re.Match[str], names: list[str]) -> Iterator[tuple[str, list[str]]]:
    indent, source, head, arrow, label, target = edge.groups()

    def said(source: str, head: str, arrow: str, label: str | None, target: str) -> list[str]:
        return [f"{indent}{source} {head}{arrow}{label or ''} {target}"]

    yield "arrow dropped", []
    yield "line changed", said(source, head, "-.->" if arrow == "-->" else "-->", label, target)
    yield "second head changed", said(source, "" if head else "<", arrow, label, target)
    if source != target and not head:
        yield "arrow reversed", said(target, head, arrow, label, source)
    if other := next((name for name in names if name not in {source, target}), None):
        yield "arrow retargeted", said(source, head, arrow, label, other)
        yield "arrow from another", said(other, head, arrow, label, target)
    if label:
        yield "label dropped", said(source, head, arrow, None, target)
        text = f'|"{other_words(label[2:-2])}"|' if "<" not in label else f'|"x{label[2:]}'
        yield "label changed", said(source, head, arrow, text, target)


def _of_message(message: re.Match[str], names: list[str]) -> Iterator[tuple[str, list[str]]]:
    indent, source, arrow, target, label = message.groups()
    yield "arrow dropped", []
    other_arrow = "-->>" if arrow == "->>" else "->>"
    yield "line changed", [f"{indent}{source}{other_arrow}{target}: {label}"]
    if source != target:
        yield "arrow reversed", [f"{indent}{target}{arrow}{source}: {label}"]
    if other := next((name for name in names if name not in {source, target}), None):
        yield "arrow retargeted", [f"{indent}{source}{arrow}{other}: {label}"]
        yield "arrow from another", [f"{indent}{other}{arrow}{target}: {label}"]
    yield "label changed", [f"{indent}{source}{arrow}{target}: {other_words(label)}"]


def _moves(lines: list[str]) -> Iterator[_Change]:
    """A box out of all that is around it: the other way round is the same mistake."""
    first = next((n for n, line in enumerate(lines) if _BOX.match(line)), 0)
    for at, line in enumerate(lines):
        is_box = _BOX.match(line) and not re.match(r" +(?:subgraph|box) ", line)
        if is_box and line.startswith("    ") and ":::about" not in line:
            yield "parent changed", line, [*lines[:first], line, *lines[first:at], *lines[at + 1 :]]


def _swaps(lines: list[str]) -> Iterator[_Change]:
    """Two messages in the wrong order."""
    for at, (line, after) in enumerate(pairwise(lines)):
        if _MESSAGE.fullmatch(line) and _MESSAGE.fullmatch(after) and line != after:
            yield "steps swapped", line, [*lines[:at], after, line, *lines[at + 2 :]]
