"""Networks: two services that talk share one, and nobody else is on it."""

from __future__ import annotations

from typing import Any

from archdoc.model import Network, joined_by, pair_networks, ways_out
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
    for name in [n for service in services.values() for n in joined_by(service)]:
        networks.setdefault(name, {})
    declared = project.placement.model.networks
    networks = {name: options | _said(declared, name) for name, options in networks.items()}
    for name, way_out in ways_out(project.placement, project.node_id).items():
        networks.setdefault(way_out, {})
        _join(services[name], way_out)
    return networks


def _said(declared: dict[str, Network], name: str) -> dict[str, Any]:
    return declared[name].options if name in declared else {}


def _join(service: dict[str, Any], network: str) -> None:
    if "network_mode" in service:
        return
    joined = service.get("networks", [])
    if isinstance(joined, dict):
        service["networks"] = {network: None, **joined}
    elif network not in joined_by(service):
        service["networks"] = [*joined, network]
