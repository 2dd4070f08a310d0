"""Networks: two services that talk share one, and nobody else is on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archdoc.model import Network, pair_networks
from archdoc.outputs.compose.project import Project

Services = dict[str, dict[str, Any]]
Networks = dict[str, dict[str, Any]]


def derive_networks(project: Project, services: Services) -> Networks:
    """Put every service on its networks, and return these. That of a data store is internal.

    Nothing on an internal network reaches the outside, and nothing outside reaches it. A service
    whose author chose a `network_mode` is on none. What the model says of a network is added.
    """
    networks: Networks = {}
    pairs = pair_networks(project.placement, project.node_id)
    for (opener, listener), (name, is_store) in pairs.items():
        networks.setdefault(name, {"internal": True} if is_store else {})
        for service in (opener, listener):
            _join(services[service], name)
    for name in [n for service in services.values() for n in service.get("networks", ())]:
        networks.setdefault(name, {})
    declared = project.placement.model.networks
    networks = {name: options | _said(declared, name) for name, options in networks.items()}
    for name in services:
        _open_a_way_out(project, name, services, networks)
    return networks


def _said(declared: dict[str, Network], name: str) -> dict[str, Any]:
    return declared[name].options if name in declared else {}


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
        way_out = f"{name}-egress"
        while way_out in networks or way_out in project.placement.model.networks:
            way_out += "-2"  # what talks to a service called `egress` has such a network, too
        networks[way_out] = {}
        _join(service, way_out)


def _internal(networks: Networks) -> Iterator[str]:
    return (name for name, network in networks.items() if network.get("internal"))
