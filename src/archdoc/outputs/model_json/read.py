"""Read `model.json` back as a graph of the logical model."""

from __future__ import annotations

import json

from archdoc.views import Graph, GraphEdge, GraphVertex


def read(content: bytes) -> Graph:
    """What a `model.json` says of elements and relationships.

    Raises ValueError where it is not JSON, and KeyError or TypeError where it is not of the form
    that this version writes.
    """
    document = json.loads(content)
    return Graph(
        vertices=tuple(
            GraphVertex(
                id=element["id"],
                name=element["name"],
                technology=element["technology_label"],
                description=element["description"],
                parent=element["parent"],
            )
            for element in document["elements"]
        ),
        edges=tuple(
            GraphEdge(link["source"], link["target"], link["label"], link["line"])
            for link in document["relationships"]
        ),
    )
