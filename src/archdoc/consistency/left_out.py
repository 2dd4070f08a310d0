"""What an output does not show of a diagram: found, not written down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from archdoc.outputs import DiagramOutput, used
from archdoc.views import Diagram, Graph, GraphEdge


def left_out(diagram: Diagram, output: DiagramOutput) -> tuple[str, ...]:
    """Everything of a diagram that its picture in one output has no room for.

    Each is a phrase: "the description of Web", "legends". Facts of the graph are compared one by
    one with what the output shows; then comes what the diagram asks for and the output cannot, and
    what the diagram itself has no place for.
    """
    names = {node.id: node.name for node in diagram.walk()}
    graph, shown = diagram.graph(), output.shows(diagram)
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for fact, about in (*_of_vertices(graph, shown, names), *_of_edges(graph, shown, names)):
        found[fact][about] = None
    asked = [feature.value for feature in used(diagram) if feature not in output.can]
    facts = (f"{fact} {', '.join(abouts)}" for fact, abouts in found.items())
    return (*facts, *asked, *diagram.left_out)


def _of_vertices(graph: Graph, shown: Graph, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    there = {vertex.id: vertex for vertex in shown.vertices}
    for vertex in graph.vertices:
        other = there.get(vertex.id)
        if other is None:
            yield "the boundary", vertex.name or ""
            continue
        said = _words(other.name, other.technology, other.description)
        if _words(vertex.name) not in said:
            yield "the name of", vertex.name or ""
        if _words(vertex.technology) not in said:
            yield "the technology of", vertex.name or ""
        if _words(vertex.description) not in said:
            yield "the description of", vertex.name or ""
        if vertex.parent and vertex.parent != other.parent and vertex.parent in there:
            yield "what is inside", names[vertex.parent]


def _of_edges(graph: Graph, shown: Graph, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    for number, edge in enumerate(graph.edges):
        about = f"“{edge.label}”" if edge.label else f"{names[edge.source]} → {names[edge.target]}"
        others = _shown_as(number, edge, graph, shown)
        if not others:
            yield "the arrow", f"{names[edge.source]} → {names[edge.target]}"
            continue
        said = [_words(other.label, other.technology) for other in others]
        if not any(_words(edge.label) in text for text in said):
            yield "the label", about
        if not any(_words(edge.technology) in text for text in said):
            yield "the technology of", about
        if edge.line not in {other.line for other in others}:
            yield f"that a line is {edge.line}:", about
        if edge.two_headed and not any(other.two_headed for other in others):
            yield "that an arrow leads both ways:", about
        if not any({edge.source, edge.target} == {o.source, o.target} for o in others):
            yield "where an arrow ends:", about


def _shown_as(number: int, edge: GraphEdge, graph: Graph, shown: Graph) -> list[GraphEdge]:
    """What an arrow is shown as: the one in its place; or, if some merge, those of its ends."""
    if len(graph.edges) == len(shown.edges):
        return [shown.edges[number]]
    return [o for o in shown.edges if (o.source, o.target) == (edge.source, edge.target)]


def _words(*texts: str | None) -> str:
    """Texts without regard to where lines break."""
    return "".join("".join(filter(None, texts)).split())
