"""What a compose file says, as written or as `docker compose config --format json` sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C takes a tenth of the time, where PyYAML was built with it."""


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """One service, in the same form whichever syntax it was written in."""

    image: str | None
    builds: bool
    ports: frozenset[tuple[str, str]]
    """(published, target); UDP as "53/udp"."""
    depends_on: frozenset[tuple[str, str]]
    """(service, condition)."""
    networks: frozenset[str]
    volumes: frozenset[tuple[str, str]]
    """(source, target); binds by their source as it is written."""
    environment: frozenset[str]
    """The names of its variables."""
    secrets: frozenset[str]
    replicas: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What a compose file says."""

    name: str
    services: dict[str, ServiceFacts]
    internal_networks: frozenset[str]
    networks: frozenset[str]
    volumes: frozenset[str]


def read(content: bytes) -> Facts:
    """The facts of a compose file. Raises ValueError for what is not one."""
    try:
        document = yaml.load(content, Loader=_LOADER)  # noqa: S506 - a safe one
        services = {name: _service(service) for name, service in document["services"].items()}
        networks = document.get("networks") or {}
        internal = {n for n, network in networks.items() if (network or {}).get("internal")}
        return Facts(
            name=document.get("name", ""),
            services=services,
            internal_networks=frozenset(internal),
            networks=frozenset(networks),
            volumes=frozenset(document.get("volumes") or {}),
        )
    except (yaml.YAMLError, AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"not a compose file: {error}") from error


def _service(service: dict[str, Any]) -> ServiceFacts:
    depends = service.get("depends_on") or {}
    if isinstance(depends, list):
        depends = {name: {"condition": "service_started"} for name in depends}
    environment = service.get("environment") or {}
    if isinstance(environment, list):
        environment = [entry.partition("=")[0] for entry in environment]
    return ServiceFacts(
        image=service.get("image"),
        builds="build" in service,
        ports=frozenset(_port(port) for port in service.get("ports") or ()),
        depends_on=frozenset((name, d["condition"]) for name, d in depends.items()),
        networks=frozenset(service.get("networks") or ()),
        volumes=frozenset(_volume(volume) for volume in service.get("volumes") or ()),
        environment=frozenset(environment),
        secrets=frozenset(
            s if isinstance(s, str) else s["source"] for s in service.get("secrets") or ()
        ),
        replicas=int((service.get("deploy") or {}).get("replicas", 1)),
    )


def _port(port: Any) -> tuple[str, str]:
    if isinstance(port, dict):
        protocol = port.get("protocol", "tcp")
        return str(port.get("published", "")), f"{port['target']}{_suffix(protocol)}"
    numbers, _, protocol = str(port).partition("/")
    published, _, target = numbers.rpartition(":")
    return published.rpartition(":")[2], f"{target}{_suffix(protocol)}"


def _suffix(protocol: str) -> str:
    return "" if protocol in ("", "tcp") else f"/{protocol}"


def _volume(volume: Any) -> tuple[str, str]:
    if isinstance(volume, dict):
        return str(volume.get("source", "")), str(volume["target"])
    source, colon, target = str(volume).partition(":")
    return (source, target.partition(":")[0]) if colon else ("", source)
