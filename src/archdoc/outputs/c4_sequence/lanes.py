"""Who takes part in a sequence, from left to right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from archdoc.views import Diagram, Node


def in_lanes(diagram: Diagram) -> Diagram:
    """The same diagram, drawable as a sequence.

    A sequence joins lanes, and a boundary is none: one that steps lead to or from ("the user asks
    the system") becomes a lane beside what it holds, and one that holds nothing is a lane, too.
    Its library writes no name on two lines. Icons would make all heads as high as persons.
    """
    ends = {end for edge in diagram.edges for end in (edge.source, edge.target)}
    return replace(diagram, icons=False, nodes=tuple(_lanes(diagram.nodes, ends)))


def _lanes(nodes: tuple[Node, ...], ends: set[str]) -> Iterator[Node]:
    for given in nodes:
        node = replace(given, name=" ".join(given.name.split()))
        inner = tuple(_lanes(node.children, ends))
        if node.boundary and inner and node.id not in ends:
            yield replace(node, children=inner)
        else:
            yield replace(node, boundary=False, children=())
            yield from inner
