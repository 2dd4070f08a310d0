"""An environment deploys something."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model, Placement
from archdoc.report import Severity
from archdoc.rules.base import Finding, Rule


def _check(model: Model) -> Iterator[Finding]:
    for name in model.environments:
        if not Placement(model, name).places:
            yield Finding(
                ("environments", name),
                f"no container is anywhere in `{name}`",
                on_key=True,
                help="let a node run some: `nodes: {project: {kind: docker.compose, runs: […]}}`",
            )


RULE = Rule(
    name="empty-environment",
    code="A217",
    summary="An environment places no container.",
    why="Its picture shows empty machines, and it has no compose file.",
    example="environments:\n  live:\n    nodes:\n      machine: {kind: host}",
    fix="Say what runs there, or remove the environment.",
    check=_check,
    severity=Severity.WARNING,
)
