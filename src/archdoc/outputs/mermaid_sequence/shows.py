"""What Mermaid's sequences can show of a diagram."""

from __future__ import annotations

from dataclasses import replace

from archdoc.model import Line
from archdoc.outputs.mermaid_sequence.lanes import in_boxes
from archdoc.views import Diagram, Graph, GraphEdge, GraphVertex


def shows(diagram: Diagram) -> Graph:
    """What a faithful sequence contains.

    A lane has its technology and its description below its name, as one text, and a message has its
    technology below its label. A box has only a name. Lines are solid, or broken in one way.
    """
    lanes = in_boxes(diagram)
    graph = lanes.graph()
    boxes = {node.id for node in lanes.nodes if node.boundary}
    return Graph(
        tuple(_vertex(vertex, is_box=vertex.id in boxes) for vertex in graph.vertices),
        tuple(_edge(edge) for edge in graph.edges),
    )


def _vertex(vertex: GraphVertex, *, is_box: bool) -> GraphVertex:
    technology = f"[{vertex.technology}]" if vertex.technology else ""
    below = " ".join(filter(None, (technology, vertex.description)))
    return replace(vertex, technology=None, description="" if is_box else below)


def _edge(edge: GraphEdge) -> GraphEdge:
    label = f"{edge.label} [{edge.technology}]" if edge.technology else edge.label
    line: Line = "solid" if edge.line == "solid" else "dashed"
    return replace(edge, label=label, technology="", line=line)
