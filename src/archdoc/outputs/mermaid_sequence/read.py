"""What a sequence shows that the real Mermaid has drawn (11 and 12)."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from archdoc.outputs.plantuml_svg import parse
from archdoc.outputs.plantuml_text import unmarked
from archdoc.outputs.svg_shapes import SVG
from archdoc.views import Graph, GraphEdge, GraphVertex

_TEXT, _LINES = f"{SVG}text", {f"{SVG}line", f"{SVG}path"}


def read(svg: bytes) -> Graph:
    """Lanes, boxes around them, and messages, each after its number.

    Mermaid gives boxes no names: they are called `box 1`, `box 2`, … from the left. What stands
    below a lane's name is read as one text. Raises ValueError for what is not such a picture.
    """
    root = parse(svg)
    boxes = sorted(_boxes(root), key=lambda box: box[0])
    lifelines = {
        line.get("data-id", ""): float(line.get("x1", 0))
        for line in root.iter(f"{SVG}line")
        if line.get("data-et") == "life-line"
    }
    lanes = [group for group in root.iter(f"{SVG}g") if group.get("data-et") == "participant"]
    vertices = [
        GraphVertex(f"box {number}", name, description="")
        for number, (_, _, name) in enumerate(boxes, 1)
    ]
    for lane in lanes:
        id_ = lane.get("data-id", "")
        first, *rest = [line for line in _lines(lane) if line] or [""]
        around = (
            f"box {number}"
            for number, (left, right, _) in enumerate(boxes, 1)
            if left <= lifelines[id_] <= right
        )
        vertices.append(
            GraphVertex(id_, first, description=" ".join(rest), parent=next(around, None))
        )
    return Graph(tuple(vertices), tuple(_messages(root)))


def _boxes(root: ET.Element) -> Iterator[tuple[float, float, str]]:
    """From where to where each box reaches, and its name."""
    for group in root.iter(f"{SVG}g"):
        rect = group.find(f"{SVG}rect[@class='rect']")
        if rect is not None:
            left = float(rect.get("x", 0))
            yield left, left + float(rect.get("width", 0)), " ".join(_lines(group))


def _messages(root: ET.Element) -> Iterator[GraphEdge]:
    """Mermaid draws a message's text, its arrow, and its number, in this order."""
    texts: list[str] = []
    arrow: ET.Element | None = None
    for element in root.iter():
        if element.tag == _TEXT and element.get("class") == "messageText":
            texts.append(_text(element))
        elif element.tag in _LINES and element.get("data-et") == "message":
            arrow = element
        elif (
            element.tag == _TEXT and element.get("class") == "sequenceNumber" and arrow is not None
        ):
            said = " ".join(filter(None, texts))
            yield GraphEdge(
                source=arrow.get("data-from", ""),
                target=arrow.get("data-to", ""),
                label=f"{_text(element)}: {said}".rstrip(),
                line="dashed" if arrow.get("class") == "messageLine1" else "solid",
                two_headed=bool(arrow.get("marker-start") and arrow.get("marker-end")),
            )
            texts, arrow = [], None


def _lines(group: ET.Element) -> list[str]:
    return [_text(text) for text in group.iter(_TEXT)]


def _text(text: ET.Element) -> str:
    """A line; Mermaid keeps the place of an empty one with a space of no width."""
    words = unmarked("".join(text.itertext()))
    return "" if words == "\N{ZERO WIDTH SPACE}" else " ".join(words.split())
