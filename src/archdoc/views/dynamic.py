"""Pictures of what happens, step by step: C4's dynamic diagram."""

from __future__ import annotations

from archdoc.model import Element, Link, Model, Step, View
from archdoc.views.diagram import Diagram, Edge
from archdoc.views.layout import laid_out
from archdoc.views.logical import arranged, finished
from archdoc.views.select import LEVELS, Candidate, Selection


def dynamic_diagram(model: Model, view_id: str, view: View) -> Diagram:
    """The picture of a dynamic view. Raises LookupError where a step's end leads nowhere."""
    ends = [tuple(map(model.index.resolve, (step.source, step.target))) for step in view.steps]
    shown = set(shown_participants(model, view))
    edges = tuple(
        _edge(model, number, step, source, target)
        for number, (step, (source, target)) in enumerate(zip(view.steps, ends, strict=True), 1)
        if {source.id, target.id} <= shown
    )
    diagram = finished(
        model,
        Diagram(
            id=view_id,
            kind="dynamic",
            title=view.name or "What happens",
            description=view.description,
            direction=view.direction or "right",
            legend=view.legend,
            icons=view.icons,
            nodes=arranged(model, view, shown),
            edges=edges,
        ),
    )
    at = {node.element: [node.id] for node in diagram.walk()}
    return laid_out(model, view, diagram, at)


def shown_participants(model: Model, view: View) -> list[str]:
    """The ids of the elements that take part, and of those that `include` adds."""
    found = (model.index.find(ref) for step in view.steps for ref in (step.source, step.target))
    usual = {element.id for element in found if element is not None}
    levels = LEVELS[view.kind]
    candidates = [Candidate(e.id, e) for e in model.index.elements.values() if e.kind in levels]
    return Selection(model, view).apply(candidates, usual)


def links_along(model: Model, source: Element, target: Element) -> list[Link]:
    """The relationships that a step between two elements can take, in either direction.

    What is said of parts holds for the whole: a step `user -> app` may take `user -> app.nginx`.
    """
    return [
        link
        for id_ in (source.id, *(inner.id for inner in model.index.descendants(source.id)))
        for link in model.links_of.get(id_, ())
        if (_meets(link.source.id, source.id) and _meets(link.target.id, target.id))
        or (_meets(link.target.id, source.id) and _meets(link.source.id, target.id))
    ]  # fmt: skip


def _meets(end: str, wanted: str) -> bool:
    """Whether a relationship's end is an element, or something inside it."""
    return end == wanted or end.startswith(f"{wanted}.")


def _edge(model: Model, number: int, step: Step, source: Element, target: Element) -> Edge:
    along = links_along(model, source, target)
    forward = [link for link in along if _meets(link.source.id, source.id)]
    taken = (forward or along)[:1]
    return Edge(
        source=source.id,
        target=target.id,
        label=step.label or (taken[0].label if taken else ""),
        technology=step.technology or (taken[0].relationship.technology if taken else ""),
        line=taken[0].line if taken else "solid",
        number=number,
        tags=taken[0].relationship.tags if taken else (),
        relationships=tuple(link.id for link in taken),
    )
