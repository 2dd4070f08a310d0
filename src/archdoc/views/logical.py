"""Pictures of what a system consists of: landscape, system context, containers, components."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from archdoc.model import (
    Component,
    Container,
    ContainerKind,
    Element,
    ElementKind,
    Link,
    Model,
    Person,
    Style,
    View,
    ViewKind,
    display_name,
)
from archdoc.views.diagram import Diagram, Edge, Node, Shape
from archdoc.views.layout import laid_out
from archdoc.views.lift import Drawn, lift
from archdoc.views.select import LEVELS, Candidate, Selection
from archdoc.views.wholes import said_of_wholes

_CONTAINER_SHAPES = {
    ContainerKind.WEB: Shape.WEB,
    ContainerKind.MOBILE: Shape.MOBILE,
    ContainerKind.DATABASE: Shape.DATABASE,
    ContainerKind.SEARCH: Shape.DATABASE,
    ContainerKind.CACHE: Shape.DATABASE,
    ContainerKind.FILE_STORE: Shape.DATABASE,
    ContainerKind.QUEUE: Shape.QUEUE,
    ContainerKind.TOPIC: Shape.QUEUE,
}


def logical_node(element: Element, *, node_id: str | None = None, replicas: int = 1) -> Node:
    """One element as a picture draws it, without what is inside it."""
    content = element.content
    shape, technology = Shape.SYSTEM, ""
    match content:
        case Person():
            shape = Shape.PERSON
        case Container():
            shape = _CONTAINER_SHAPES.get(content.kind, Shape.CONTAINER)
            technology = _with_replicas(content.technology_label, replicas)
        case Component():
            shape, technology = Shape.COMPONENT, content.technology_label
    return Node(
        id=node_id or element.id,
        element=element.id,
        shape=shape,
        name=element.name,
        technology=technology,
        description=content.description,
        external=element.is_external,
        replicas=replicas,
        tags=content.tags,
    )


def _with_replicas(technology: str, replicas: int) -> str:
    """A technology, and how many instances of it run in one place where that is more than one."""
    if replicas == 1:
        return technology
    return ", ".join(filter(None, (technology, f"{replicas} instances")))


def logical_diagram(model: Model, view_id: str, view: View) -> Diagram:
    """The picture of a logical view. Raises LookupError where `view.of` leads nowhere."""
    shown = shown_elements(model, view)
    nodes = arranged(model, view, shown)
    boxes = {node.id for top in nodes for node in top.walk() if not node.boundary}
    at = boxes_of(model, boxes)
    diagram = finished(
        model,
        Diagram(
            id=view_id,
            kind=view.kind.value,
            title=view.name or _title(model, view),
            description=view.description,
            direction=view.direction or "down",
            legend=view.legend,
            icons=view.icons,
            nodes=nodes,
            edges=lift(_links_of(model, boxes), Drawn(at)),
        ),
    )
    scope = model.index.resolve(view.of).id if view.of else None
    diagram = replace(diagram, left_out=said_of_wholes(model, diagram, scope, at))
    return laid_out(model, view, diagram, at | _themselves(diagram))


def _themselves(diagram: Diagram) -> dict[str, list[str]]:
    """Every boundary stands for its element, where a view speaks of that."""
    return {node.element: [node.id] for node in diagram.walk() if node.boundary}


def finished(model: Model, diagram: Diagram) -> Diagram:
    """A diagram with the styles of the tags that something in it has."""
    there = {tag for node in diagram.walk() for tag in node.tags}
    there |= {tag for edge in diagram.edges for tag in edge.tags}
    styles: dict[str, Style] = {t: style for t, style in model.styles.items() if t in there}
    edges = tuple(_styled(edge, styles) for edge in diagram.edges)
    return replace(diagram, styles=styles, edges=edges)


def _styled(edge: Edge, styles: dict[str, Style]) -> Edge:
    lines = [style.line for tag in edge.tags if (style := styles.get(tag)) and style.line]
    return replace(edge, line=lines[0]) if lines else edge


def _title(model: Model, view: View) -> str:
    if view.of is None:
        return "System landscape"
    scope = model.index.resolve(view.of)
    if view.kind is ViewKind.CONTEXT:
        return f"{scope.name} in its context"
    parts = "Containers" if view.kind is ViewKind.CONTAINER else "Components"
    return f"{parts} of {scope.name}"


def shown_elements(model: Model, view: View) -> list[str]:
    """The ids of the elements that a logical view shows, in the order of the model."""
    usual = _usual(model, view)
    if not view.include and not view.exclude:
        return [id_ for id_ in model.index.elements if id_ in usual]
    levels = LEVELS[view.kind]
    candidates = [Candidate(e.id, e) for e in model.index.elements.values() if e.kind in levels]
    return Selection(model, view).apply(candidates, usual)


def _usual(model: Model, view: View) -> set[str]:
    """What a view of its kind shows, unless it says otherwise."""
    index = model.index
    if view.kind is ViewKind.LANDSCAPE:
        return {element.id for element in index.children(None)}
    scope = index.resolve(view.of or "")
    if view.kind is ViewKind.CONTEXT:
        return {scope.id, *_around(model, scope, as_a_whole=True)}
    inside = {element.id for element in index.children(scope.id)}
    return inside | _around(model, scope, as_a_whole=False)


def _around(model: Model, scope: Element, *, as_a_whole: bool) -> set[str]:
    """Who is outside `scope` and related to what is inside it.

    They are drawn at the highest level that does not swallow the scope: another system, not its
    containers. With `as_a_whole`, relationships of the scope itself count too.
    """
    index = model.index
    swallowing = {scope.id, *index.ancestors(scope.id)}
    inside = [element.id for element in index.descendants(scope.id)]
    met: set[str] = set()
    for id_ in (*inside, scope.id) if as_a_whole else inside:
        for link in model.links_of.get(id_, ()):
            for end in (link.source, link.target):
                chain = (end.id, *index.ancestors(end.id))
                outside = [element for element in chain if element not in swallowing]
                if scope.id not in chain and outside:
                    met.add(outside[-1])
    return met


def arranged(model: Model, view: View, shown: Iterable[str]) -> tuple[Node, ...]:
    """Boxes inside boundaries: people first, then the view's scope, then all others.

    What has shown parts is a boundary around them, whether it is shown itself or not. Ancestors of
    the scope are drawn only if they are shown.
    """
    index = model.index
    scope = index.find(view.of) if view.of is not None else None
    drawn = set(shown)
    for id_ in list(drawn):
        drawn.update(_boundaries(model, view, id_))
    looked_into = ""
    if scope is not None and view.kind in {ViewKind.CONTAINER, ViewKind.COMPONENT} and drawn:
        looked_into = scope.id
        drawn.add(looked_into)
    inside: dict[str, list[str]] = defaultdict(list)
    for id_ in index.elements:
        if id_ in drawn:
            inside[next((a for a in index.ancestors(id_) if a in drawn), "")].append(id_)

    def node(id_: str) -> Node:
        box = logical_node(index.elements[id_])
        if id_ not in inside and id_ != looked_into:
            return box
        children = tuple(node(inner) for inner in inside[id_])
        return replace(box, boundary=True, children=_grouped(model, children, id_))

    tops = [node(id_) for id_ in inside[""]]
    tops.sort(key=lambda n: (n.shape is not Shape.PERSON, scope is None or n.id != scope.id))
    return _grouped(model, tuple(tops), "")


def _boundaries(model: Model, view: View, id_: str) -> Iterator[str]:
    """What is drawn around an element because it is inside it."""
    element = model.index.elements[id_]
    around = LEVELS[view.kind] - {ElementKind.COMPONENT}
    outermost = ElementKind.CONTAINER if view.kind is ViewKind.COMPONENT else ElementKind.SYSTEM
    while element.parent is not None and element.kind is not outermost:
        element = model.index.elements[element.parent]
        if element.kind in around:
            yield element.id


def _grouped(model: Model, nodes: tuple[Node, ...], around: str) -> tuple[Node, ...]:
    """The same with a boundary around those of one group, where its first one stood.

    Nothing is drawn for a group that what is around them belongs to already.
    """
    if not model.groups:
        return nodes
    enclosing = (around, *model.index.ancestors(around)) if around else ()
    drawn = {g for id_ in enclosing for g in model.group_chain(model.index.elements[id_].group)}
    chains = {
        node.id: tuple(
            group
            for group in reversed(model.group_chain(model.index.elements[node.element].group))
            if group not in drawn
        )
        for node in nodes
    }
    return tuple(_into_groups(model, nodes, chains, 0, around))


def _into_groups(
    model: Model,
    nodes: tuple[Node, ...],
    chains: dict[str, tuple[str, ...]],
    depth: int,
    around: str,
) -> Iterator[Node]:
    done: set[str] = set()
    for node in nodes:
        chain = chains[node.id]
        if len(chain) <= depth:
            yield node
        elif chain[depth] not in done:
            group_id = chain[depth]
            done.add(group_id)
            members = tuple(n for n in nodes if chains[n.id][depth : depth + 1] == (group_id,))
            group = model.groups[group_id]
            inner = f"{around}/{group_id}"
            yield Node(
                id=inner,
                element=f"group:{group_id}",
                shape=Shape.GROUP,
                name=group.name or display_name(group_id),
                description=group.description,
                tags=group.tags,
                boundary=True,
                children=tuple(_into_groups(model, members, chains, depth + 1, inner)),
            )


def _links_of(model: Model, boxes: set[str]) -> Iterable[Link]:
    """The relationships of what is drawn, and of what is inside it, in the order of the model."""
    if len(boxes) * 4 > len(model.index.elements):
        return model.links
    near = {
        id(link): link
        for box in boxes
        for id_ in (box, *(e.id for e in model.index.descendants(box)))
        for link in model.links_of.get(id_, ())
    }
    return sorted(near.values(), key=lambda link: (link.relationship.order, link.path[-1]))


def boxes_of(model: Model, boxes: set[str]) -> dict[str, list[str]]:
    """For every element, the box that stands for it: its own, or the one that it is hidden in.

    What is said of a system as a whole ("staff manages the application") belongs to the picture
    that shows it as one box: no arrow ends at a boundary.
    """
    at: dict[str, list[str]] = {}
    for box in boxes:
        at[box] = [box]
    for box in boxes:
        for inner in model.index.descendants(box):
            at.setdefault(inner.id, [box])
    return at
