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
    """C4 writes the name in bold, `[technology]` in italics, the description plain.

    A boundary has its technology in bold or plain, but in brackets, too.
    """
    name, technology = box.said("bold"), box.said("italic")
    described = box.said("plain")
    if box.is_boundary:
        name, _, kind = name.rpartition("[") if name.endswith("]") else (name, "", "")
        bracketed, _, rest = (
            described.partition("]") if described.startswith("[") else ("", "", described)
        )
        technology, described = technology or kind or bracketed, rest
    return GraphVertex(
        id=box.name,
        name=name.strip(),
        technology=technology.strip().removeprefix("[").removesuffix("]"),
        description=described.strip(),
        parent=box.parent,
    )
