"""What C4 pictures can show of a diagram."""

from __future__ import annotations

from dataclasses import replace

from archdoc.views import Diagram, Graph, GraphVertex, Node, Shape


def shows(diagram: Diagram) -> Graph:
    """What a faithful C4 picture of a diagram contains.

    The boundary of a group, a system or a container says which of them it is, and has no room for
    its description. People and systems have no technology.
    """
    graph = diagram.graph()
    vertices = zip(diagram.walk(), graph.vertices, strict=True)
    return replace(graph, vertices=tuple(_vertex(node, vertex) for node, vertex in vertices))


def _vertex(node: Node, vertex: GraphVertex) -> GraphVertex:
    if node.shape is Shape.GROUP:
        return replace(vertex, technology="group", description="")
    if node.boundary and node.shape is not Shape.DEPLOYMENT_NODE:
        kind = "system" if node.shape is Shape.SYSTEM else "container"
        return replace(vertex, technology=kind, description="")
    return vertex
