"""Whether a picture is marked with what it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from archdoc.consistency.compare import Difference
from archdoc.outputs.svg_marks import Marks
from archdoc.views import Diagram, Graph, GraphEdge

_Arrow = tuple[frozenset[str] | tuple[str, str], str, str]
"""The elements that it joins, its label, and its relationships."""


def mark_differences(
    diagram: Diagram, expected: Graph, names: Mapping[str, str], marks: Marks, shown: Graph
) -> tuple[Difference, ...]:
    """Everything in which the marks of a picture are not those of what it shows.

    `expected` is what the picture should show of the diagram, `shown` what was read from it, and
    `names` gives the ids of what the picture calls by its engine's names.
    """
    return tuple(_differences(diagram, expected, names, marks, shown))


def _differences(
    diagram: Diagram, expected: Graph, names: Mapping[str, str], marks: Marks, shown: Graph
) -> Iterator[Difference]:
    said = {"title": diagram.title, "description": diagram.description or diagram.title}
    for what, is_ in (("title", marks.title), ("description", marks.description)):
        if "".join(said[what].split()) != "".join(is_.split()):
            yield Difference("the picture", f"its {what}", repr(said[what]), repr(is_))
    element = {node.id: node.element for node in diagram.walk()}
    for name, mark in marks.boxes:
        should = element.get(names.get(name, ""), "")
        if mark != should:
            yield Difference(name, "the element that it is marked with", repr(should), repr(mark))
    drawn = ("\n".join(edge.relationships) for edge in diagram.edges)
    wanted = Counter(
        _arrow((element[edge.source], element[edge.target]), edge, relationships)
        for edge, relationships in zip(expected.edges, drawn, strict=True)
    )
    found = Counter(
        _arrow((mark.source, mark.target), edge, mark.relationships)
        for edge, mark in zip(shown.edges, marks.arrows, strict=True)
    )
    for arrows, should, is_ in ((wanted - found, "there", "missing"),
                                (found - wanted, "absent", "there")):  # fmt: skip
        for ends, label, relationships in arrows:
            subject = f"the arrow “{label}” between {' and '.join(ends)}"
            yield Difference(subject, f"its mark {relationships!r}", should, is_)


def _arrow(ends: tuple[str, str], edge: GraphEdge, relationships: str) -> _Arrow:
    return frozenset(ends) if edge.two_headed else ends, "".join(edge.label.split()), relationships
