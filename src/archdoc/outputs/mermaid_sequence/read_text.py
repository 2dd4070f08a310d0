"""What a sequence says as it is written, in a Markdown file or beside one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from archdoc.model import Line
from archdoc.outputs.mermaid_source import lines, statements
from archdoc.views import Graph, GraphEdge, GraphVertex

_LANE = re.compile(r"(?:participant|actor) (\w+)(?: as ?(.*))?")
_BOX = re.compile(r"box (?:rgba?\([^)]*\) ?)?(.*)")
_MESSAGE = re.compile(r"(\w+?)(<<)?(--?>>)(\w+):?(.*)")
_AUTONUMBER = re.compile(r"autonumber(?: (\d{1,9}))?")
_MOST = 100_000
"""Statements; no sequence that a page could draw has as many."""


@dataclass(slots=True)
class _Sequence:
    """A sequence as far as it was read."""

    vertices: list[GraphVertex] = field(default_factory=list)
    edges: list[GraphEdge] = field(default_factory=list)
    boxes: int = 0
    box: str | None = None
    """The box that is open."""
    number: int = 1
    """Of the next message."""

    def add(self, statement: str) -> None:
        """One line. Raises ValueError for one that is no statement of a sequence."""
        if found := _LANE.fullmatch(statement):
            self.vertices.append(_lane(found[1], found[2], self.box))
        elif found := _AUTONUMBER.fullmatch(statement):
            self.number = int(found[1] or 1)
        elif found := _MESSAGE.fullmatch(statement):
            self.edges.append(_message(found, self.number))
            self.number += 1
        elif found := _BOX.fullmatch(statement):
            self.boxes += 1
            self.box = f"box {self.boxes}"
            self.vertices.append(GraphVertex(self.box, " ".join(lines(found[1])), description=""))
        elif statement == "end" and self.box is not None:
            self.box = None
        else:
            raise ValueError(f"no statement of a sequence: {statement[:80]}")


def read_text(source: str) -> Graph:
    """Lanes, boxes around them, and messages, each after its number.

    Boxes have no names: they are called `box 1`, `box 2`, … in their order. What stands below a
    lane's name is read as one text. Raises ValueError for what is no sequence.
    """
    first, *rest = [*islice(statements(source), _MOST + 1)] or [""]
    if first != "sequenceDiagram":
        raise ValueError("not a sequence")
    if len(rest) == _MOST:
        raise ValueError(f"more than {_MOST} statements")
    sequence = _Sequence()
    for statement in rest:
        sequence.add(statement)
    if sequence.box is not None:
        raise ValueError("a box is not ended: the text is not complete")
    known = {vertex.id for vertex in sequence.vertices}
    if any({edge.source, edge.target} - known for edge in sequence.edges):
        raise ValueError("a message ends at something that is not in the sequence")
    return Graph(tuple(sequence.vertices), tuple(sequence.edges))


def _lane(name: str, text: str | None, box: str | None) -> GraphVertex:
    first, *rest = [line for line in lines(name if text is None else text) if line] or [""]
    return GraphVertex(name, first, description=" ".join(rest), parent=box)


def _message(found: re.Match[str], number: int) -> GraphEdge:
    line: Line = "dashed" if found[3] == "-->>" else "solid"
    said = " ".join(filter(None, lines(found[5])))
    return GraphEdge(
        source=found[1],
        target=found[4],
        label=f"{number}: {said}".rstrip(),
        line=line,
        two_headed=bool(found[2]),
    )
