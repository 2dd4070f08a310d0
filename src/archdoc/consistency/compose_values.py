"""Whether a compose file's values are those that authors wrote, with placeholders filled in.

An author's `{{ postgres.port }}` has one meaning that can be told from the model alone: these, and
all that has no placeholder, are compared. Of others, only what stands around them is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from archdoc.consistency.compare import Difference
from archdoc.model import (
    FINISHED,
    Container,
    Model,
    Placement,
    by_defaults,
    is_switched_off,
    joined_by,
    pair_networks,
    ways_out,
)
from archdoc.outputs.compose import Facts, document_of, port_of
from archdoc.views import Graph

_PLACEHOLDER = re.compile(r"\{\{\s*([A-Za-z_]\w*)\.(host|port)\s*\}\}|\{[{%#].*?[}%#]\}", re.DOTALL)
_VARIABLE = re.compile(r"\$(?:\$|\{?([A-Za-z_]\w*))", re.ASCII)


def value_differences(
    model: Model, environment: str, node: str, facts: Facts, said: Graph
) -> tuple[Difference, ...]:
    """Where images, ports, variables, networks or the order of a project are not what was written.

    `facts` and `said` are what was read from its file: by what it means, and all that it says.
    """
    placement = Placement(model, environment)
    services = {
        name: element.content
        for name, element in placement.services(node).items()
        if isinstance(element.content, Container) and name in facts.services
    }
    values = {(subject, attribute): value for subject, attribute, value in said.facts}
    return (
        *_services(services, facts, values),
        *_networks(placement, node, services, facts),
        *_waits(placement, node, services, facts),
    )


def variable_differences(content: bytes, example: Graph) -> tuple[Difference, ...]:
    """Where a `.env.example` does not tell of the variables that a compose file has.

    Compose fills in values, and no keys. Raises ValueError for what is no compose file.
    """
    document = document_of(content)
    used = {name for text in _texts(document) for name in _VARIABLE.findall(text) if name}
    used |= {name for service in document["services"].values() for name in _passed_on(service)}
    told = {name for name, what, _ in example.facts if what not in {"description", "a comment"}}
    lost = (Difference(name, "its example", "there", "missing") for name in sorted(used - told))
    extra = (Difference(name, "its example", "absent", "there") for name in sorted(told - used))
    return (*lost, *extra)


def _passed_on(service: Mapping[str, Any]) -> Iterator[str]:
    """The variables that are named without a value, which `.env` may have."""
    build = service.get("build")
    args = build.get("args") if isinstance(build, dict) else None
    for settings in (service.get("environment"), args):
        if isinstance(settings, dict):
            yield from (str(name) for name, value in settings.items() if value is None)
        else:
            yield from (str(e) for e in settings or () if not re.search("[=$]", str(e)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)
    elif isinstance(value, str):
        yield value


def _services(
    services: Mapping[str, Container], facts: Facts, values: Mapping[tuple[str, str], str]
) -> Iterator[Difference]:
    for name, container in services.items():
        written, found = container.service, facts.services[name]
        image = str(written.get("image", ""))
        if image and not _PLACEHOLDER.search(image) and found.image != container.image(image):
            yield Difference(name, "the image", container.image(image), str(found.image))
        ports = written.get("ports") or ()
        if not any(_PLACEHOLDER.search(str(port)) for port in ports):
            should = {port_of(port) for port in ports}
            if should != found.ports:
                yield Difference(name, "the ports", _said(should), _said(found.ports))
        variables = _mapping(written.get("environment"))
        for variable, value in variables.items():
            is_ = values.get((name, f"environment {variable}"), "missing")
            if isinstance(value, str) and not _fits(value, services, is_):
                yield Difference(name, f"the variable {variable}", repr(value), repr(is_))
        if extra := found.environment - variables.keys():
            yield Difference(name, "the variables", "those of the model", _said(extra))


def _fits(text: str, services: Mapping[str, Container], filled: str) -> bool:
    """Whether one text may be another with its placeholders filled in."""
    return re.fullmatch(_pattern(text, services), filled, re.DOTALL) is not None


def _pattern(text: str, services: Mapping[str, Container]) -> str:
    """A regular expression for all that a text may be when its placeholders are filled in."""
    pattern, position = "", 0
    for found in _PLACEHOLDER.finditer(text):
        pattern += re.escape(text[position : found.start()])
        position = found.end()
        names = [name for name in services if re.sub(r"[.-]", "_", name) == found[1]]
        if len(names) != 1:
            pattern += ".*"
        elif found[2] == "host":
            pattern += re.escape(names[0])
        else:
            pattern += re.escape(str(services[names[0]].port))
    return pattern + re.escape(text[position:])


def _networks(
    placement: Placement, node: str, services: Mapping[str, Container], facts: Facts
) -> Iterator[Difference]:
    """Nobody is on a network but those who talk over it, and whom an author put there."""
    pairs = pair_networks(placement, node)
    may: dict[str, set[str]] = {}
    for pair, (network, _) in pairs.items():
        may.setdefault(network, set()).update(pair)
    for name, network in ways_out(placement, node).items():
        may.setdefault(network, set()).add(name)
    for name, container in services.items():
        for network in joined_by(by_defaults(placement.model, container.service)):
            may.setdefault(network, set()).add(name)
    stores = {network for network, is_store in pairs.values() if is_store}
    for network in sorted(facts.networks):
        on_it = {name for name, service in facts.services.items() if network in service.networks}
        if len(on_it) > 1 and (others := on_it - may.get(network, set())):
            yield Difference(f"the network {network}", "who is on it",
                             _said(on_it - others), _said(on_it))  # fmt: skip
        declared = placement.model.networks.get(network)
        if network in stores - facts.internal_networks and not (declared and declared.options):
            yield Difference(f"the network {network}", "it", "internal", "open to the outside")


def _waits(
    placement: Placement, node: str, services: Mapping[str, Container], facts: Facts
) -> Iterator[Difference]:
    """Nobody waits for anybody but whom they connect to, or whom an author lets them wait for."""
    name_of = {element.id: name for name, element in placement.services(node).items()}
    told = {
        (name_of.get(link.opener.id), name_of.get(link.listener.id))
        for link in placement.service_links(node)
    }
    conditions = [
        (other, wait.get("condition"))
        for container in services.values()
        for other, wait in _mapping(container.service.get("depends_on")).items()
        if isinstance(wait, dict)
    ]
    jobs = {name for name, condition in conditions if condition == FINISHED}
    for name, container in services.items():
        authored = _mapping(container.service.get("depends_on"))
        for other, condition in sorted(facts.services[name].depends_on):
            if (name, other) not in told and other not in authored:
                yield Difference(f"{name} -> {other}", "the dependency", "absent", "there")
            elif other not in authored and other in services:
                should = FINISHED if other in jobs else _readiness(services[other])
                if should != condition:
                    yield Difference(f"{name} -> {other}", "the condition", should, condition)


def _readiness(container: Container) -> str:
    """When a service that does not end is there for others."""
    check = container.service.get("healthcheck")
    is_on = bool(check) and not is_switched_off(check)
    return "service_healthy" if is_on else "service_started"


def _mapping(value: Any) -> dict[str, Any]:
    """What may be written as a list of names, or of `NAME=value`, as a mapping."""
    if isinstance(value, dict):
        return {str(key): inner for key, inner in value.items()}
    entries = (str(entry).partition("=") for entry in value or ())
    return {name: inner for name, _, inner in entries}


def _said(values: Any) -> str:
    return ", ".join(sorted(":".join(v) if isinstance(v, tuple) else v for v in values)) or "none"
