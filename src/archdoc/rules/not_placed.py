"""An environment should say where each part of a system is that it deploys."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Container, Model, Placement
from archdoc.report import Severity
from archdoc.rules.base import Finding, Rule


def _check(model: Model) -> Iterator[Finding]:
    for name in model.environments:
        placement = Placement(model, name)
        here = {place.container.id for place in placement.places}
        systems = {element_id.partition(".")[0] for element_id in here}
        missing = [
            element.id
            for system in model.systems
            if system in systems
            for element in model.index.children(system)
            if element.id not in here
            and isinstance(element.content, Container)
            and not element.content.kind.runs_at_users
        ]
        if missing:
            those = ", ".join(f"`{id_}`" for id_ in missing)
            yield Finding(
                ("environments", name),
                f"`{name}` does not say where {those} {'is' if len(missing) == 1 else 'are'}",
                on_key=True,
                help="let a node run it (`runs:`), or take its place (`realises:`)",
            )


RULE = Rule(
    name="not-placed",
    code="A210",
    summary="An environment deploys a system, but not all of its containers.",
    why="Relationships of a container that is nowhere vanish from the environment's pictures and "
    "compose files, without a word.",
    example="environments:\n  live:\n    nodes:\n      project: {kind: docker.compose, runs: [web]}"
    "   # and the database?",
    fix="Place the container. Where an environment does without it, ignore the finding with a "
    "reason.",
    check=_check,
    severity=Severity.WARNING,
)
