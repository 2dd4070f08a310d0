"""What a rendered C4 picture shows."""

from __future__ import annotations

from archdoc.outputs.plantuml_svg import Box, boxes, edges, parse
from archdoc.views import Graph, GraphVertex


def read(svg: bytes) -> Graph:
    """Boxes and arrows of a picture that C4-PlantUML drew; ids are the picture's own names.

    Raises ValueError for what is not such a picture.
    """
    root = parse(svg)
    named = boxes(root)
    return Graph(tuple(_vertex(box) for box in named.values()), edges(root, named))


def _vertex(box: Box) -> GraphVertex:
    """C4 writes the name in bold, the description plain, and the technology in brackets.

    That is in italics on an element, and small on a boundary.
    """
    technology = box.said("italic") or box.said("small")
    return GraphVertex(
        id=box.name,
        name=box.said("bold"),
        technology=technology.removeprefix("[").removesuffix("]"),
        description=box.said("plain"),
        parent=box.parent,
    )
