"""What a flowchart says as it is written, in a Markdown file or beside one."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from itertools import islice

from archdoc.model import Line
from archdoc.outputs.mermaid_source import said, statements
from archdoc.views import Graph, GraphEdge, GraphVertex

_NAME = r"[\w.-]+?"
_SUBGRAPH = re.compile(rf'subgraph ({_NAME})\s*\["(.*)"\]')
_NODE = re.compile(rf'({_NAME})[(\[{{>]+"(.*?)"[)\]}}/\\]+(?::::([\w-]+))?')
_EDGE = re.compile(rf'({_NAME}) (<?)(-->|-\.->|==>)(?:\|"(.*)"\|)? ({_NAME})')
_CLASS = re.compile(r"class ([\w,.-]+) ([\w-]+)")
_LINK_STYLE = re.compile(r"linkStyle ([\d,]+) (.*)")
_IGNORED = re.compile(r"(?:flowchart|graph|direction|classDef|style|click)\b")
_DASHES = re.compile(r"stroke-dasharray:\s*([\d.]+)")
_MOST = 100_000
"""Statements; no flowchart that a page could draw has as many."""


@dataclass(slots=True)
class _Chart:
    """A flowchart as far as it was read."""

    open_: list[str] = field(default_factory=list)
    """The subgraphs around what is read now, the outermost first."""
    labels: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str | None] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    edges: list[tuple[str, str, str, str, str]] = field(default_factory=list)
    """(source, head at its end, arrow, label, target)."""
    dotted: set[int] = field(default_factory=set)
    """The numbers of edges with short strokes."""

    def box(self, name: str, label: str, class_: str | None) -> None:
        """A node or a subgraph, where it begins."""
        self.labels[name] = label
        self.parents[name] = self.open_[-1] if self.open_ else None
        if class_:
            self.classes[name] = class_

    def add(self, statement: str) -> None:
        """One line. Raises ValueError for one that is no statement of a flowchart."""
        if found := _SUBGRAPH.fullmatch(statement):
            self.box(found[1], found[2], None)
            self.open_.append(found[1])
        elif statement == "end":
            if not self.open_:
                raise ValueError("`end` ends nothing")
            self.open_.pop()
        elif found := _EDGE.fullmatch(statement):
            self.edges.append((found[1], found[2], found[3], found[4] or "", found[5]))
        elif found := _CLASS.fullmatch(statement):
            self.classes |= dict.fromkeys(found[1].split(","), found[2])
        elif found := _LINK_STYLE.fullmatch(statement):
            self._style(found[1], found[2])
        elif found := _NODE.fullmatch(statement):
            self.box(found[1], found[2], found[3])
        elif not _IGNORED.match(statement):
            raise ValueError(f"no statement of a flowchart: {statement[:80]}")

    def _style(self, numbers: str, css: str) -> None:
        strokes = _DASHES.search(css)
        if strokes and float(strokes[1]) < 2:
            self.dotted |= {int(number) for number in numbers.split(",") if number.isdecimal()}


def read_text(source: str) -> Graph:
    """Boxes, boundaries and arrows; ids are the names in the source.

    What is of class `about` is said of the boundary around it, and a subgraph of class `legend` is
    part of no architecture. Raises ValueError for what is no flowchart, or has an arrow that ends
    at nothing.
    """
    first, *rest = [*islice(statements(source), _MOST + 1)] or [""]
    if not first.startswith(("flowchart ", "graph ")):
        raise ValueError("not a flowchart")
    if len(rest) == _MOST:
        raise ValueError(f"more than {_MOST} statements")
    chart = _Chart()
    for statement in rest:
        chart.add(statement)
    if chart.open_:
        raise ValueError("a subgraph is not ended: the text is not complete")
    inside = _legends(chart)
    about = {
        chart.parents[name]: said(label, "plain")
        for name, label in chart.labels.items()
        if chart.classes.get(name) == "about"
    }
    shown = [
        name for name in chart.labels if name not in inside and chart.classes.get(name) != "about"
    ]
    return Graph(
        tuple(_vertex(name, chart, about.get(name)) for name in shown),
        tuple(_edge(number, chart, set(shown)) for number in range(len(chart.edges))),
    )


def _legends(chart: _Chart) -> set[str]:
    """Legends, and all that is in them."""
    children: dict[str | None, list[str]] = {}
    for name, parent in chart.parents.items():
        children.setdefault(parent, []).append(name)
    waiting = deque(n for n in chart.labels if n in children and chart.classes.get(n) == "legend")
    found: set[str] = set()
    while waiting:
        name = waiting.popleft()
        if name not in found:
            found.add(name)
            waiting += children.get(name, [])
    return found


def _vertex(name: str, chart: _Chart, about: str | None) -> GraphVertex:
    label = chart.labels[name]
    return GraphVertex(
        id=name,
        name=said(label, "bold"),
        technology=_unbracketed(said(label, "italic")),
        description=about or said(label, "plain"),
        parent=chart.parents[name],
    )


def _edge(number: int, chart: _Chart, shown: set[str]) -> GraphEdge:
    source, head, arrow, label, target = chart.edges[number]
    if source not in shown or target not in shown:
        raise ValueError("an arrow ends at something that is not in the flowchart")
    line: Line = "solid" if arrow != "-.->" else "dotted" if number in chart.dotted else "dashed"
    return GraphEdge(
        source=source,
        target=target,
        label=said(label, "plain"),
        line=line,
        two_headed=bool(head),
        technology=_unbracketed(said(label, "italic")),
    )


def _unbracketed(text: str) -> str:
    return text.removeprefix("[").removesuffix("]")
