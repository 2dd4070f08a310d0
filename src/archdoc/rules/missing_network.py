"""Who talks to whom must be able to reach them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archdoc.model import (
    Container,
    Element,
    Link,
    Model,
    Place,
    Placement,
    published_at,
    runs_under_compose,
)
from archdoc.report import Severity
from archdoc.rules.base import Finding, Rule, service_of


def _check(model: Model) -> Iterator[Finding]:
    for environment in model.environments:
        placement = Placement(model, environment)
        for link in placement.running_links:
            yield from _between(placement, link)


def _between(placement: Placement, link: Link) -> Iterator[Finding]:
    """Whether every place of the opener has a way to a place of the listener."""
    listeners = placement.of(link.listener.id)
    if not listeners or link.listener is link.opener:
        return
    for here in placement.of(link.opener.id):
        reasons = [_obstacle(placement, link, here, there) for there in listeners]
        if all(reasons):
            yield Finding(
                ("environments", placement.environment_id, "nodes", _local(here.node), "runs"),
                f"`{here.container.local_id}` on `{_local(here.node)}` cannot reach "
                f"`{link.listener.local_id}`: {reasons[0]}",
                word=here.container.local_id,
                help=f"the model says `{link.source.local_id} -> {link.target.local_id}: "
                f"{link.label}`; where that is not so here, leave it out with `reword:`",
                other=link.path,
                other_message="who talks to whom",
            )
            return


def _obstacle(placement: Placement, link: Link, here: Place, there: Place) -> str:
    """Why one cannot connect to the other; empty where it can."""
    for place in (here, there):
        if _service(place).get("network_mode") == "none":
            return f"`{place.container.local_id}` has `network_mode: none`"
    islands = [_island(placement, place.node) for place in (here, there)]
    if all(islands) and islands[0] != islands[1]:
        return f"`{islands[0]}` and `{islands[1]}` are networks of their own"
    if here.node is there.node or there.realised or not runs_under_compose(placement, there):
        return ""
    shut = _shut(placement, there, "udp" in link.relationship.technology.lower())
    return shut and f"it runs in another compose project, `{_local(there.node)}`, and {shut}"


def _shut(placement: Placement, place: Place, by_udp: bool) -> str:
    """Why nobody outside of its compose project reaches a container; empty where they do."""
    ways = published_at(placement, place)
    if ways is None:
        return ""
    content = place.container.content
    port = content.port if isinstance(content, Container) else None
    called = f"port {port}" if port else "a port"
    if not ways:
        return f"publishes no {'port' if port is None else called}"
    ways = tuple(way for way in ways if port is None or way.leads_to(port))
    if not ways:
        return f"publishes other ports than its {called}"
    open_ = tuple(way for way in ways if by_udp or way.protocol not in {"udp", "sctp"})
    if not open_:
        return f"publishes {called} for {ways[0].protocol.upper()} only"
    if all(way.is_shut for way in open_):
        return f"publishes {called} at {open_[0].address}, where only its machine reaches it"
    return ""


def _island(placement: Placement, node: Element) -> str | None:
    """The nearest node around another that is a network of its own."""
    return next(
        (n for n in placement.chain(_local(node)) if placement.node(n).catalogued.isolates), None
    )


def _service(place: Place) -> dict[str, Any]:
    return {} if place.realised else service_of(place.container)


def _local(node: Element) -> str:
    return node.id.partition(".")[2]


RULE = Rule(
    name="missing-network",
    code="A211",
    summary="One container talks to another that it has no network in common with.",
    why="The picture shows an arrow, and the connection times out.",
    example="nodes:\n  front: {kind: docker.compose, in: host-a, runs: [web]}\n"
    "  back: {kind: docker.compose, in: host-b, runs: [db]}     # db publishes no port",
    fix="Place both in one network, publish the port that the other needs (for TCP, and not on "
    "`127.0.0.1`), or say that the "
    "relationship does not exist in this environment.",
    check=_check,
    severity=Severity.WARNING,
)
