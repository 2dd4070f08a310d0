"""Whoever is started finds started what it needs, whatever profiles are chosen."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model, Path, are_parted, references_in
from archdoc.rules.base import Finding, Rule, projects, service_of


def _check(model: Model) -> Iterator[Finding]:
    found: dict[Path, Finding] = {}
    for placement, node_id in projects(model):
        services = placement.services(node_id)
        for name, element in services.items():
            service = service_of(element)
            for ref in references_in(service):
                other = service_of(services[ref.name]) if ref.name in services else {}
                if ref.optional or ref.why != "start" or not are_parted(service, other):
                    continue
                path = (*element.path, "service", *ref.at)
                profiles = ", ".join(map(str, other["profiles"]))
                found[path] = Finding(
                    path,
                    f"`{name}` needs `{ref.name}`, which only runs with the profile {profiles}",
                    word="" if ref.on_key else ref.name,
                    on_key=ref.on_key,
                    help=f"give both the same `profiles`, or none; or let `{name}` start without "
                    f"it: `depends_on: {{{ref.name}: {{condition: …, required: false}}}}`",
                )
    yield from found.values()


RULE = Rule(
    name="parted-by-profile",
    code="A324",
    summary="A service needs another one that runs with some profiles only.",
    why="Without that profile, Docker Compose refuses the file: the other service is undefined.",
    example="web: {service: {build: ., depends_on: [mail]}}\n"
    "mail: {service: {image: mailpit, profiles: [debug]}}",
    fix="Give both the same profiles, or say `required: false`. Of relationships, archdoc says so "
    "itself.",
    check=_check,
    required=True,
)
