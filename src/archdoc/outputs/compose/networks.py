"""Networks: two services that talk share one, and nobody else is on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archdoc.outputs.compose.project import Project, container_of

MOST_PAIRS = 20
"""With more than this, each listener has one network instead: Docker has addresses for about thirty
on a machine (dockerd, `default-address-pools`), of which other projects need some."""

Services = dict[str, dict[str, Any]]
Networks = dict[str, dict[str, Any]]


def derive_networks(project: Project, services: Services) -> Networks:
    """Put every service on its networks, and return these. That of a data store is internal.

    Nothing on an internal network reaches the outside, and nothing outside reaches it. A service
    whose author chose a `network_mode` is on none.
    """
    networks: Networks = {}
    pairs = _pairs(project)
    for (opener, listener), is_store in pairs.items():
        name = _name(opener, listener, pairs) if len(pairs) <= MOST_PAIRS else listener
        networks.setdefault(name, {"internal": True} if is_store else {})
        for service in (opener, listener):
            _join(services[service], name)
    for name in [n for service in services.values() for n in service.get("networks", ())]:
        networks.setdefault(name, {})
    for name in services:
        _open_a_way_out(project, name, services, networks)
    return networks


def _pairs(project: Project) -> dict[tuple[str, str], bool]:
    """Who talks: (opener, listener), either way once, and whether the listener stores data."""
    found: dict[tuple[str, str], bool] = {}
    for link in project.inner_links:
        opener, listener = (project.name_of[end.id] for end in (link.opener, link.listener))
        if (listener, opener) not in found:
            found[opener, listener] = container_of(link.listener).kind.stores_data
    return found


def _name(opener: str, listener: str, pairs: dict[tuple[str, str], bool]) -> str:
    """`django-postgres`; told apart where `a-b` and `c` talk, and so do `a` and `b-c`."""
    alike = [pair for pair in pairs if "-".join(pair) == f"{opener}-{listener}"]
    number = alike.index((opener, listener)) + 1
    return f"{opener}-{listener}" if number == 1 else f"{opener}-{listener}-{number}"


def _join(service: dict[str, Any], network: str) -> None:
    if "network_mode" in service:
        return
    joined = service.get("networks", [])
    if isinstance(joined, dict):
        service["networks"] = {network: None, **joined}
    elif network not in joined:
        service["networks"] = [*joined, network]


def _open_a_way_out(project: Project, name: str, services: Services, networks: Networks) -> None:
    """A network of its own for a service that publishes ports or connects to the outside.

    Unless it is on one already that is not internal; and for one that talks to nobody, since
    Compose would put it on a network that all such services share.
    """
    service = services[name]
    joined = set(service.get("networks", ()))
    if "network_mode" in service or joined - set(_internal(networks)):
        return
    if not joined or service.get("ports") or project.reaches_outside(project.services[name].id):
        networks[f"{name}-egress"] = {}
        _join(service, f"{name}-egress")


def _internal(networks: Networks) -> Iterator[str]:
    return (name for name, network in networks.items() if network.get("internal"))
