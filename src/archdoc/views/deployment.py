"""Pictures of where things run: C4's deployment diagram of one environment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from archdoc.model import (
    PEOPLE_ICON,
    Container,
    DeploymentNode,
    Element,
    ElementKind,
    Index,
    Model,
    Person,
    Place,
    Placement,
    View,
)
from archdoc.views.diagram import Diagram, DiagramKind, Node, Shape
from archdoc.views.layout import laid_out
from archdoc.views.lift import Drawn, lift
from archdoc.views.logical import finished, logical_node
from archdoc.views.routes import routed
from archdoc.views.select import Candidate, Selection


def deployment_diagram(model: Model, view_id: str, view: View) -> Diagram:
    """The C4 deployment diagram of `view.environment`."""
    sight = Sight(Placement(model, view.environment or ""), view)
    placement = sight.placement
    nodes = [_deployment_node(placement, n, sight.shown) for n in placement.children(None)]
    outermost = tuple(node for node in nodes if node is not None)
    return sight.diagram(view_id, "deployment", outermost, _drawn(outermost))


@dataclass(frozen=True)
class Sight:
    """One view of an environment: what C4's picture of it and AWS's have in common."""

    placement: Placement
    view: View

    @cached_property
    def shown(self) -> set[str]:
        """The keys of what the view shows."""
        return shown_in_environment(self.placement, self.view)

    def diagram(
        self, view_id: str, kind: DiagramKind, outermost: tuple[Node, ...], drawn: Drawn
    ) -> Diagram:
        """The picture: people, what runs here, and the others that it talks to.

        `drawn` says where what is deployed appears.
        """
        view, environment = self.view, self.placement.environment
        model, is_aws = self.placement.model, kind == "aws"
        others = [e for e in outsiders(self.placement) if e.id in self.shown]
        people = [e for e in others if e.kind is ElementKind.PERSON]
        at = dict(drawn.at) | {e.id: [e.id] for e in others}
        diagram = finished(
            model,
            Diagram(
                id=view_id,
                kind=kind,
                title=view.name or environment.name or view_id,
                description=view.description or environment.description,
                direction=view.direction or ("right" if is_aws else "down"),
                environment=self.placement.environment_id,
                legend=view.legend,
                icons=view.icons,
                nodes=(
                    *(as_users(e) if is_aws else logical_node(e) for e in people),
                    *outermost,
                    *(logical_node(e) for e in others if e not in people),
                ),
                edges=lift(
                    routed(self.placement, model.links_in(self.placement.environment_id), at),
                    Drawn(with_parts(model.index, at), drawn.inside, drawn.beside),
                    environment.reword,
                ),
            ),
        )
        return laid_out(model, view, diagram, at)


def as_users(element: Element) -> Node:
    """People in AWS pictures are groups of users: their plural, and how many they are."""
    person, node = element.content, logical_node(element)
    if not isinstance(person, Person):
        return node
    return replace(
        node,
        shape=Shape.ICON,
        name=person.plural or node.name,
        description=person.scale or person.description,
        icon=PEOPLE_ICON,
    )


def shown_in_environment(placement: Placement, view: View) -> set[str]:
    """What a view of an environment shows: the keys of its candidates."""
    candidates = [
        *(Candidate(e.id, e) for e in outsiders(placement)),
        *_placed(placement),
    ]
    return set(Selection(placement.model, view).apply(candidates, (c.key for c in candidates)))


def _placed(placement: Placement) -> Iterator[Candidate]:
    """The nodes, by their full ids, and what is on them."""
    for local_id, node in placement.nodes.items():
        chain = tuple(placement.nodes[outer].id for outer in placement.chain(local_id))
        yield Candidate(node.id, node, chain)
        for place in placement.on(local_id):
            yield Candidate(instance_key(place), place.container, chain)


def instance_key(place: Place) -> str:
    """The key of one container on one node."""
    return f"{place.container.id}@{place.node.id}"


def outsiders(placement: Placement) -> tuple[Element, ...]:
    """Who talks to what is deployed here, and is not, itself: people, systems, apps of users.

    A mobile app runs on phones, wherever the rest is deployed; who talks to it belongs to the
    picture, too.
    """
    index = placement.model.index
    here = {place.container.id for place in placement.places}
    here |= {node.id for node in placement.nodes.values()}
    around = {outer for id_ in here if id_ in index.elements for outer in index.ancestors(id_)}
    met: set[str] = set()
    talking = placement.links
    reached = here
    while reached:
        newly = {
            stand_in
            for link in talking
            for end, other in ((link.source, link.target), (link.target, link.source))
            if _is_among(index, end, reached)
            and not _is_among(index, other, here)
            and (stand_in := _stand_in(index, other)) not in around
        }
        # Of those met, only what users run themselves leads to others.
        reached = {id_ for id_ in newly - met if _runs_at_users(index.elements[id_])}
        met |= newly
    return tuple(e for e in index.elements.values() if e.id in met)


def _stand_in(index: Index, element: Element) -> str:
    """What is drawn for an element that is not deployed: an app of users, or a whole system."""
    chain = [element.id, *_around(index, element)]
    apps = (id_ for id_ in chain if id_ in index.elements and _runs_at_users(index.elements[id_]))
    return next(apps, chain[-1])


def _runs_at_users(element: Element) -> bool:
    return isinstance(element.content, Container) and element.content.kind.runs_at_users


def _is_among(index: Index, element: Element, some: set[str]) -> bool:
    """Whether an element, or what it is a part of, is among some."""
    return element.id in some or not some.isdisjoint(_around(index, element))


def _around(index: Index, element: Element) -> list[str]:
    return [] if element.kind is ElementKind.NODE else index.ancestors(element.id)


def with_parts(index: Index, at: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """The same for what is inside something drawn, too: it is found where that is."""
    found = dict(at)
    for element_id in index.elements:
        if element_id not in at:
            around = next((outer for outer in index.ancestors(element_id) if outer in at), None)
            if around is not None:
                found[element_id] = at[around]
    return found


def node_name(placement: Placement, local_id: str) -> str:
    """The picture's id of a deployment node: its local id, unless an element has that name too."""
    taken = local_id in placement.model.index.elements
    return placement.nodes[local_id].id if taken else local_id


def _deployment_node(placement: Placement, local_id: str, shown: set[str]) -> Node | None:
    """A node with what is shown in it; None where that is nothing, and it is not shown itself."""
    element = placement.nodes[local_id]
    content = placement.node(local_id)
    containers = [
        _instance(placement, local_id, place)
        for place in placement.on(local_id)
        if instance_key(place) in shown
    ]
    inner = [_deployment_node(placement, child, shown) for child in placement.children(local_id)]
    nested = [node for node in inner if node is not None]
    if element.id not in shown and not containers and not nested:
        return None
    return Node(
        id=node_name(placement, local_id),
        element=element.id,
        shape=Shape.DEPLOYMENT_NODE,
        name=element.name,
        technology=_technology(content, element.name),
        description="; ".join(filter(None, (content.description, placement.spread(local_id)))),
        boundary=True,
        tags=content.tags,
        children=(*containers, *nested),
    )


def _technology(content: DeploymentNode, name: str) -> str:
    """What the node is, unless it is already called that."""
    return "" if content.product == name else content.product


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
