"""Routes: requests that pass through a load balancer, a CDN or a gateway on their way.

`user -> nginx` is said once. Where a load balancer stands before nginx (`fronts: nginx`), users
reach the balancer, and the balancer reaches nginx wherever it runs. What faces the Internet carries
only what comes from outside: a worker beside nginx does not go out and in again.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from math import inf

from archdoc.model import Element, ElementKind, Link, Placement


def routed(placement: Placement, links: Iterable[Link], drawn: Container[str]) -> Iterator[Link]:
    """The relationships, each cut into its stretches between what it passes through.

    What is not drawn (`drawn` holds the ids of elements) is passed over.
    """
    before = _before(placement)
    for link in links:
        gates = [gate for gate in _passed(placement, link, before) if gate.id in drawn]
        way = [link.opener, *gates, link.listener]
        if link.opener is link.target:
            way.reverse()  # what is said flows from who listens to who has asked
        for source, target in pairwise(way):
            yield replace(link, source=source, target=target, part_of=link.id)


@dataclass(frozen=True, slots=True)
class _Front:
    """What stands before something."""

    gate: Element
    around: str | None
    """The local id of the node that is named as being behind it, if it is no container."""


def _before(placement: Placement) -> dict[str, _Front]:
    """What stands before something, by the id of that; the one that names it most exactly."""
    found: dict[str, _Front] = {}
    for local_id, gate in placement.nodes.items():
        for id_, around in placement.behind(local_id).items():
            if id_ not in found or _depth(placement, around) > _depth(placement, found[id_].around):
                found[id_] = _Front(gate, around)
    return found


def _depth(placement: Placement, around: str | None) -> float:
    """How exactly something is named: a container, or a node that it is somewhere in."""
    return inf if around is None else len(placement.chain(around))


def _passed(placement: Placement, link: Link, before: Mapping[str, _Front]) -> list[Element]:
    """What a connection goes through, beginning at who opens it."""
    here, there = _nodes(placement, link.opener), _nodes(placement, link.listener)
    gates: list[Element] = []
    front = before.get(placement.running(link.listener).id)
    while front is not None and front.gate not in gates:
        if front.around is not None and here.intersection(placement.inside(front.around)):
            break  # inside of what something stands before, nobody goes out to come in again
        gates.insert(0, front.gate)
        front = before.get(front.gate.id)
    ids = [gate.id for gate in gates]
    if link.opener.id in ids:  # whoever stands on the way joins it there; nobody goes back
        return gates[ids.index(link.opener.id) + 1 :]
    if not gates or link.relationship.direct or not here.isdisjoint(there):
        return []  # on one node, nobody goes round through what stands before both
    if _all_inside(placement, here, there):
        inner = takewhile(lambda g: placement.node(g.local_id).carries_all, reversed(gates))
        return [*inner][::-1]
    return gates


def _all_inside(placement: Placement, here: set[str], there: set[str]) -> bool:
    """Whether everybody on some nodes is in one network with somebody on some others."""
    networks = {placement.network(node_id) for node_id in there}
    return bool(here) and all(networks.intersection(placement.chain(n)) for n in here)


def _nodes(placement: Placement, element: Element) -> set[str]:
    """The local ids of the nodes that an element is on; a node's own, and all of a system's."""
    if element.kind is ElementKind.NODE:
        return {element.local_id}
    running = placement.running(element).id
    return {
        place.node.local_id
        for place in placement.places
        if running in (place.container.id, place.container.parent)
    }
