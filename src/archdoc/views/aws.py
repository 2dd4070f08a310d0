"""Pictures of an environment as AWS draws them: services as icons, inside their groups."""

from __future__ import annotations

from archdoc.model import PEOPLE_ICON, Container, Element, Model, Person, Placement, View
from archdoc.views.deployment import environment_relationships, node_name, outsiders
from archdoc.views.diagram import Diagram, Node, Shape
from archdoc.views.lift import Drawn, lift
from archdoc.views.logical import logical_node


def aws_diagram(model: Model, view_id: str, view: View) -> Diagram | None:
    """The AWS picture of `view.environment`; None where nothing of it is on AWS.

    Only AWS's own services and groups are drawn. What runs on a service is told by its label, and
    the relationships of whatever is hidden in it are lifted to it.
    """
    placement = Placement(model, view.environment or "")
    shown = [node_id for node_id in placement.nodes if _is_drawn(placement, node_id)]
    if not shown:
        return None
    links = environment_relationships(placement)
    people, systems = outsiders(placement, links)
    environment = placement.environment
    outermost = tuple(_node(placement, n) for n in shown if _around(placement, n) is None)
    return Diagram(
        id=view_id,
        kind="aws",
        title=view.name or environment.name or view_id,
        description=view.description or environment.description,
        direction=view.direction or "right",
        environment=placement.environment_id,
        nodes=(*map(_people, people), *outermost, *map(logical_node, systems)),
        edges=lift(links, _drawn(placement, (*people, *systems)), environment.reword),
    )


def _is_drawn(placement: Placement, node_id: str) -> bool:
    return placement.node(node_id).catalogued.icon is not None


def _around(placement: Placement, node_id: str) -> str | None:
    """The nearest drawn node around another."""
    return next((n for n in placement.chain(node_id)[1:] if _is_drawn(placement, n)), None)


def _hidden_in(placement: Placement, node_id: str) -> list[str]:
    """A drawn node and the nodes that it stands for: those inside it that are not drawn."""
    return [
        other
        for other in placement.nodes
        if other == node_id
        or (not _is_drawn(placement, other) and _around(placement, other) == node_id)
    ]


def _node(placement: Placement, node_id: str) -> Node:
    element = placement.nodes[node_id]
    kind = placement.node(node_id).catalogued
    children = tuple(
        _node(placement, child)
        for child in placement.nodes
        if _is_drawn(placement, child) and _around(placement, child) == node_id
    )
    return Node(
        id=node_name(placement, node_id),
        element=element.id,
        shape=Shape.ICON,
        name=element.name,
        technology=_realised(placement, node_id),
        description=element.content.description or _running(placement, node_id),
        icon=kind.icon,
        boundary=kind.group and bool(children or not (kind.icon and kind.icon.diagrams)),
        children=children,
    )


def _realised(placement: Placement, node_id: str) -> str:
    """The technologies of what a managed service takes the place of: "PostgreSQL 15"."""
    return ", ".join(
        place.container.content.technology_label
        for place in placement.on(node_id)
        if place.realised and isinstance(place.container.content, Container)
    )


def _running(placement: Placement, node_id: str) -> str:
    """The containers that run somewhere in a node: "Nginx, 2 × Django"."""
    return ", ".join(
        (f"{place.replicas} × " if place.replicas > 1 else "") + place.container.name
        for hidden in _hidden_in(placement, node_id)
        for place in placement.on(hidden)
        if not place.realised
    )


def _people(element: Element) -> Node:
    """People in AWS pictures are groups of users: their plural, and how many they are."""
    person = element.content
    node = logical_node(element)
    if not isinstance(person, Person):
        return node
    return Node(
        id=node.id,
        element=node.element,
        shape=Shape.ICON,
        name=person.plural or node.name,
        description=person.scale or person.description,
        icon=PEOPLE_ICON,
    )


def _drawn(placement: Placement, others: tuple[Element, ...]) -> Drawn:
    at: dict[str, list[str]] = {element.id: [element.id] for element in others}
    inside: dict[str, frozenset[str]] = {}
    for node_id, element in placement.nodes.items():
        drawn = node_id if _is_drawn(placement, node_id) else _around(placement, node_id)
        if drawn is None:
            continue
        name = node_name(placement, drawn)
        around = placement.chain(drawn)[1:]
        inside[name] = frozenset(node_name(placement, outer) for outer in around)
        at.setdefault(element.id, []).append(name)
        for place in placement.on(node_id):
            names = at.setdefault(place.container.id, [])
            if name not in names:
                names.append(name)
    return Drawn(at, inside)
