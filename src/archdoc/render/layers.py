"""What is drawn over what: grounds, arrows, names, boxes.

Engines draw a boundary with its name before the arrows that lead into it, so that these run through
the name. Here its ground comes first, and it comes again with its name, unpainted, after them.
"""

from __future__ import annotations

import copy
import xml.etree.ElementTree as ET
from collections.abc import Iterable

from archdoc.render.colours import set_off

_SVG = "{http://www.w3.org/2000/svg}"
_GROUP, _TEXT = f"{_SVG}g", f"{_SVG}text"
_ARROWS = {"link", "edge"}
_NO_SHAPES = {f"{_SVG}{tag}" for tag in ("svg", "g", "a", "title", "desc", "defs")}
_UNDER = ("fill", "stroke")


def in_layers(root: ET.Element) -> None:
    """Bring arrows under what they lead to and from, and over the grounds. Changes `root`.

    What is written on an arrow or on a boundary is set off from what runs under it. The messages of
    a sequence keep their places: its boundaries have no arrows above their names.
    """
    is_sequence = root.get("data-diagram-type") == "SEQUENCE"
    for parent in list(root.iter(_GROUP)):
        clusters = [child for child in parent if child.get("class") == "cluster"]
        arrows = [child for child in parent if child.get("class") in _ARROWS]
        _set_off(arrows, None)
        if is_sequence or not clusters or not arrows:
            continue
        rest = [child for child in parent if child not in clusters and child not in arrows]
        grounds = [_ground_of(cluster) for cluster in clusters]
        for child in list(parent):
            parent.remove(child)
        before = [child for child in rest if child.tag != _GROUP][: _leading(rest)]
        parent.extend(
            [*before, *grounds, *arrows, *clusters, *(c for c in rest if c not in before)]
        )


def _leading(children: list[ET.Element]) -> int:
    """How many come before the first group: Graphviz's own canvas."""
    return next((at for at, child in enumerate(children) if child.tag == _GROUP), len(children))


def _ground_of(cluster: ET.Element) -> ET.Element:
    """The ground of a boundary on its own; the boundary keeps its shape, unpainted."""
    ground = ET.Element(_GROUP, {"class": "ground"})
    shape = next((child for child in cluster if child.tag not in {_TEXT, _GROUP}), None)
    if shape is not None:
        ground.append(copy.deepcopy(shape))
        _set_off([cluster], shape.get("fill"))
        for paint in _UNDER:
            shape.set(paint, "none")
    return ground


def leave_bare(root: ET.Element) -> None:
    """Leave out the canvas, and the paint of grounds that lie on nothing else. Changes `root`.

    For whoever draws on that colour anyway: each layer takes as long as it is large.
    """
    parents = {child: parent for parent in root.iter() for child in parent}
    shapes = (element for element in root.iter() if element.tag not in _NO_SHAPES)
    canvas = next(shapes, None)
    if canvas is None or parents.get(canvas) is not root:
        return
    colour = canvas.get("fill")
    for shape in list(shapes):
        if parents[shape].get("class") != "ground" or shape.get("fill") != colour:
            break
        shape.set("fill", "none")
    root.remove(canvas)


def _set_off(groups: Iterable[ET.Element], ground: str | None) -> None:
    for group in groups:
        for text in group.iter(_TEXT):
            set_off(text, ground)
