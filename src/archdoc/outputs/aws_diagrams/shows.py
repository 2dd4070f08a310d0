"""What pictures of the `diagrams` package can show of a diagram."""

from __future__ import annotations

from dataclasses import replace

from archdoc.outputs.aws_diagrams.emit import anchor
from archdoc.outputs.aws_plantuml.shows import shows as aws_shows
from archdoc.views import Diagram, Graph


def shows(diagram: Diagram) -> Graph:
    """What a faithful picture contains: as AWS's own, but for two limits of Graphviz.

    An arrow ends at a node, so that one to a group is drawn to its first icon and cut off at the
    group's border. An arrow has no technology.
    """
    graph = aws_shows(diagram)
    nodes = {node.id: node for node in diagram.walk()}
    edges = tuple(
        replace(
            edge,
            source=anchor(nodes[edge.source]).id,
            target=anchor(nodes[edge.target]).id,
            label=original.label,
            technology=None,
        )
        for edge, original in zip(graph.edges, diagram.edges, strict=True)
    )
    return replace(graph, edges=edges)
