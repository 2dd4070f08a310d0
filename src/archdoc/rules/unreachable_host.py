"""A service that names another one's host shares a network with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from archdoc.model import (
    Container,
    Element,
    Model,
    Path,
    Placement,
    container_called,
    is_filled_in,
    pair_networks,
)
from archdoc.rules.base import Finding, Rule, projects, service_of

_TEMPLATE = re.compile(r"\{[{%](?P<inside>[^{}]*)[}%]\}")
_TEXT = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
_HOST = re.compile(r"(?<![\w.])(?P<name>[A-Za-z_][\w.]*)\.host\b")
_READ_BY_OTHERS = frozenset({"annotations", "depends_on", "labels"})
"""What a container does not use itself."""

_Use = tuple[Path, str, tuple[str, int]]
"""Where a host is named, what its container is called there, and the line of a mounted file."""


def _check(model: Model) -> Iterator[Finding]:
    yield from _findings(model, lambda element: _in_service(service_of(element), element.path))


def _check_files(model: Model, read_file: Callable[[str], str]) -> Iterator[Finding]:
    yield from _findings(model, lambda element: _in_files(element, read_file))


def _findings(model: Model, uses: Callable[[Element], Iterator[_Use]]) -> Iterator[Finding]:
    found: dict[_Use, Finding] = {}
    for placement, node_id in projects(model):
        services = {element.id: name for name, element in placement.services(node_id).items()}
        networks = _networks(placement, node_id)
        for name, element in placement.services(node_id).items():
            for use in uses(element):
                other = container_called(use[1], model)
                there = services.get(other.id) if other else None
                if there is None or not _are_apart(networks[name], networks[there]):
                    continue
                found.setdefault(use, _finding(use, name, there, placement.environment_id))
    yield from found.values()


def _finding(use: _Use, name: str, there: str, environment: str) -> Finding:
    path, called, inside = use
    return Finding(
        path,
        f"`{name}` names the host of `{there}`, and nothing in `{environment}` says that it talks "
        "to it: they share no network",
        f"{called}.host",
        help=f"add the relationship `{name} -> {there}: …`",
        inside=inside,
    )


def _networks(placement: Placement, node_id: str) -> dict[str, set[str] | None]:
    """The networks of every service, derived or its author's; None where they are not known."""
    found: dict[str, set[str] | None] = {}
    pairs = pair_networks(placement, node_id)
    for name, element in placement.services(node_id).items():
        service = service_of(element)
        own = {str(network) for network in service.get("networks") or ()}
        derived = {network for pair, (network, _) in pairs.items() if name in pair}
        is_known = not ({"network_mode", "extends"} & service.keys() or any(map(is_filled_in, own)))
        found[name] = own | derived if is_known else None
    return found


def _are_apart(some: set[str] | None, others: set[str] | None) -> bool:
    """A service is apart from itself only where it is on no network: then it has one of its own."""
    return some is not None and others is not None and some is not others and not some & others


def _in_service(service: dict[str, Any], path: Path) -> Iterator[_Use]:
    said = {key: value for key, value in service.items() if key not in _READ_BY_OTHERS}
    for inner, text in _texts(said, (*path, "service")):
        yield from ((inner, called, ("", 0)) for called in _hosts(text))


def _in_files(element: Element, read_file: Callable[[str], str]) -> Iterator[_Use]:
    content = element.content
    for number, file in enumerate(content.files if isinstance(content, Container) else ()):
        try:
            text = read_file(file.template)
        except (OSError, ValueError):  # making the compose file says so
            continue
        path = (*element.path, "files", number, "template")
        for line, words in enumerate(text.split("\n"), 1):
            yield from ((path, called, (file.template, line)) for called in _hosts(words))


def _hosts(text: str) -> Iterator[str]:
    """What the containers are called whose hosts a text has placeholders for."""
    for template in _TEMPLATE.finditer(text.replace("\n", " ")):
        yield from (found["name"] for found in _HOST.finditer(_TEXT.sub("", template["inside"])))


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list | dict):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(inner, (*path, key))


RULE = Rule(
    name="unreachable-host",
    code="A331",
    summary="A service names the host of another one that it shares no network with.",
    why="Networks are made from relationships. Without one, the name is known to nobody there, and "
    "the service fails when it first connects.",
    example='web: {service: {build: ., environment: {DB_HOST: "{{ db.host }}"}}}\n'
    "relationships:\n  - worker -> db: SQL queries     # and nothing from web",
    fix="Add the relationship, which the pictures lack, too; or give both a network of your own "
    "under `networks:`.",
    check=_check,
    check_files=_check_files,
)
