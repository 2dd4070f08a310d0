"""Environments side by side: where every container is in each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from archdoc.model import Container, Element, ElementKind, Model, NodeKind, Place, Placement
from archdoc.views.phrases import node_phrase

How = Literal["compose", "tasks", "realised"]
"""In what way a container is somewhere: it runs under Docker Compose; it runs as tasks, as of an
orchestrator; or a managed service realises it, and it does not run at all."""


@dataclass(frozen=True, slots=True)
class Surrounding:
    """A node around another one."""

    node: Element
    product: str
    """What it is: "Amazon ECS cluster"."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of a container in an environment."""

    node: Element
    """The node that runs or realises it."""
    kind: str
    """The node's kind in the catalogue: `aws.rds`."""
    product: str
    """What the node is: "Amazon RDS"."""
    how: How
    replicas: int
    """How many of it run there; 1 where it is realised."""
    around: tuple[Surrounding, ...]
    """What the node stands in, innermost first."""
    words: str
    """All that as a table says it: "2 × on Amazon EC2 (Web instances) in Web cluster"."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One container in one environment."""

    environment: str
    spots: tuple[Spot, ...]
    """Where it is; empty: not there."""
    words: str
    """The same as a table says it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One container in every environment."""

    container: Element
    cells: tuple[Cell, ...]
    """In the order of the model's environments."""


def compare(model: Model) -> tuple[Row, ...]:
    """Containers × environments, both in the model's order."""
    placements = [Placement(model, environment) for environment in model.environments]
    return tuple(
        Row(element, tuple(_cell(element, placement) for placement in placements))
        for element in model.index.elements.values()
        if element.kind is ElementKind.CONTAINER
    )


def _cell(container: Element, placement: Placement) -> Cell:
    spots = tuple(_spot(place, placement) for place in placement.of(container.id))
    words = "; ".join(spot.words for spot in spots)
    return Cell(placement.environment_id, spots, words or _absence(container))


def _absence(container: Element) -> str:
    content = container.content
    at_users = isinstance(content, Container) and content.kind.runs_at_users
    return "at its users" if at_users else "—"


def _spot(place: Place, placement: Placement) -> Spot:
    node_id = local_id(place.node)
    content = placement.node(node_id)
    return Spot(
        node=place.node,
        kind=content.kind,
        product=content.product,
        how=how(place, content.catalogued),
        replicas=place.replicas,
        around=tuple(_surroundings(placement, node_id)),
        words=_words(place, placement),
    )


def how(place: Place, kind: NodeKind) -> How:
    """In what way a container is on a node of some kind."""
    if place.realised:
        return "realised"
    return "compose" if kind.runs == "compose" else "tasks"


def _surroundings(placement: Placement, node_id: str) -> Iterator[Surrounding]:
    for outer in placement.chain(node_id)[1:]:
        yield Surrounding(placement.nodes[outer], placement.node(outer).product)


def _words(place: Place, placement: Placement) -> str:
    node_id = local_id(place.node)
    way = how(place, placement.node(node_id).catalogued)
    begin = {"realised": "realised by", "compose": "in", "tasks": "on"}[way]
    times = f"{place.replicas} × " if place.replicas > 1 else ""
    return f"{times}{begin} {node_phrase(placement, node_id)}{_inside(placement, node_id)}"


def _inside(placement: Placement, node_id: str) -> str:
    """The machine or the cluster around a node, by its name; networks and regions go unsaid."""
    for outer in placement.chain(node_id)[1:]:
        kind = placement.node(outer).catalogued
        if not (kind.group and not (kind.icon and kind.icon.diagrams)):
            return f" {'in' if kind.group else 'on'} {placement.nodes[outer].name}"
    return ""


def local_id(node: Element) -> str:
    """A deployment node's id within its environment, by which nodes of several are the same."""
    return node.id.partition(".")[2]
