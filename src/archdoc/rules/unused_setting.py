"""A secret, a variable, a volume or a network is declared because something uses it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from archdoc.model import (
    Model,
    by_defaults,
    grants_in,
    joined_by,
    pair_networks,
    volume_named_in,
)
from archdoc.report import Severity, nearest
from archdoc.rules.base import Finding, Rule, containers, projects
from archdoc.rules.undeclared_secret import asked_in_vain


def _check(model: Model) -> Iterator[Finding]:
    services = [by_defaults(model, content.service) for _, content in containers(model)]
    used = {volume_named_in(mount) for s in services for mount in s.get("volumes") or ()}
    for volume in model.volumes.keys() - used:
        yield Finding(
            ("volumes", volume),
            f"nothing mounts the volume `{volume}`",
            on_key=True,
            help="mount it under a service's `volumes:`, or remove it",
        )
    joined = {network for service in services for network in joined_by(service)}
    for network in model.networks.keys() - joined - _derived(model):
        yield Finding(
            ("networks", network),
            f"no service joins the network `{network}`",
            on_key=True,
            help="name it under a service's `networks:`, or remove it",
        )
    yield from _unused_words(model)


def _derived(model: Model) -> set[str]:
    """The networks that relationships make, of which a model may say more."""
    pairs = (pair_networks(placement, node_id) for placement, node_id in projects(model))
    return {name for networks in pairs for name, _ in networks.values()}


def _unused_words(model: Model) -> Iterator[Finding]:
    if any(content.files for _, content in containers(model)):
        return  # a mounted file may use them, too, and files are not the model's
    services = [content.service for _, content in containers(model)]
    text = json.dumps(services, default=str)
    filled = [by_defaults(model, service) for service in services]
    mounted = {ref.name for service in filled for ref in grants_in(service, "secrets")}
    asked = [*asked_in_vain(model)]
    for key, names in (("secrets", model.secrets), ("variables", model.variables)):
        # A misspelt name is told by itself.
        meant = {nearest(name, names) for _, kind, name in asked if kind == key[:-1]}
        for name in names:
            used = re.search(rf"\b{key[:-1]}\s*(?:\.\s*{re.escape(name)}\b|\[)", text)
            if not used and name not in meant and not (key == "secrets" and name in mounted):
                yield Finding(
                    (key, name),
                    f"nothing uses the {key[:-1]} `{name}`",
                    on_key=True,
                    help=f"write `{{{{ {key[:-1]}.{name} }}}}` where it is needed, or remove it",
                )


RULE = Rule(
    name="unused-setting",
    code="A308",
    summary="A secret, a variable, a volume or a network is declared, and nothing uses it.",
    why="An operator would look for a value that does nothing, or back up what nothing writes to.",
    example="variables:\n  domain: What users type.     # and nowhere `{{ variable.domain }}`",
    fix="Use it in a service, or remove it.",
    check=_check,
    severity=Severity.WARNING,
)
