"""One port of a machine belongs to one service."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model, Path, Placement, Published, published
from archdoc.rules.base import Finding, Rule, machine_of, service_of

_Claim = tuple[str, range, str, str, Path]
"""Address, ports, protocol, the service, and where it says so."""


def _check(model: Model) -> Iterator[Finding]:
    for environment in model.environments:
        placement = Placement(model, environment)
        taken: dict[str, list[_Claim]] = {}
        for node_id in placement.compose_projects:
            others = taken.setdefault(machine_of(placement, node_id), [])
            for name, element in placement.services(node_id).items():
                for number, port in enumerate(service_of(element).get("ports", ())):
                    path: Path = (*element.path, "service", "ports", number)
                    yield from _claim(others, name, published(port, model), path)


def _claim(taken: list[_Claim], name: str, wanted: Published, path: Path) -> Iterator[Finding]:
    ip, ports, protocol = wanted.address, wanted.ports, wanted.protocol
    if ports is None:
        return
    for other_ip, other_ports, other_protocol, other, other_path in taken:
        overlap = range(max(ports[0], other_ports[0]), min(ports[-1], other_ports[-1]) + 1)
        same_address = ip == other_ip or not {"", "0.0.0.0", "::"}.isdisjoint({ip, other_ip})  # noqa: S104 - compared, not bound
        if overlap and same_address and protocol == other_protocol and path != other_path:
            yield Finding(
                path,
                f"`{name}` and `{other}` both publish port {overlap[0]} of one machine",
                help="publish another port, as in `8080:80`",
                other=other_path,
                other_message="published here, too",
            )
    taken.append((ip, ports, protocol, name, path))


RULE = Rule(
    name="port-conflict",
    code="A301",
    summary="Two services publish the same port of one machine.",
    why="The second one does not start: its port is taken.",
    example='web: {service: {ports: ["80:8000"]}}\nadmin: {service: {ports: ["80:9000"]}}',
    fix="Publish one of them on another port, or only on one address (`127.0.0.1:80:9000`).",
    check=_check,
)
