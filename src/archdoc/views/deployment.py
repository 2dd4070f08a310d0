"""Pictures of where things run: C4's deployment diagram of one environment."""

from __future__ import annotations

from archdoc.model import (
    DeploymentNode,
    Element,
    ElementKind,
    Link,
    Model,
    Place,
    Placement,
    View,
    environment_links,
    logical_links,
)
from archdoc.views.diagram import Diagram, Node, Shape
from archdoc.views.lift import Drawn, lift
from archdoc.views.logical import logical_node


def deployment_diagram(model: Model, view_id: str, view: View) -> Diagram:
    """The C4 deployment diagram of `view.environment`."""
    placement = Placement(model, view.environment or "")
    outermost = tuple(_deployment_node(placement, node) for node in placement.children(None))
    drawn = _drawn(outermost)
    links = environment_relationships(placement)
    people, systems = outsiders(placement, links)
    at = dict(drawn.at) | {e.id: [e.id] for e in (*people, *systems)}
    environment = placement.environment
    return Diagram(
        id=view_id,
        kind="deployment",
        title=view.name or environment.name or view_id,
        description=view.description or environment.description,
        direction=view.direction or "down",
        environment=placement.environment_id,
        nodes=(*map(logical_node, people), *outermost, *map(logical_node, systems)),
        edges=lift(links, Drawn(at, drawn.inside, drawn.beside), environment.reword),
    )


def environment_relationships(placement: Placement) -> tuple[Link, ...]:
    """What is said in an environment: the model's relationships, then the environment's own."""
    model = placement.model
    return (*logical_links(model), *environment_links(model, placement.environment_id))


def outsiders(
    placement: Placement, links: tuple[Link, ...]
) -> tuple[tuple[Element, ...], tuple[Element, ...]]:
    """The people and the external systems that talk to what is deployed here."""
    deployed = {place.container.id for place in placement.places}
    deployed |= {node.id for node in placement.nodes.values()}
    reword = placement.environment.reword
    met: set[str] = set()
    for link in links:
        if reword.get(link.label, link.label) is None:
            continue
        ends = {link.source.id, link.target.id}
        if ends & deployed:
            met |= ends
    others = [e for e in placement.model.index.elements.values() if e.id in met]
    return (
        tuple(e for e in others if e.kind is ElementKind.PERSON),
        tuple(e for e in others if e.kind is ElementKind.SYSTEM),
    )


def node_name(placement: Placement, local_id: str) -> str:
    """The picture's id of a deployment node: its local id, unless an element has that name too."""
    taken = local_id in placement.model.index.elements
    return placement.nodes[local_id].id if taken else local_id


def _deployment_node(placement: Placement, local_id: str) -> Node:
    element = placement.nodes[local_id]
    content = placement.node(local_id)
    containers = tuple(_instance(placement, local_id, place) for place in placement.on(local_id))
    nested = tuple(_deployment_node(placement, child) for child in placement.children(local_id))
    return Node(
        id=node_name(placement, local_id),
        element=element.id,
        shape=Shape.DEPLOYMENT_NODE,
        name=element.name,
        technology=_technology(content, element.name),
        description=content.description,
        boundary=True,
        children=(*containers, *nested),
    )


def _technology(content: DeploymentNode, name: str) -> str:
    """The product's name, unless the node is already called that."""
    title = content.catalogued.title
    return "" if title == name else title


def _instance(placement: Placement, local_id: str, place: Place) -> Node:
    node_id = f"{place.container.id}@{node_name(placement, local_id)}"
    return logical_node(place.container, node_id=node_id, replicas=place.replicas)


def _drawn(outermost: tuple[Node, ...]) -> Drawn:
    at: dict[str, list[str]] = {}
    inside: dict[str, frozenset[str]] = {}
    beside: dict[str, str] = {}

    def visit(node: Node, around: frozenset[str]) -> None:
        at.setdefault(node.element, []).append(node.id)
        inside[node.id] = around
        for child in node.children:
            if child.shape is not Shape.DEPLOYMENT_NODE:
                beside[child.id] = node.id
            visit(child, around | {node.id})

    for node in outermost:
        visit(node, frozenset())
    return Drawn(at, inside, beside)
