"""What a flowchart shows that the real Mermaid has drawn (11 and 12).

Knows Mermaid's SVG, and the two classes that mean something to readers: `about` is what is said of
the boundary around it, and what is in a `legend` is part of no architecture.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field

from archdoc.model import Line
from archdoc.outputs.plantuml_svg import parse
from archdoc.outputs.plantuml_text import unmarked
from archdoc.outputs.svg_shapes import SVG
from archdoc.views import Graph, GraphEdge, GraphVertex

_HTML = "{http://www.w3.org/1999/xhtml}"
_STYLES = {f"{_HTML}b": "bold", f"{_HTML}i": "italic"}
_NUMBER = r"-?[0-9.]+(?:e-?[0-9]+)?"
_TRANSLATE = re.compile(rf"translate\(({_NUMBER}),? *({_NUMBER})?\)")
_DASHES = re.compile(rf"stroke-dasharray: *({_NUMBER})[ ,]+{_NUMBER} *(?:;|$|!)")

_Point = tuple[float, float]


@dataclass(slots=True)
class _Shape:
    """A node or a cluster, and where it is."""

    name: str
    group: ET.Element
    middle: _Point
    size: float
    """Its area; 0 for a node, which holds nothing."""
    corners: tuple[float, float, float, float] = (0, 0, 0, 0)

    @property
    def classes(self) -> list[str]:
        """The names of its classes."""
        return (self.group.get("class") or "").split()

    def holds(self, other: _Shape) -> bool:
        """Whether the middle of another lies in it."""
        left, top, right, bottom = self.corners
        x, y = other.middle
        return self.size > other.size and left <= x <= right and top <= y <= bottom


@dataclass(slots=True)
class _Found:
    root: str
    shapes: list[_Shape] = field(default_factory=list)
    paths: list[tuple[ET.Element, _Point]] = field(default_factory=list)
    labels: dict[str, ET.Element] = field(default_factory=dict)

    def walk(self, element: ET.Element, x: float, y: float) -> None:
        """Look through an element whose parent begins at a place."""
        moved = _TRANSLATE.match(element.get("transform", ""))
        if moved:
            x, y = x + float(moved[1]), y + float(moved[2] or 0)
        classes = (element.get("class") or "").split()
        if "cluster" in classes:
            self.shapes.append(self._cluster(element, x, y))
        elif "node" in classes:
            self.shapes.append(_Shape(self._name(element), element, (x, y), 0))
        elif element.tag == f"{SVG}path" and element.get("data-edge"):
            self.paths.append((element, (x, y)))
        elif "label" in classes and element.get("data-id"):
            self.labels[element.get("data-id", "")] = element
        else:
            for child in element:
                self.walk(child, x, y)

    def _cluster(self, group: ET.Element, x: float, y: float) -> _Shape:
        rect = group.find(f".//{SVG}rect")
        left, top, width, height = (
            0.0 if rect is None else float(rect.get(side, 0))
            for side in ("x", "y", "width", "height")
        )
        left, top = left + x, top + y
        middle, corners = (
            (left + width / 2, top + height / 2),
            (left, top, left + width, top + height),
        )
        return _Shape(self._name(group), group, middle, width * height, corners)

    def _name(self, group: ET.Element) -> str:
        """The name in the source: the picture's id stands before it, and a number after it."""
        own = group.get("id", "").removeprefix(f"{self.root}-")
        numbered = re.fullmatch(r"flowchart-(.+)-[0-9]+", own)
        return numbered[1] if numbered else own


def read(svg: bytes) -> Graph:
    """Boxes, boundaries and arrows; nesting is told by what lies in what.

    Raises ValueError for what is not such a picture.
    """
    root = parse(svg)
    found = _Found(root.get("id", ""))
    found.walk(root, 0, 0)
    around = {shape.name: _around(shape, found.shapes) for shape in found.shapes}
    shown = [shape for shape in found.shapes if not _in_legend(shape, around)]
    about = {
        parent.name: _said(shape.group, "plain")
        for shape in shown
        if "about" in shape.classes and (parent := around[shape.name])
    }
    vertices = [shape for shape in shown if "about" not in shape.classes]
    named = {shape.name: shape for shape in vertices}
    return Graph(
        tuple(_vertex(shape, around[shape.name], about.get(shape.name)) for shape in vertices),
        tuple(_edge(*path, named, found.labels) for path in found.paths),
    )


def _around(shape: _Shape, shapes: list[_Shape]) -> _Shape | None:
    return min((o for o in shapes if o.holds(shape)), key=lambda other: other.size, default=None)


def _in_legend(shape: _Shape, around: dict[str, _Shape | None]) -> bool:
    outer = around[shape.name]
    return "legend" in shape.classes or (outer is not None and _in_legend(outer, around))


def _vertex(shape: _Shape, parent: _Shape | None, about: str | None) -> GraphVertex:
    return GraphVertex(
        id=shape.name,
        name=_said(shape.group, "bold"),
        technology=_unbracketed(_said(shape.group, "italic")),
        description=about or _said(shape.group, "plain"),
        parent=parent.name if parent else None,
    )


def _edge(
    path: ET.Element, at: _Point, named: dict[str, _Shape], labels: dict[str, ET.Element]
) -> GraphEdge:
    id_ = path.get("data-id", "")
    source, target = _ends(id_, path, at, named)
    label = labels.get(id_)
    return GraphEdge(
        source=source,
        target=target,
        label="" if label is None else _said(label, "plain"),
        line=_line(path),
        two_headed=bool(path.get("marker-start") and path.get("marker-end")),
        technology="" if label is None else _unbracketed(_said(label, "italic")),
    )


def _ends(id_: str, path: ET.Element, at: _Point, named: dict[str, _Shape]) -> tuple[str, str]:
    """The ends of an arrow, from its name: `L_app_db_0`.

    `a_b` → `c` has the same name as `a` → `b_c`: then where it leads decides. Raises ValueError
    where none of them is in the picture.
    """
    words = id_.split("_")[1:-1]
    able = [
        ends
        for cut in range(1, len(words))
        if (ends := ("_".join(words[:cut]), "_".join(words[cut:])))[0] in named and ends[1] in named
    ]
    if not able:
        raise ValueError("an arrow ends at something that is not in the picture")
    numbers = [float(number) for number in re.findall(_NUMBER, path.get("d", ""))]
    first, last = (numbers[0], numbers[1]), (numbers[-2], numbers[-1])

    def apart(ends: tuple[str, str]) -> float:
        return sum(
            abs(place[axis] + at[axis] - named[end].middle[axis])
            for end, place in zip(ends, (first, last), strict=True)
            for axis in (0, 1)
        )

    return min(able, key=apart)


def _line(path: ET.Element) -> Line:
    """A broken line has dashes, unless it is told to have shorter strokes."""
    if "edge-pattern-dotted" not in (path.get("class") or ""):
        return "solid"
    strokes = [float(stroke) for stroke in _DASHES.findall(path.get("style") or "")]
    return "dotted" if strokes and strokes[-1] < 2 else "dashed"


def _unbracketed(text: str) -> str:
    return text.removeprefix("[").removesuffix("]")


def _said(group: ET.Element, style: str) -> str:
    """What is written in one style, on one line."""
    texts = (text for how, text in _texts(group, "plain") if how == style)
    return " ".join(unmarked("".join(texts)).split())


def _texts(element: ET.Element, style: str) -> Iterator[tuple[str, str]]:
    style = _STYLES.get(element.tag, style)
    yield style, " " if element.tag == f"{_HTML}br" else element.text or ""
    for child in element:
        yield from _texts(child, style)
        yield style, child.tail or ""
