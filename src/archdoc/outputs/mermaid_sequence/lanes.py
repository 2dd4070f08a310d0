"""Who takes part in a Mermaid sequence, and which boxes are around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from archdoc.outputs.c4_sequence.lanes import in_lanes
from archdoc.views import Diagram, Node


def in_boxes(diagram: Diagram) -> Diagram:
    """The same diagram, drawable by Mermaid: lanes, and boxes around some of them.

    A box holds no box, so that only the outermost boundaries are drawn, each with lanes in it.
    """
    lanes = in_lanes(diagram)
    nodes = tuple(
        replace(node, children=tuple(_lanes_of(node.children))) if node.boundary else node
        for node in lanes.nodes
    )
    return replace(lanes, nodes=nodes)


def _lanes_of(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        if node.boundary:
            yield from _lanes_of(node.children)
        else:
            yield node
