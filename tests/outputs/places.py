"""Where the boxes of a picture stand, as a reader would say it: in which row, at which place."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from archdoc.views import Diagram

_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = {f"{_SVG}{name}" for name in ("rect", "image", "path", "polygon", "ellipse")}
_SAME_ROW = 12
"""Pixels by which the middles of one row's boxes differ at most: Graphviz rounds."""

Places = dict[str, tuple[int, int]]
"""Element id → its row, counted in the direction of arrows, and its place in that row."""


def places(svg: bytes, diagram: Diagram) -> Places:
    """The row and the place of every box of a picture."""
    along, across = (1, 0) if diagram.direction == "down" else (0, 1)
    boxes = {node.element for node in diagram.walk() if not node.boundary}
    at = {id_: middle for id_, middle in _middles(svg) if id_ in boxes}
    rows: list[list[str]] = []
    for id_ in sorted(at, key=lambda id_: at[id_][along]):
        if rows and at[id_][along] - at[rows[-1][-1]][along] <= _SAME_ROW:
            rows[-1].append(id_)
        else:
            rows.append([id_])
    return {
        id_: (number, place)
        for number, row in enumerate(rows)
        for place, id_ in enumerate(sorted(row, key=lambda id_: at[id_][across]))
    }


def _middles(svg: bytes) -> Iterator[tuple[str, tuple[float, float]]]:
    for group in ET.fromstring(svg).iter(f"{_SVG}g"):
        element = group.get("data-element")
        if element and "cluster" not in (group.get("class") or ""):
            yield element, _middle(next(e for e in group.iter() if e.tag in _SHAPES))


def _middle(shape: ET.Element) -> tuple[float, float]:
    if shape.get("cx"):
        return float(shape.get("cx", 0)), float(shape.get("cy", 0))
    if shape.get("width"):
        keys = ("x", "y", "width", "height")
        x, y, width, height = (float(shape.get(key, "0").removesuffix("px")) for key in keys)
        return x + width / 2, y + height / 2
    numbers = [
        float(n) for n in re.findall(r"-?[\d.]+", shape.get("d") or shape.get("points") or "")
    ]
    xs, ys = numbers[::2], numbers[1::2]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
