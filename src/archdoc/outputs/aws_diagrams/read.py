"""What Graphviz's picture of a `diagrams` graph shows."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from archdoc.model import Line
from archdoc.outputs.plantuml_svg import SVG, parse
from archdoc.outputs.plantuml_text import unmarked
from archdoc.views import Graph, GraphEdge, GraphVertex

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: _Box) -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    @property
    def size(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)


def read(svg: bytes) -> Graph:
    """Icons, groups and arrows; nesting is told by which group lies in which.

    An icon's technology and description stand below its name as one text, so they are read as one.
    Raises ValueError for what is not such a picture.
    """
    root = parse(svg)
    groups = [group for group in root.iter(f"{SVG}g") if group.get("class")]
    areas = {
        _name(group): _area(group) for group in groups if group.get("class") in {"node", "cluster"}
    }
    clusters = {_name(group) for group in groups if group.get("class") == "cluster"}
    return Graph(
        vertices=tuple(
            _vertex(group, areas, clusters)
            for group in groups
            if group.get("class") in {"node", "cluster"}
        ),
        edges=tuple(_edge(group) for group in groups if group.get("class") == "edge"),
    )


def _name(group: ET.Element) -> str:
    """The name in dot: as cleaned pictures keep it, or as Graphviz writes it."""
    return group.get("data-name") or group.findtext(f"{SVG}title") or ""


def _area(group: ET.Element) -> _Box:
    """The area of a group's drawing."""
    numbers: list[float] = []
    for shape in group.iter():
        numbers += [float(n) for n in _NUMBER.findall(shape.get("points", ""))]
        if shape.get("d"):
            numbers += [float(n) for n in _NUMBER.findall(shape.get("d", ""))]
    if not numbers:
        for text in group.iter(f"{SVG}text"):
            numbers += [float(text.get("x", 0)), float(text.get("y", 0))]
    xs, ys = numbers[::2] or [0.0], numbers[1::2] or [0.0]
    return _Box(min(xs), min(ys), max(xs), max(ys))


def _vertex(group: ET.Element, areas: dict[str, _Box], clusters: set[str]) -> GraphVertex:
    name = _name(group)
    around = [
        other for other in clusters - {name} if areas[other].holds(areas[name]) and other != name
    ]
    parent = min(around, key=lambda other: areas[other].size, default=None)
    first, *rest = _lines(group) or [""]
    return GraphVertex(
        id=name, name=first, technology=None, description=" ".join(rest), parent=parent
    )


def _edge(group: ET.Element) -> GraphEdge:
    source, _, target = _name(group).partition("->")
    return GraphEdge(
        source=source,
        target=target,
        label=" ".join(_lines(group)),
        line=_line(group),
        two_headed=len(group.findall(f".//{SVG}polygon")) > 1,
        technology=None,
    )


def _line(group: ET.Element) -> Line:
    """Graphviz writes 5,2 for dashes and 1,5 for dots."""
    path = group.find(f".//{SVG}path")
    dashes = "" if path is None else path.get("stroke-dasharray", "")
    if not dashes:
        return "solid"
    return "dotted" if dashes.startswith("1") else "dashed"


def _lines(group: ET.Element) -> list[str]:
    lines = ["".join(text.itertext()) for text in group.iter(f"{SVG}text")]
    return [" ".join(unmarked(line).split()) for line in lines if line.strip()]
