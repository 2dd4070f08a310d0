"""One port of a machine belongs to one service."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archdoc.model import Container, Model, Path, Placement, by_default
from archdoc.rules.base import Finding, Rule, container_called, machine_of, service_of

_PLACEHOLDER = re.compile(r"\{\{\s*([A-Za-z_][\w.]*)\.port\s*\}\}")
_PORT = re.compile(r"^(?:(?P<ip>\[[^\]]*\]|[\d.]+):)?(?P<first>\d+)(?:-(?P<last>\d+))?$")


def published(port: object) -> tuple[str, range, str] | None:
    """Address, ports and protocol that an entry of `ports` takes on the machine; None if unknown.

    Short form `[[IP:]HOST:]CONTAINER[/PROTOCOL]` or long form with `published` (Compose
    Specification, `ports`). Without a host port, or with a variable that has no default, nobody
    knows it yet.
    """
    if isinstance(port, dict):
        said = (port.get("published", ""), port.get("host_ip", ""), port.get("protocol", "tcp"))
        text, ip, protocol = (by_default(str(value)) for value in said)
    else:
        body, _, protocol = by_default(str(port)).partition("/")
        text, ip = body.rpartition(":")[0], ""
    match = _PORT.match(text)
    if match is None:
        return None
    first = int(match["first"])
    ports = range(first, int(match["last"] or first) + 1)
    return match["ip"] or ip, ports, protocol or "tcp"


def with_ports(port: object, model: Model) -> object:
    """An entry of `ports` in which `{{ web.port }}` is that container's port."""
    if isinstance(port, dict):
        return {key: with_ports(value, model) for key, value in port.items()}
    if not isinstance(port, str) or "{{" not in port:
        return port
    return _PLACEHOLDER.sub(lambda found: _port_of(found[1], model) or found[0], port)


def _port_of(name: str, model: Model) -> str:
    """The port of the container that placeholders call so; empty where nobody knows it."""
    called = container_called(name, model)
    content = called.content if called else None
    return str(content.port or "") if isinstance(content, Container) else ""


def _check(model: Model) -> Iterator[Finding]:
    for environment in model.environments:
        placement = Placement(model, environment)
        taken: dict[str, list[tuple[str, range, str, str, Path]]] = {}
        for node_id in placement.compose_projects:
            others = taken.setdefault(machine_of(placement, node_id), [])
            for name, element in placement.services(node_id).items():
                for number, port in enumerate(service_of(element).get("ports", ())):
                    path: Path = (*element.path, "service", "ports", number)
                    yield from _claim(others, name, published(with_ports(port, model)), path)


def _claim(
    taken: list[tuple[str, range, str, str, Path]],
    name: str,
    wanted: tuple[str, range, str] | None,
    path: Path,
) -> Iterator[Finding]:
    if wanted is None:
        return
    ip, ports, protocol = wanted
    for other_ip, other_ports, other_protocol, other, other_path in taken:
        overlap = range(max(ports[0], other_ports[0]), min(ports[-1], other_ports[-1]) + 1)
        same_address = ip == other_ip or not {"", "0.0.0.0", "[::]"}.isdisjoint({ip, other_ip})  # noqa: S104 - compared, not bound
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
