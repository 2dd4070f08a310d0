"""A data store is for those who talk to it, not for the world."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from archdoc.model import (
    Element,
    Model,
    Place,
    Placement,
    Published,
    published,
    runs_under_compose,
    variable_named,
)
from archdoc.report import Severity
from archdoc.rules.base import Finding, Rule, containers

_EVERYWHERE = {"", "0.0.0.0", "::"}  # noqa: S104 - compared, not bound


def _check(model: Model) -> Iterator[Finding]:
    for element, content in containers(model):
        ports = content.service.get("ports", ()) if content.kind.stores_data else ()
        clients = _clients_elsewhere(model, element) if ports else {}
        for number, port in enumerate(ports):
            entry = published(port, model)
            is_open = entry.address in _EVERYWHERE
            idle = [name for name, called in clients.items() if not called]
            is_needed = clients and not idle
            if entry.is_local or (is_needed and not is_open):
                continue
            to = "to everybody" if is_open else "outside of its project"
            if not is_open and any(clients.values()):
                to += f" in {_listed(idle)}, where no other project needs it"
            yield Finding(
                (*element.path, "service", "ports", number),
                f"`{element.id}` is a data store, and publishes a port {to}",
                help=_help(element, entry, clients),
            )


def _help(store: Element, entry: Published, clients: Mapping[str, set[str]]) -> str:
    called = _listed(sorted({name for names in clients.values() for name in names}))
    if not called:
        return (
            "leave it out: its clients share a network with it; "
            "for tools on the machine itself, publish `127.0.0.1:…`"
        )
    port = str(entry.ports[0]) if entry.ports else "…"
    inside = str(entry.targets[0]) if entry.targets else "…"
    one = f"the one private address of the machine at which {called} in another project can"
    if all(clients.values()):
        return f"publish it on {one} reach it: `10.0.0.7:{port}:{inside}`"
    variable = f"${{{variable_named(store.local_id)}_ADDRESS:-127.0.0.1}}"
    needed = _listed([name for name, names in clients.items() if names])
    return f"write `{variable}:{port}:{inside}`, and set it in `.env` of {needed} to {one} reach it"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _clients_elsewhere(model: Model, store: Element) -> dict[str, set[str]]:
    """Who connects to a data store from outside of the compose project that it runs in.

    For every environment that runs it under Docker Compose.
    """
    found: dict[str, set[str]] = {}
    for environment in model.environments:
        placement = Placement(model, environment)
        places = [
            place
            for place in placement.of(store.id)
            if not place.realised and runs_under_compose(placement, place)
        ]
        if places:
            found[environment] = set(_callers(placement, store, places))
    return found


def _callers(placement: Placement, store: Element, places: list[Place]) -> Iterator[str]:
    for link in placement.running_links:
        if link.listener.id != store.id or link.opener.id == store.id:
            continue
        openers = placement.of(link.opener.id)
        if any(here.node is not there.node for here in openers for there in places):
            yield link.opener.local_id


RULE = Rule(
    name="published-data-store",
    code="A302",
    summary="A data store publishes a port.",
    why="Docker opens it past most firewalls, and whoever finds it may try passwords. For clients "
    "in other compose projects, one private address of the machine is enough.",
    example='db: {kind: database, service: {image: postgres, ports: ["5432:5432"]}}',
    fix="Remove `ports`: services of one project that talk share a network anyway. For others, say "
    'the private address: `"10.0.0.7:5432:5432"`; where not every environment has them, '
    '`"${DB_ADDRESS:-127.0.0.1}:5432:5432"`.',
    check=_check,
    severity=Severity.WARNING,
)
