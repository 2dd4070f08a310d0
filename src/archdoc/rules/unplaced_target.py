"""What a service connects to runs somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Container, Model
from archdoc.rules.base import Finding, Rule, projects


def _check(model: Model) -> Iterator[Finding]:
    for placement, node_id in projects(model):
        services = {element.id for element in placement.services(node_id).values()}
        placed = {place.container.id for place in placement.places}
        for link in placement.service_links(node_id):
            target = link.listener
            ours = isinstance(target.content, Container) and not target.is_external
            if link.opener.id in services and ours and target.id not in placed:
                yield Finding(
                    link.path,
                    f"`{link.opener.id}` runs in `{placement.environment_id}`, and connects to "
                    f"`{target.id}`, which is nowhere there",
                    help="let a node run it (`runs:`) or take its place (`realises:`), or leave "
                    f"the relationship out there: `reword: {{{link.relationship.label}: null}}`",
                    other=("environments", placement.environment_id),
                    other_message="the environment",
                )


RULE = Rule(
    name="unplaced-target",
    code="A311",
    summary="A service of Docker Compose connects to a container that its environment places "
    "nowhere.",
    why="It starts, and fails as soon as it connects: nothing answers.",
    example="environments:\n  live:\n    nodes:\n      project: {kind: docker.compose, runs: [web]}"
    "   # and web -> db",
    fix="Place the container, or leave the relationship out of that environment.",
    check=_check,
)
