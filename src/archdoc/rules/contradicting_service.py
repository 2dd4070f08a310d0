"""What a service says in Compose's words is not otherwise than what the model says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archdoc.model import Container, Element, Model, Path, Placement, published
from archdoc.rules.base import Finding, Rule, containers, projects, service_of

_ADDRESSES = ("ipv4_address", "ipv6_address", "mac_address")


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
            ):
                found.setdefault(finding.path, finding)
    yield from found.values()


def _image(element: Element, content: Container) -> Iterator[Finding]:
    image = str(content.service.get("image", ""))
    tag = image.partition("@")[0].rpartition("/")[2].partition(":")[2]
    version = content.version.removesuffix(".x")
    if tag and version and "$" not in tag and version not in tag:
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
                f"`runs: [{{container: {element.local_id}, replicas: {number}}}]`",
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
        yield from _only_once(service, path, f"`{element.id}` runs {_times(replicas)} in "
                              f"`{placement.environment_id}`")  # fmt: skip


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


RULE = Rule(
    name="contradicting-service",
    code="A313",
    summary="A service says in Compose's words something else than the model says.",
    why="One of them wins, and whoever reads the other is misled: pictures show what the model "
    "says.",
    example='db: {version: "15", service: {image: "postgres:14"}}\n'
    "web: {service: {deploy: {replicas: 3}}}   # and runs: [web]",
    fix="Say it once, in the model: the version, and how many run where.",
    check=_check,
)
