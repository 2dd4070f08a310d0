"""Reading PlantUML's pictures: which boxes there are, what they say, and what joins them.

Knows PlantUML's SVG, and nothing of how a diagram was written.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass

from archdoc.model import Line
from archdoc.outputs.plantuml_text import unmarked
from archdoc.outputs.svg_shapes import SVG, Area, area, around, from_tail_to_tip
from archdoc.views import GraphEdge

_SMALL = 12.0
"""The font size, in pixels, of what C4-PlantUML writes in brackets."""
_KINDS = {"entity", "cluster"}
"""The classes of boxes; pages add others, to what they are about."""
_REACH = 15.0
"""Pixels between an arrow's end and the border that it leads to; there are at most ten."""
_MOST_TAGS = 1_000_000
"""Far more than any picture that could be looked at: each takes memory."""


@dataclass(frozen=True, slots=True)
class Box:
    """An element or a boundary of a picture."""

    name: str
    """PlantUML's own name of it, without those around it."""
    parent: str | None
    """The boundary in which it is drawn."""
    lines: tuple[tuple[str, str], ...]
    """Its lines of text, each with its style: bold, italic, small or plain."""
    area: Area

    def said(self, style: str) -> str:
        """What it says in one style, on one line."""
        return " ".join(text for kind, text in self.lines if kind == style)


def parse(svg: bytes) -> ET.Element:
    """The picture's root. Raises ValueError for what is not an SVG picture."""
    if svg.count(b"<") > _MOST_TAGS:
        raise ValueError("more elements than any picture has")
    try:
        root = ET.fromstring(svg)  # noqa: S314 - expat resolves no external entity, and bounds others
    except ET.ParseError as error:
        raise ValueError(f"not an SVG picture: {error}") from error
    if root.tag != f"{SVG}svg":
        raise ValueError("not an SVG picture")
    return root


def boxes(root: ET.Element) -> dict[str, Box]:
    """Every box, by the id that arrows use for it; nesting is told by what lies in what."""
    groups = {
        group.get("id", ""): group
        for group in root.iter(f"{SVG}g")
        if not _KINDS.isdisjoint(group.get("class", "").split())
    }
    names = {
        id_: group.get("data-qualified-name", "").rpartition(".")[2]
        for id_, group in groups.items()
    }
    areas = {id_: area(group) for id_, group in groups.items()}
    clusters = {id_ for id_, group in groups.items() if "cluster" in group.get("class", "").split()}
    found: dict[str, Box] = {}
    for id_, group in groups.items():
        parent = around(id_, areas, clusters)
        lines = tuple(_lines(group))
        found[id_] = Box(names[id_], names[parent] if parent else None, lines, areas[id_])
    return found


def edges(root: ET.Element, named: Mapping[str, Box]) -> tuple[GraphEdge, ...]:
    """Every arrow between boxes. Raises ValueError for one that ends at nothing."""
    in_lanes = root.get("data-diagram-type") == "SEQUENCE"
    found: list[GraphEdge] = []
    for group in root.iter(f"{SVG}g"):
        if group.get("class") != "link":
            continue
        source, target = _ends(group, named, in_lanes=in_lanes)
        lines = _lines(group)
        technology = " ".join(text for style, text in lines if style == "italic")
        found.append(
            GraphEdge(
                source=source.name,
                target=target.name,
                label=" ".join(text for style, text in lines if style != "italic"),
                line=_line(group),
                two_headed=len(group.findall(f"{SVG}polygon")) > 1,
                technology=technology.removeprefix("[").removesuffix("]"),
            )
        )
    return tuple(found)


def _ends(group: ET.Element, named: Mapping[str, Box], *, in_lanes: bool) -> tuple[Box, Box]:
    """What an arrow leads from and to: the boxes that it names, in the order that its head tells.

    Raises ValueError where it is not drawn between these two. Messages lead from lane to lane, at
    any height below their boxes.
    """
    ends = [named.get(group.get(f"data-entity-{end}", "")) for end in (1, 2)]
    one, two = ends
    if one is None or two is None:
        raise ValueError("an arrow ends at something that is not in the picture")
    if in_lanes and one is two:  # it swings out to the right, further than a narrow box
        return one, two
    tail, tip = from_tail_to_tip(group)

    def joins(source: Box, target: Box) -> bool:
        measure = Area.beside if in_lanes else Area.apart
        return measure(source.area, tail) <= _REACH and measure(target.area, tip) <= _REACH

    for pair in ((one, two), (two, one)):
        if joins(*pair):
            return pair
    raise ValueError(f"an arrow between {one.name} and {two.name} does not reach them")


def _line(group: ET.Element) -> Line:
    """How an arrow is drawn: PlantUML writes 7,7 for dashes and 1,3 for dots."""
    strokes = (group.find(f"{SVG}{tag}") for tag in ("path", "line"))
    dashes = next((s.get("stroke-dasharray", "") for s in strokes if s is not None), "")
    if not dashes:
        return "solid"
    return "dotted" if float(dashes.partition(",")[0]) <= 2 else "dashed"


def _style(text: ET.Element) -> str:
    if text.get("font-style") == "italic":
        return "italic"
    if float(text.get("font-size", 0)) <= _SMALL:
        return "small"
    return "bold" if text.get("font-weight") in {"bold", "600", "700"} else "plain"


def _lines(group: ET.Element) -> list[tuple[str, str]]:
    """Lines of text: PlantUML writes a line in pieces, which share their height in the picture."""
    rows: dict[tuple[str, str], list[str]] = {}
    for text in group.iter(f"{SVG}text"):
        if float(text.get("font-size", 0)) == 0:
            continue  # C4-PlantUML keeps the place of an empty label with a dot of no size
        style = _style(text)
        content = "".join(text.itertext()).replace("\N{NO-BREAK SPACE}", " ")
        rows.setdefault((text.get("y", ""), style), []).append(unmarked(content))
    lines = [(style, " ".join("".join(parts).split())) for (_, style), parts in rows.items()]
    return [(style, line) for style, line in lines if line]
