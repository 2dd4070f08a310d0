"""Routes: requests that pass through a load balancer, a CDN or a gateway on their way.

`user -> nginx` is said once. Where a load balancer stands before nginx (`fronts: nginx`), users
reach the balancer, and the balancer reaches nginx wherever it runs.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from archdoc.model import Element, Link, Placement


def routed(placement: Placement, links: Iterable[Link], drawn: Container[str]) -> Iterator[Link]:
    """The relationships, each cut into its stretches between what it passes through.

    What is not drawn (`drawn` holds the ids of elements) is passed over. Who is on the same node as
    the target does not go round through what stands before both.
    """
    before = {
        id_: node
        for local_id, node in placement.nodes.items()
        if node.id in drawn
        for behind in placement.fronted(local_id)
        for id_ in _reached(placement, behind)
    }
    for link in links:
        stops = [link.target]
        while (gate := before.get(stops[0].id)) is not None and gate not in stops:
            stops.insert(0, gate)
        # Whoever stands on the way joins it there; nobody goes back.
        passed = [number for number, stop in enumerate(stops) if stop.id == link.source.id]
        stops = stops[passed[-1] + 1 :] if passed else stops
        if len(stops) > 1 and not passed and _together(placement, link):
            stops = [link.target]
        for source, target in zip([link.source, *stops], stops, strict=False):
            yield replace(link, source=source, target=target, part_of=link.id)


def _reached(placement: Placement, behind: Element) -> Iterator[str]:
    """What is behind something, and the containers on it, where that is a node."""
    yield behind.id
    for place in placement.places:
        if place.node.id == behind.id:
            yield place.container.id


def _together(placement: Placement, link: Link) -> bool:
    """Whether both ends of a relationship are on one node."""
    return not _nodes(placement, link.source).isdisjoint(_nodes(placement, link.target))


def _nodes(placement: Placement, element: Element) -> set[str]:
    return {place.node.id for place in placement.of(element.id)}
