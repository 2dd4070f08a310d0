"""Labels of arrows that lie over something else, or far off, find a free place at their arrow.

Graphviz keeps room for a label, and then draws the names of boundaries, and other labels, into it.
It also lets arrows take a short cut, away from that room. A label that nothing is wrong with stays
where the engine put it.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

_SVG = "{http://www.w3.org/2000/svg}"
_TEXT, _GROUP = f"{_SVG}text", f"{_SVG}g"
_BOXES = {"entity", "node"}
_ARROWS = {"link", "edge"}
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:e-?[0-9]+)?")

_ABOVE, _BELOW = 0.99, 0.28
"""How far letters of our font reach from the line that they stand on, in font sizes."""
_APART = 3.0
"""What stays free between a label and what it found a place beside, in the picture's units."""
_TORN = 13.0
"""A label this far from its arrow, about a line of text, no longer seems to belong to it."""
_STEPS = 24
"""Places that are tried on each piece of an arrow."""

_Point = tuple[float, float]

Width = Callable[[ET.Element], float]
"""How wide a text is drawn, in the picture's units."""


@dataclass(frozen=True, slots=True)
class _Area:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Area) -> bool:
        return min(self.right, other.right) > max(self.left, other.left) and min(
            self.bottom, other.bottom
        ) > max(self.top, other.top)

    def moved(self, x: float, y: float) -> _Area:
        return _Area(self.left + x, self.top + y, self.right + x, self.bottom + y)

    def at(self, left: float, top: float) -> _Area:
        """One as large, elsewhere."""
        wide, high = self.right - self.left, self.bottom - self.top
        return _Area(left, top, left + wide, top + high)

    def grown(self, by: float) -> _Area:
        return _Area(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def holds(self, other: _Area) -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )


def free_labels(root: ET.Element, width: Width) -> None:
    """Move labels that lie over other texts or over boxes, or far from their arrow. Changes `root`.

    The messages of a sequence keep their places.
    """
    if root.get("data-diagram-type") == "SEQUENCE":
        return
    groups = list(root.iter(_GROUP))
    arrows = [group for group in groups if group.get("class") in _ARROWS]
    labels = {id(group): _around(_text_areas(group, width)) for group in arrows}
    taken = [area for group in groups if group.get("class") in _BOXES for area in _shape(group)]
    for group in groups:
        if group.get("class") in {*_BOXES, "cluster"}:
            taken += _text_areas(group, width)
    canvas = _canvas(root)
    for group in arrows:
        label = labels[id(group)]
        if label is None:
            continue
        lines = list(_text_areas(group, width))
        others = [*taken, *(area for key, area in labels.items() if area and key != id(group))]
        shaft = list(_along(group))
        if not any(label.meets(other) for other in others) and not _is_torn(shaft, lines):
            continue
        found = _free_place(label, lines, shaft, others, canvas)
        if found is not None:
            _move(group, found.left - label.left, found.top - label.top)
            labels[id(group)] = found


def _free_place(
    label: _Area,
    lines: Sequence[_Area],
    shaft: Sequence[_Point],
    others: Iterable[_Area],
    canvas: _Area,
) -> _Area | None:
    """The nearest place at its arrow where a label meets nothing; None if there is none."""
    corners = _corners(shaft, label)
    if not corners:
        return None
    lefts, tops = zip(*corners, strict=True)
    least, most = label.at(min(lefts), min(tops)), label.at(max(lefts), max(tops))
    reach = _Area(least.left, least.top, most.right, most.bottom).grown(_APART)
    near = [other for other in others if reach.meets(other)]
    for place in (label.at(*corner) for corner in corners):
        if (
            canvas.holds(place)
            and not any(map(place.grown(_APART / 2).meets, near))
            and not _is_torn(shaft, _at(place, label, lines))
        ):
            return place
    return None


def _text_areas(group: ET.Element, width: Width) -> Iterator[_Area]:
    for text in group.findall(_TEXT):
        size, x, y = (float(text.get(name, 0)) for name in ("font-size", "x", "y"))
        if size < 1 or not (text.text or "").strip():
            continue
        wide = width(text)
        left = x - wide / 2 if text.get("text-anchor") == "middle" else x
        yield _Area(left, y - _ABOVE * size, left + wide, y + _BELOW * size)


