"""What a service names beside it is a service of the same project."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Element, Model, Path, Reference, references_in
from archdoc.report import did_you_mean
from archdoc.rules.base import Finding, Rule, projects, service_of


def _check(model: Model) -> Iterator[Finding]:
    missing: dict[Path, tuple[Element, Reference, list[str]]] = {}
    found: dict[tuple[Path, str], list[str]] = {}
    for placement, node_id in projects(model):
        services = placement.services(node_id)
        for element in services.values():
            for ref in references_in(service_of(element)):
                if ref.name not in services:
                    path = (*element.path, "service", *ref.at)
                    missing.setdefault(path, (element, ref, list(services)))
                    found.setdefault((path, ref.name), []).append(f"`{placement.environment_id}`")
    for (path, name), environments in found.items():
        element, ref, known = missing[path]
        others = [other for other in known if other != element.local_id]
        where = ", ".join(dict.fromkeys(environments))
        yield Finding(
            path,
            f"`{element.id}` needs `{name}`, which is no service beside it in {where}",
            word="" if ref.on_key else name,
            on_key=ref.on_key,
            label=did_you_mean(name, others),
            help=f"services beside it: {', '.join(others) or 'none'}",
        )


RULE = Rule(
    name="unknown-service",
    code="A320",
    summary="A service names another one that does not run beside it.",
    why="Docker Compose refuses the file: `depends_on`, `links`, `volumes_from`, `extends`, "
    "`network_mode: service:…` and contexts of builds lead to services of the same project only.",
    example="web: {service: {build: ., depends_on: [dbb]}}",
    fix="Correct the name. What a relationship says needs no `depends_on`: where the other one "
    "runs elsewhere in some environment, only archdoc knows.",
    check=_check,
    required=True,
)
