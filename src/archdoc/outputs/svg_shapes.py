"""Where things stand in a drawn picture, whichever engine drew it: areas, and arrowheads."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from math import hypot

SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_SLACK = 1.0
"""Pixels: lines have a width, and engines round."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle; lengths are in pixels, from the left and from the top."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: Area) -> bool:
        """Whether another lies in it."""
        return (
            self.left - _SLACK <= other.left
            and self.top - _SLACK <= other.top
            and self.right + _SLACK >= other.right
            and self.bottom + _SLACK >= other.bottom
        )

    def apart(self, point: Point) -> float:
        """How far a point is from its border, whether inside or outside."""
        x, y = point
        beside = max(self.left - x, 0.0, x - self.right), max(self.top - y, 0.0, y - self.bottom)
        inside = min(x - self.left, self.right - x, y - self.top, self.bottom - y)
        return hypot(*beside) if any(beside) else inside

    def beside(self, point: Point) -> float:
        """How far a point is to the left or to the right of it; 0 above it and below."""
        return max(self.left - point[0], 0.0, point[0] - self.right)

    @property
    def size(self) -> float:
        """Square pixels."""
        return (self.right - self.left) * (self.bottom - self.top)


def area(group: ET.Element) -> Area:
    """The area of all that is drawn in a group; of its texts, where nothing else is."""
    xs: list[float] = []
    ys: list[float] = []
    for shape in group.iter():
        if shape.tag in {f"{SVG}rect", f"{SVG}image"}:
            x, y, width, height = (_length(shape, key) for key in ("x", "y", "width", "height"))
            xs += [x, x + width]
            ys += [y, y + height]
        elif shape.tag == f"{SVG}ellipse":
            x, y, rx, ry = (_length(shape, key) for key in ("cx", "cy", "rx", "ry"))
            xs += [x - rx, x + rx]
            ys += [y - ry, y + ry]
        else:
            numbers = _numbers(shape.get("points") or shape.get("d") or "")
            xs += numbers[::2]
            ys += numbers[1::2]
    if not xs or not ys:
        texts = [*group.iter(f"{SVG}text")]
        xs = [_length(text, "x") for text in texts] or [0.0]
        ys = [_length(text, "y") for text in texts] or [0.0]
    return Area(min(xs), min(ys), max(xs), max(ys))


def around(name: str, areas: Mapping[str, Area], boundaries: set[str]) -> str | None:
    """The smallest boundary in which something lies; None where it stands in none."""
    own = areas[name]
    holding = (
        other
        for other in boundaries
        if other != name and areas[other].holds(own) and areas[other].size > own.size
    )
    return min(holding, key=lambda other: areas[other].size, default=None)


def from_tail_to_tip(arrow: ET.Element) -> tuple[Point, Point]:
    """Where an arrow comes from and where its head is, however its line was drawn.

    Of an arrow with two heads, or with none, where its line begins and ends. Raises ValueError for
    one without a line.
    """
    begin, end = ends(arrow)
    tips = [_middle(head) for head in arrow.iter(f"{SVG}polygon")]
    if len(tips) == 1 and _apart(tips[0], begin) < _apart(tips[0], end):
        return end, begin
    return begin, end


def ends(arrow: ET.Element) -> tuple[Point, Point]:
    """Where an arrow's line begins and ends. Raises ValueError for an arrow without a line."""
    lines = [s for s in arrow.iter() if s.tag in {f"{SVG}line", f"{SVG}path"}]
    numbers = [n for line in lines for n in _line(line)]
    if len(numbers) < 4:
        raise ValueError("an arrow has no line")
    return (numbers[0], numbers[1]), (numbers[-2], numbers[-1])


def _line(line: ET.Element) -> list[float]:
    if line.tag == f"{SVG}line":
        return [_length(line, key) for key in ("x1", "y1", "x2", "y2")]
    return _numbers(line.get("d", ""))


def _middle(head: ET.Element) -> Point:
    numbers = _numbers(head.get("points", ""))
    xs, ys = numbers[::2] or [0.0], numbers[1::2] or [0.0]
    return sum(xs) / len(xs), sum(ys) / len(ys)


def _apart(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _numbers(text: str) -> list[float]:
    return [float(number) for number in _NUMBER.findall(text)]


def _length(shape: ET.Element, key: str) -> float:
    return float(shape.get(key, "0").removesuffix("px"))
