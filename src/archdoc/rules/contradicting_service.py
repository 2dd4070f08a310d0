"""What a service says in Compose's words is not otherwise than what the model says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from archdoc.model import (
    Container,
    Element,
    Model,
    Path,
    Placement,
    by_default,
    is_filled_in,
    mounted_at,
    published,
    shown,
    volume_named_in,
    when_unset,
)
from archdoc.rules.base import Finding, Rule, containers, projects, service_of

_ADDRESSES = ("ipv4_address", "ipv6_address", "mac_address")
_STORES = re.compile(
    r"(?:.*/)?(?:postgres(?:ql)?|postgis|mysql|mariadb|mongo(?:db)?|redis|valkey|rabbitmq)(?:[:@].*)?$"
)
"""The images of data stores, whatever kind their containers are said to be."""
_DATA = re.compile(r"/(?:var/lib|data|bitnami)(?:/|$)")
"""Where these keep their data."""


def _check(model: Model) -> Iterator[Finding]:
    found: dict[Path, Finding] = {}
    for element, content in containers(model):
        for finding in _image(element, content):
            found[finding.path] = finding
    for placement, node_id in projects(model):
        for element in placement.services(node_id).values():
            for finding in (
                *_number(placement, node_id, element),
                *_network(placement, node_id, element),
                *_hiding(placement, node_id, element),
            ):
                found.setdefault(finding.path, finding)
    yield from found.values()


def _image(element: Element, content: Container) -> Iterator[Finding]:
    image = str(content.service.get("image", ""))
    tag = image.partition("@")[0].rpartition("/")[2].partition(":")[2]
    version = content.version.removesuffix(".x")
    if tag and version and not is_filled_in(tag) and version not in tag:
        yield Finding(
            (*element.path, "service", "image"),
            f"`{element.id}` has version {content.version}, and its image the tag `{tag}`",
            help=f"leave the tag out: the version is one (`{image.removesuffix(f':{tag}')}`)",
        )


def _number(placement: Placement, node_id: str, element: Element) -> Iterator[Finding]:
    service, path = service_of(element), (*element.path, "service")
    replicas = placement.replicas(node_id, element.id)
    deploy = service.get("deploy")
    said = [((*path, "scale"), service.get("scale"))]
    if isinstance(deploy, dict):
        said.append(((*path, "deploy", "replicas"), deploy.get("replicas")))
    for place, number in said:
        if number is not None and str(number) != str(replicas):
            yield Finding(
                place,
                f"`{element.id}` runs {_times(replicas)} in `{placement.environment_id}`, "
                f"and its service says {number}",
                help="say it once, where it runs: "
                f"`runs: [{{container: {element.local_id}, replicas: {_count(number)}}}]`",
            )
    for number_, port in enumerate(service.get("ports", ())):
        entry = published(port, placement.model)
        if entry.ports and len(entry.ports) < replicas * len(entry.targets or "?"):
            yield Finding(
                (*path, "ports", number_),
                f"`{element.id}` runs {_times(replicas)} in `{placement.environment_id}`, "
                f"and only one of them can have port {entry.ports[0]} of the machine",
                help="put a proxy before them that publishes it, or publish a range of ports",
            )
    if replicas > 1:
        runs = f"`{element.id}` runs {_times(replicas)} in `{placement.environment_id}`"
        yield from _only_once(service, path, runs)
        yield from _one_place(placement, node_id, element, runs)


def _only_once(service: dict[str, Any], path: Path, runs: str) -> Iterator[Finding]:
    """What one container alone can have: its name, and its addresses."""
    networks = service.get("networks")
    for network, said in (networks if isinstance(networks, dict) else {}).items():
        for key in (key for key in _ADDRESSES if key in (said or {})):
            yield Finding(
                (*path, "networks", network, key),
                f"{runs}, and an address is that of one container only",
                help="leave it out: services find each other by their names",
            )
    if "container_name" in service:
        yield Finding(
            (*path, "container_name"),
            f"{runs}, and a name fits one container only",
            help="leave it out: Compose makes names, with numbers",
        )


def _one_place(
    placement: Placement, node_id: str, element: Element, runs: str
) -> Iterator[Finding]:
    """Where several of a data store would write to the same files, and spoil them."""
    content = element.content
    if not isinstance(content, Container):
        return
    if not (content.kind.stores_data or _STORES.match(str(content.service.get("image", "")))):
        return
    places: list[Path] = [
        (*element.path, "service", "volumes", number)
        for number, mount in enumerate(content.service.get("volumes", ()))
        if _is_kept(mount)
    ]
    volumes = placement.volumes(node_id)
    for link in placement.service_links(node_id):
        mount = link.relationship.mount
        if link.source is element and link.target.id in volumes and _is_kept(f"v:{mount}"):
            places.append((*link.path, "mount"))
    for place in places:
        yield Finding(
            place,
            f"{runs}, and all of them would write to this one place, which spoils what a data "
            "store has there",
            help="run one; members of a cluster are containers of their own, with a volume each",
        )


def _is_kept(mount: Any) -> bool:
    """Whether something writes its data to what an entry of `volumes` mounts, as all of its kind.

    Of folders of the machine, this is only told of the usual places: others have settings in them.
    """
    if isinstance(mount, str):
        mount = shown(by_default(mount))
    place = mounted_at(mount)
    if isinstance(mount, dict):
        shared, is_read = mount.get("source"), mount.get("read_only") is True
    else:
        shared, _, rest = str(mount).partition(":")
        shared, is_read = rest and shared, "ro" in rest.partition(":")[2].split(",")
    is_data = volume_named_in(mount) is not None or _DATA.match(place) is not None
    return bool(shared and place) and is_data and not is_read


def _count(said: Any) -> str:
    """How many a service says it runs, or room for it: the model takes no variables."""
    number = when_unset(str(said))
    return number if number.isascii() and number.isdigit() and number != "0" else "…"


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _network(placement: Placement, node_id: str, element: Element) -> Iterator[Finding]:
    mode = service_of(element).get("network_mode")
    if mode is None:
        return
    services = {other.id for other in placement.services(node_id).values()}
    for link in placement.service_links(node_id):
        ends = {link.source.id, link.target.id}
        if element.id in ends and len(ends) == 2 and ends <= services:
            other = (ends - {element.id}).pop()
            yield Finding(
                (*element.path, "service", "network_mode"),
                f"with `network_mode: {mode}`, `{element.id}` shares no network with `{other}`",
                help="leave it out: services that talk share a network",
            )
            return


def _hiding(placement: Placement, node_id: str, element: Element) -> Iterator[Finding]:
    """Names in `/etc/hosts` of a service, which it asks before it asks Docker who is called so."""
    names = {other.id: name for name, other in placement.services(node_id).items()}
    called = {
        names[link.listener.id]
        for link in placement.service_links(node_id)
        if link.opener.id == element.id and link.listener.id in names
    } - {names[element.id]}
    for at, name, on_key in _own_hosts(service_of(element)):
        if name in called:
            yield Finding(
                (*element.path, "service", *at),
                f"in `{element.id}`, `{name}` is the host of `{at[0]}`, so that it does not reach "
                f"`{name}`, which it talks to",
                on_key=on_key,
                help="call it otherwise, or leave it out: services find each other by their names",
            )


def _own_hosts(service: dict[str, Any]) -> Iterator[tuple[Path, str, bool]]:
    """The hosts that a service knows by itself: where, the name, whether it is a key there."""
    if hostname := service.get("hostname"):
        yield ("hostname",), when_unset(str(hostname)).partition(".")[0], False
    hosts = service.get("extra_hosts") or ()
    for key in hosts if isinstance(hosts, dict) else ():
        yield ("extra_hosts", key), str(key), True
    for number, entry in enumerate(hosts if isinstance(hosts, list) else ()):
        yield ("extra_hosts", number), re.split("[=:]", when_unset(str(entry)))[0], False


RULE = Rule(
    name="contradicting-service",
    code="A313",
    summary="A service says in Compose's words something else than the model says.",
    why="One of them wins, and whoever reads the other is misled: pictures show what the model "
    "says. A host of the same name hides the service that is meant. Several containers that "
    "share what one alone can have do not start, or spoil it.",
    example='db: {version: "15", service: {image: "postgres:14"}}\n'
    "web: {service: {deploy: {replicas: 3}}}   # and runs: [web]",
    fix="Say it once, in the model: the version, and how many run where.",
    check=_check,
)
