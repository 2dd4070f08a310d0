"""A data store is for those who talk to it, not for the world."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Element, Model, Placement, Published, published, runs_under_compose
from archdoc.report import Severity
from archdoc.rules.base import Finding, Rule, containers

_EVERYWHERE = {"", "0.0.0.0", "::"}  # noqa: S104 - compared, not bound


def _check(model: Model) -> Iterator[Finding]:
    for element, content in containers(model):
        if not content.kind.stores_data:
            continue
        ports = content.service.get("ports", ())
        clients = _clients_elsewhere(model, element) if ports else set()
        for number, port in enumerate(ports):
            entry = published(port, model)
            is_open = entry.address in _EVERYWHERE
            if entry.is_local or (clients and not is_open):
                continue
            to = "to everybody" if is_open else "outside of its project"
            yield Finding(
                (*element.path, "service", "ports", number),
                f"`{element.id}` is a data store, and publishes a port {to}",
                help=_help(entry, clients),
            )


def _help(entry: Published, clients: set[str]) -> str:
    if clients:
        port = str(entry.ports[0]) if entry.ports else "…"
        inside = str(entry.targets[0]) if entry.targets else "…"
        called = ", ".join(f"`{name}`" for name in sorted(clients))
        return (
            f"publish it on the one private address of the machine at which {called} in another "
            f"project can reach it: `10.0.0.7:{port}:{inside}`"
        )
    return (
        "leave it out: its clients share a network with it; "
        "for tools on the machine itself, publish `127.0.0.1:…`"
    )


def _clients_elsewhere(model: Model, store: Element) -> set[str]:
    """Who connects to a data store from outside of the compose project that it runs in."""
    found = set()
    for environment in model.environments:
        placement = Placement(model, environment)
        places = [
            place
            for place in placement.of(store.id)
            if not place.realised and runs_under_compose(placement, place)
        ]
        for link in placement.running_links if places else ():
            if link.listener.id != store.id or link.opener.id == store.id:
                continue
            if any(
                here.node is not there.node
                for here in placement.of(link.opener.id)
                for there in places
            ):
                found.add(link.opener.local_id)
    return found


RULE = Rule(
    name="published-data-store",
    code="A302",
    summary="A data store publishes a port.",
    why="Docker opens it past most firewalls, and whoever finds it may try passwords. For clients "
    "in other compose projects, one private address of the machine is enough.",
    example='db: {kind: database, service: {image: postgres, ports: ["5432:5432"]}}',
    fix="Remove `ports`: services of one project that talk share a network anyway. For others, say "
    'the private address: `"10.0.0.7:5432:5432"`.',
    check=_check,
    severity=Severity.WARNING,
)
