"""Pictures of what a system consists of: landscape, system context, containers, components."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from archdoc.model import (
    Component,
    Container,
    ContainerKind,
    Element,
    Model,
    Person,
    SoftwareSystem,
    View,
    ViewKind,
    logical_links,
)
from archdoc.views.diagram import Diagram, Node, Shape
from archdoc.views.lift import Drawn, lift

_CONTAINER_SHAPES = {
    ContainerKind.DATABASE: Shape.DATABASE,
    ContainerKind.CACHE: Shape.DATABASE,
    ContainerKind.FILE_STORE: Shape.DATABASE,
    ContainerKind.QUEUE: Shape.QUEUE,
}


def logical_node(element: Element, *, node_id: str | None = None, replicas: int = 1) -> Node:
    """One element as a picture draws it, without what is inside it."""
    content = element.content
    shape, technology, external = Shape.SYSTEM, "", False
    match content:
        case Person():
            shape = Shape.PERSON
        case SoftwareSystem():
            external = content.external
        case Container():
            shape = _CONTAINER_SHAPES.get(content.kind, Shape.CONTAINER)
            technology = _with_replicas(content.technology_label, replicas)
        case Component():
            shape, technology = Shape.COMPONENT, content.technology
    return Node(
        id=node_id or element.id,
        element=element.id,
        shape=shape,
        name=element.name,
        technology=technology,
        description=content.description,
        external=external,
        replicas=replicas,
    )


def _with_replicas(technology: str, replicas: int) -> str:
    """A technology, and how many instances of it run in one place where that is more than one."""
    if replicas == 1:
        return technology
    return ", ".join(filter(None, (technology, f"{replicas} instances")))


def logical_diagram(model: Model, view_id: str, view: View) -> Diagram:
    """The picture of a logical view. Raises LookupError where `view.of` leads nowhere."""
    index = model.index
    if view.kind is ViewKind.LANDSCAPE:
        tops = [element for element in index.elements.values() if element.parent is None]
        return _diagram(model, view_id, view, "System landscape", map(logical_node, tops))
    scope = index.resolve(view.of or "")
    if view.kind is ViewKind.CONTEXT:
        people, others = _around(model, scope, as_a_whole=True)
        nodes = (*people, logical_node(scope), *others)
        return _diagram(model, view_id, view, f"{scope.name} in its context", nodes)
    boundary = replace(
        logical_node(scope),
        boundary=True,
        children=tuple(logical_node(e) for e in index.elements.values() if e.parent == scope.id),
    )
    people, others = _around(model, scope, as_a_whole=False)
    parts = "Containers" if view.kind is ViewKind.CONTAINER else "Components"
    nodes = (*people, boundary, *others)
    return _diagram(model, view_id, view, f"{parts} of {scope.name}", nodes)


def _diagram(model: Model, view_id: str, view: View, title: str, nodes: Iterable[Node]) -> Diagram:
    """Put arrows between the nodes.

    What is said of a system as a whole ("staff manages the application") belongs to the picture
    that shows it as one box: no arrow ends at a boundary.
    """
    nodes = tuple(nodes)
    boxes = {node.id for top in nodes for node in top.walk() if not node.boundary}
    at: dict[str, list[str]] = {}
    for element_id in model.index.elements:
        chain = (element_id, *model.index.ancestors(element_id))
        at[element_id] = [box for box in chain if box in boxes][:1]
    return Diagram(
        id=view_id,
        kind=view.kind.value,
        title=view.name or title,
        description=view.description,
        direction=view.direction or "down",
        nodes=nodes,
        edges=lift(logical_links(model), Drawn(at)),
    )


def _around(model: Model, scope: Element, *, as_a_whole: bool) -> tuple[list[Node], list[Node]]:
    """Who is outside `scope` and related to what is inside it: people, then all others.

    Others are drawn at the highest level that does not swallow the scope: another system, not its
    containers. With `as_a_whole`, relationships of the scope itself count too.
    """
    index = model.index
    swallowing = {scope.id, *index.ancestors(scope.id)}
    met: set[str] = set()
    for link in logical_links(model):
        chains = [(end.id, *index.ancestors(end.id)) for end in (link.source, link.target)]
        for here, there in (chains, chains[::-1]):
            inside = scope.id in (here if as_a_whole else here[1:])
            outside = [element for element in there if element not in swallowing]
            if inside and scope.id not in there and outside:
                met.add(outside[-1])
    nodes = [logical_node(element) for element in index.elements.values() if element.id in met]
    people = [node for node in nodes if node.shape is Shape.PERSON]
    return people, [node for node in nodes if node.shape is not Shape.PERSON]
