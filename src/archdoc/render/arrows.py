"""Arrows from where they begin to where they lead."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_ENDS = ("data-entity-1", "data-entity-2")

_Point = tuple[float, float]


def turn_arrows(root: ET.Element) -> None:
    """Let every arrow of PlantUML's name its ends in the order in which it joins them.

    PlantUML turns those around that lead up or to the left, for its layout, and draws the head at
    the other end: that alone tells what is meant. Changes `root`.
    """
    for group in root.iter(f"{_SVG}g"):
        heads = group.findall(f"{_SVG}polygon")
        shaft = group.find(f"{_SVG}path")
        if group.get("class") == "link" and len(heads) == 1 and shaft is not None:
            head, points = _points(heads[0].get("points", "")), _points(shaft.get("d", ""))
            if _distance(points[0], head) < _distance(points[-1], head):
                names = [group.get(end, "") for end in _ENDS]
                for end, name in zip(_ENDS, reversed(names), strict=True):
                    group.set(end, name)


def _points(numbers: str) -> list[_Point]:
    found = [float(number) for number in _NUMBER.findall(numbers)]
    return list(zip(found[::2], found[1::2], strict=False)) or [(0.0, 0.0)]


def _distance(end: _Point, head: list[_Point]) -> float:
    """How far an end of a shaft is from the nearest point of a head, squared."""
    return min((end[0] - x) ** 2 + (end[1] - y) ** 2 for x, y in head)
