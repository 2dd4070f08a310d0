"""A data store is for the services beside it, not for the world."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model
from archdoc.report import Severity
from archdoc.rules.base import Finding, Rule, containers


def _check(model: Model) -> Iterator[Finding]:
    for element, content in containers(model):
        if not content.kind.stores_data:
            continue
        for number, port in enumerate(content.service.get("ports", ())):
            if not _only_at_home(port):
                yield Finding(
                    (*element.path, "service", "ports", number),
                    f"`{element.id}` is a data store, and publishes a port to everybody",
                    help="leave it out: its clients share a network with it; "
                    "for tools on the machine itself, publish `127.0.0.1:…`",
                )


def _only_at_home(port: object) -> bool:
    address = str(port.get("host_ip", "")) if isinstance(port, dict) else str(port)
    return address.startswith(("127.", "[::1]", "::1"))


RULE = Rule(
    name="published-data-store",
    code="A302",
    summary="A data store publishes a port.",
    why="Docker opens it past most firewalls, and whoever finds it may try passwords.",
    example='db: {kind: database, service: {image: postgres, ports: ["5432:5432"]}}',
    fix="Remove `ports`: services that talk to it share a network with it anyway.",
    check=_check,
    severity=Severity.WARNING,
)
