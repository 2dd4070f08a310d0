"""Two containers on one machine cannot have one name."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model, Path, Placement
from archdoc.rules.base import Finding, Rule, machine_of, service_of


def _check(model: Model) -> Iterator[Finding]:
    found: dict[Path, Finding] = {}
    for environment in model.environments:
        placement = Placement(model, environment)
        taken: dict[tuple[str, str], Path] = {}
        for node_id in placement.compose_projects:
            for element in placement.services(node_id).values():
                name = str(service_of(element).get("container_name", ""))
                path: Path = (*element.path, "service", "container_name")
                first = taken.setdefault((machine_of(placement, node_id), name), path)
                if name and first != path:
                    found[path] = Finding(
                        path,
                        f"another container of the same machine is called `{name}`",
                        help="call it otherwise, or leave the name out: Compose makes one",
                        other=first,
                        other_message="called so here",
                    )
    yield from found.values()


RULE = Rule(
    name="taken-name",
    code="A312",
    summary="Two services give their containers one name on one machine.",
    why="Docker refuses to start the second one.",
    example="web: {service: {container_name: app}}\nadmin: {service: {container_name: app}}",
    fix="Leave `container_name` out: services find each other by the names of services.",
    check=_check,
)
