"""What a rendered AWS picture shows."""

from __future__ import annotations

from archdoc.outputs.plantuml_svg import Box, boxes, edges, parse
from archdoc.views import Graph, GraphVertex


def read(svg: bytes) -> Graph:
    """Icons, groups and arrows of a picture that `awslib` drew; ids are the picture's own names.

    An icon's technology and description stand below its name as one text, so they are read as one.
    Raises ValueError for what is not such a picture.
    """
    root = parse(svg)
    named = boxes(root)
    return Graph(tuple(_vertex(box) for box in named.values()), edges(root, named))


def _vertex(box: Box) -> GraphVertex:
    return GraphVertex(
        id=box.name,
        name=box.said("bold") or box.said("plain"),
        technology=None,
        description=box.said("plain") if box.said("bold") else "",
        parent=box.parent,
    )
