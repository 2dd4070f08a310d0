"""What a flowchart can draw of a diagram."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from archdoc.model import product_of
from archdoc.views import Diagram, Edge, Node


def in_flow(diagram: Diagram) -> Diagram:
    """The same diagram, drawable as a flowchart.

    AWS's icons are not at hand: what each stands for is said in words. A boundary around nothing is
    drawn as a box. Mermaid draws one arrow from a node to itself, and loses the others: here they
    become one that says everything.
    """
    nodes = tuple(_in_words(node) for node in diagram.nodes)
    return replace(diagram, nodes=nodes, edges=tuple(_one_loop_each(diagram.edges)))


def _in_words(node: Node) -> Node:
    product = product_of(node.icon) if node.icon else ""
    said = [product if product != node.name else "", node.technology]
    return replace(
        node,
        technology=": ".join(filter(None, said)),
        children=tuple(_in_words(child) for child in node.children),
    )


def _one_loop_each(edges: Iterable[Edge]) -> Iterable[Edge]:
    kept: dict[object, Edge] = {}
    for number, edge in enumerate(edges):
        is_loop = edge.source == edge.target
        key: object = edge.source if is_loop else number
        kept[key] = _joined(kept[key], edge) if is_loop and key in kept else edge
    return kept.values()


def _joined(edge: Edge, other: Edge) -> Edge:
    technologies = dict.fromkeys(filter(None, (edge.technology, other.technology)))
    return replace(
        edge,
        label=f"{edge.said}\n{other.said}",
        technology=", ".join(technologies),
        number=None,
        tags=tuple(dict.fromkeys((*edge.tags, *other.tags))),
    )
