"""What AWS pictures can show of a diagram."""

from __future__ import annotations

from dataclasses import replace

from archdoc.views import Diagram, Graph, GraphVertex, Node


def shows(diagram: Diagram) -> Graph:
    """What a faithful AWS picture of a diagram contains.

    An icon has its technology and its description below its name, as one text. A group has only a
    name.
    """
    graph = diagram.graph()
    vertices = zip(diagram.walk(), graph.vertices, strict=True)
    return replace(
        graph,
        vertices=tuple(_vertex(node, vertex) for node, vertex in vertices),
        edges=tuple(
            replace(edge, label=f"{edge.label} [{edge.technology}]", technology="")
            if edge.technology
            else edge
            for edge in graph.edges
        ),
    )


def _vertex(node: Node, vertex: GraphVertex) -> GraphVertex:
    below = "" if node.boundary else " ".join(filter(None, (node.technology, node.description)))
    return replace(vertex, technology=None, description=below)