def _around(areas: Iterable[_Area]) -> _Area | None:
    """One area around all of them."""
    found = list(areas)
    if not found:
        return None
    return _Area(
        min(area.left for area in found),
        min(area.top for area in found),
        max(area.right for area in found),
        max(area.bottom for area in found),
    )


def _shape(group: ET.Element) -> Iterator[_Area]:
    """The largest shape of a box."""
    areas = [area for shape in group if (area := _area_of(shape)) is not None]
    if areas:
        yield max(areas, key=lambda area: (area.right - area.left) * (area.bottom - area.top))


def _area_of(shape: ET.Element) -> _Area | None:
    def number(name: str) -> float:
        return float(shape.get(name, "0").removesuffix("px"))

    if shape.get("width"):
        x, y = number("x"), number("y")
        return _Area(x, y, x + number("width"), y + number("height"))
    points = _points(shape.get("points") or shape.get("d") or "")
    if len(points) < 2:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return _Area(min(xs), min(ys), max(xs), max(ys))


def _points(numbers: str) -> list[tuple[float, float]]:
    found = [float(number) for number in _NUMBER.findall(numbers)]
    return list(zip(found[::2], found[1::2], strict=False))


def _canvas(root: ET.Element) -> _Area:
    """The picture in the units of what is in it: Graphviz moves all of it."""
    left, top, width, height = map(float, _NUMBER.findall(root.get("viewBox") or "0 0 0 0")[:4])
    moved = next((g.get("transform", "") for g in root.iter(_GROUP) if g.get("transform")), "")
    x, y = next(iter(_points(moved.partition("translate(")[2])), (0.0, 0.0))
    return _Area(left - x, top - y, left - x + width, top - y + height)


def _is_torn(shaft: Sequence[_Point], lines: Iterable[_Area]) -> bool:
    """Whether an arrow passes none of its label's lines: some are shorter than others."""
    return not any(
        line.left <= x <= line.right and line.top <= y <= line.bottom
        for line in (line.grown(_TORN) for line in lines)
        for x, y in shaft
    )


def _along(arrow: ET.Element) -> Iterator[_Point]:
    """Points of an arrow's shaft."""
    shaft = arrow.find(f"{_SVG}path")
    points = _points(shaft.get("d", "")) if shaft is not None else []
    for start, first, second, end in zip(
        points[::3], points[1::3], points[2::3], points[3::3], strict=False
    ):
        for step in range(1, _STEPS):
            t = step / _STEPS
            x, y = (
                (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t**2 * c + t**3 * d
                for a, b, c, d in zip(start, first, second, end, strict=True)
            )
            yield x, y


def _corners(shaft: Sequence[_Point], label: _Area) -> list[_Point]:
    """Where a label could have its upper left corner: at either side of its arrow, all along.

    The nearest to where it is comes first.
    """
    wide, high = label.right - label.left, label.bottom - label.top
    corners: list[_Point] = []
    for (x, y), apart in product(shaft, (_APART, 3 * _APART)):
        tops = (y - high / 2, y - high - apart, y + apart)
        for left in (x + apart, x - apart - wide, x - wide / 2, x - wide / 4, x - wide * 3 / 4):
            corners += ((left, top) for top in tops)
    x, y = label.left, label.top
    corners.sort(key=lambda corner: (corner[0] - x) ** 2 + (corner[1] - y) ** 2)
    return corners


def _at(place: _Area, label: _Area, lines: Iterable[_Area]) -> list[_Area]:
    """A label's lines, where the label is at a place."""
    return [line.moved(place.left - label.left, place.top - label.top) for line in lines]


def _move(group: ET.Element, x: float, y: float) -> None:
    for text in group.findall(_TEXT):
        for name, by in (("x", x), ("y", y)):
            text.set(name, f"{float(text.get(name, 0)) + by:g}")
