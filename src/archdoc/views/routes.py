"""Routes: requests that pass through a load balancer, a CDN or a gateway on their way.

`user -> nginx` is said once. Where a load balancer stands before nginx (`fronts: nginx`), users
reach the balancer, and the balancer reaches nginx wherever it runs. What faces the Internet carries
only what comes from outside: a worker beside nginx does not go out and in again.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise, takewhile

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


def _before(placement: Placement) -> dict[str, Element]:
    """What stands before something, by the id of that."""
    return {
        id_: node
        for local_id, node in placement.nodes.items()
        for behind in placement.fronted(local_id)
        for id_ in _reached(placement, behind)
    }


def _passed(placement: Placement, link: Link, before: Mapping[str, Element]) -> list[Element]:
    """What a connection goes through, beginning at who opens it."""
    gates: list[Element] = []
    gate = before.get(placement.running(link.listener).id)
    while gate is not None and gate not in gates:
        gates.insert(0, gate)
        gate = before.get(gate.id)
    ids = [gate.id for gate in gates]
    if link.opener.id in ids:  # whoever stands on the way joins it there; nobody goes back
        return gates[ids.index(link.opener.id) + 1 :]
    if not gates or link.relationship.direct:
        return []
    here, there = _nodes(placement, link.opener), _nodes(placement, link.listener)
    if not here.isdisjoint(there):
        return []  # on one node, nobody goes round through what stands before both
    if _all_inside(placement, here, there):
        inner = takewhile(lambda g: placement.node(g.local_id).carries_all, reversed(gates))
        return [*inner][::-1]
    return gates


def _reached(placement: Placement, behind: Element) -> Iterator[str]:
    """What is behind something, and the containers on it, where that is a node."""
    yield behind.id
    for place in placement.places:
        if place.node.id == behind.id:
            yield place.container.id


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
