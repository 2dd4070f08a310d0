"""What the services of a compose project publish of their ports, and who reaches them there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from archdoc.model.compose import shown, without_empty
from archdoc.model.elements import Container
from archdoc.model.model import Model
from archdoc.model.placement import Place, Placement
from archdoc.model.subjects import with_ports
from archdoc.model.variables import is_set_elsewhere

_RANGE = re.compile(r"(?P<first>\d+)(?:-(?P<last>\d+))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Published:
    """What an entry of `ports` takes on the machine, and where that leads to."""

    address: str
    """Empty: all addresses of the machine."""
    ports: range | None
    """None: Docker chooses one, or a variable without a default says it."""
    targets: range | None
    """The ports of the container; None: a variable says them."""
    protocol: str
    is_chosen: bool = False
    """Whether a variable says the address: operators may set another one."""

    @property
    def is_local(self) -> bool:
        """Whether nobody reaches it but the machine itself, while nobody sets its variables."""
        return self.address.startswith("127.") or self.address == "::1"

    @property
    def is_shut(self) -> bool:
        """Whether that is so wherever the project runs."""
        return self.is_local and not self.is_chosen

    def leads_to(self, port: int) -> bool:
        """Whether it may be the way to a port of the container."""
        return self.targets is None or port in self.targets

    def way_to(self, port: int) -> int | None:
        """The port of the machine that leads to one of the container; None where nobody knows it.

        Of a range before one port, Docker takes the first that is free.
        """
        if self.ports is None or self.targets is None:
            return None
        alike = len(self.ports) == len(self.targets)
        return self.ports[self.targets.index(port) if alike else 0]


def published(port: Any, model: Model) -> Published:
    """What an entry of `ports` says, as long as nobody sets its variables.

    Short form `[[IP:]HOST:]CONTAINER[/PROTOCOL]` or long form with `published` (Compose
    Specification, `ports`).
    """
    address, host, target, protocol = _parts(port, lambda text: _plain(text, model))
    chosen, *_ = _parts(port, lambda text: shown(with_ports(model, text)))
    ports = _range(host)
    is_any = ports is None or ports[0] == 0
    return Published(
        address.strip("[]"),
        None if is_any else ports,
        _range(target),
        protocol.lower() or "tcp",
        is_chosen=chosen.strip("[]") != address.strip("[]"),
    )


def further_ports(model: Model, container: Container) -> list[str]:
    """The ports of a container that its service publishes besides its own: `80`, `8000-8010`."""
    entries = container.service.get("ports") or ()
    targets = (published(entry, model).targets for entry in entries)
    found = (t for t in targets if t and container.port not in t)
    return [*dict.fromkeys(f"{t[0]}-{t[-1]}" if len(t) > 1 else str(t[0]) for t in found)]


def _parts(port: Any, plain: Callable[[str], str]) -> tuple[str, str, str, str]:
    """Address, port of the machine, port of the container and protocol; each as `plain` has it."""
    if isinstance(port, dict):
        ip, host, target, protocol = (
            plain(str(port.get(key, ""))) for key in ("host_ip", "published", "target", "protocol")
        )
        return ip, host, target, protocol
    body, _, protocol = plain(str(port)).partition("/")
    ahead, _, target = body.rpartition(":")
    ip, _, host = ahead.rpartition(":")
    return ip, host, target, protocol


def published_at(placement: Placement, place: Place) -> tuple[Published, ...] | None:
    """What a service publishes where it runs; None: its ports are those of the machine."""
    container = place.container
    mode, _, name = str(_service(place).get("network_mode", "")).partition(":")
    if mode == "host":
        return None
    if mode == "service":  # then the other one has all ports of both
        container = placement.services(place.node.local_id).get(name, container)
    content = container.content
    ports = content.service.get("ports") if isinstance(content, Container) else None
    return tuple(published(port, placement.model) for port in ports or ())


def port_from_outside(placement: Placement, place: Place) -> int | None:
    """The port by which others reach a container that does not run in their compose project.

    None where it is known only when the project starts. What is not published keeps its port: a
    rule tells of it.
    """
    content = place.container.content
    own = content.port if isinstance(content, Container) else None
    if own is None or place.realised or not runs_under_compose(placement, place):
        return own
    ways = [
        entry
        for entry in published_at(placement, place) or ()
        if entry.leads_to(own) and not entry.is_shut
    ]
    return min(ways, key=lambda way: way.protocol != "tcp").way_to(own) if ways else own


def runs_under_compose(placement: Placement, place: Place) -> bool:
    """Whether a container is in a compose project there."""
    return placement.node(place.node.local_id).catalogued.runs == "compose"


def _service(place: Place) -> dict[str, Any]:
    content = place.container.content
    return content.service if isinstance(content, Container) else {}


def _plain(text: str, model: Model) -> str:
    """A text with its placeholders for ports, and a word for what nobody knows yet.

    A variable without a default is empty as long as nobody sets it.
    """
    return shown(without_empty(with_ports(model, text), is_set_elsewhere))


def _range(text: str) -> range | None:
    found = _RANGE.fullmatch(text)
    if found is None:
        return None
    first = int(found["first"])
    return range(first, int(found["last"] or first) + 1) or None
