"""What a drawn picture is marked with, for pages and for those who cannot see it.

Its title and description; which element each box is of; which elements each arrow joins, and for
which of the model's relationships it stands. Pages tell from these what belongs together.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass

from archdoc.outputs.plantuml_svg import parse
from archdoc.outputs.svg_shapes import SVG

_BOXES, _ARROWS = {"entity", "cluster", "node"}, {"link", "edge"}


@dataclass(frozen=True, slots=True)
class ArrowMarks:
    """The marks of one arrow: ids of elements, and of relationships, one a line."""

    source: str
    target: str
    relationships: str


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one picture."""

    title: str
    description: str
    boxes: tuple[tuple[str, str], ...]
    """(The engine's name of a box, the id of the element that it is of)."""
    arrows: tuple[ArrowMarks, ...]
    """In the order in which `read` of the picture's output gives its edges."""


def read_marks(svg: bytes) -> Marks:
    """The marks of a picture; empty where there are none. Raises ValueError for what is no SVG."""
    root = parse(svg)
    groups = [(group, set(group.get("class", "").split())) for group in root.iter(f"{SVG}g")]
    return Marks(
        title=_text(root.find(f"{SVG}title")),
        description=_text(root.find(f"{SVG}desc")),
        boxes=tuple(
            (_name(group), group.get("data-element", ""))
            for group, classes in groups
            if classes & _BOXES
        ),
        arrows=tuple(
            ArrowMarks(
                group.get("data-source", ""),
                group.get("data-target", ""),
                group.get("data-relationship", ""),
            )
            for group, classes in groups
            if classes & _ARROWS
        ),
    )


def _name(group: ET.Element) -> str:
    return group.get("data-name") or group.get("data-qualified-name", "").rpartition(".")[2]


def _text(element: ET.Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())
