"""What Graphviz's picture of a `diagrams` graph shows."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from archdoc.model import Line
from archdoc.outputs.plantuml_svg import parse
from archdoc.outputs.plantuml_text import unmarked
from archdoc.outputs.svg_shapes import SVG, Area, area, around, ends, from_tail_to_tip
from archdoc.views import Graph, GraphEdge, GraphVertex


def read(svg: bytes) -> Graph:
    """Icons, groups and arrows; nesting is told by which group lies in which.

    An icon's technology and description stand below its name as one text, so they are read as one.
    Raises ValueError for what is not such a picture.
    """
    root = parse(svg)
    groups = [group for group in root.iter(f"{SVG}g") if group.get("class")]
    areas = {
        _name(group): area(group) for group in groups if group.get("class") in {"node", "cluster"}
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


def _vertex(group: ET.Element, areas: dict[str, Area], clusters: set[str]) -> GraphVertex:
    name = _name(group)
    parent = around(name, areas, clusters)
    first, *rest = _lines(group) or [""]
    return GraphVertex(
        id=name, name=first, technology=None, description=" ".join(rest), parent=parent
    )


def _edge(group: ET.Element) -> GraphEdge:
    source, _, target = _name(group).partition("->")
    if from_tail_to_tip(group) != ends(group):
        source, target = target, source
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
