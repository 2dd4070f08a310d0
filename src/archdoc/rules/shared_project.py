"""Each Docker Compose project of a model has a name of its own."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model, Path, project_name
from archdoc.rules.base import Finding, Rule, projects


def _check(model: Model) -> Iterator[Finding]:
    taken: dict[str, Path] = {}
    for placement, node_id in projects(model):
        is_one = len(placement.compose_projects) == 1
        path: Path = ("environments", placement.environment_id)
        path = path if is_one else (*path, "nodes", node_id)
        name = project_name(placement, node_id)
        first = taken.setdefault(name, path)
        if first != path:
            yield Finding(
                path,
                f"`{path[-1]}` and `{first[-1]}` would both be the Docker Compose project `{name}`",
                on_key=True,
                help="rename one of them: capitals make no difference there, nor do `-` and `_` at "
                "an end",
                other=first,
                other_message="the other one",
            )


RULE = Rule(
    name="shared-project",
    code="A330",
    summary="Two Docker Compose projects of a model would have one name.",
    why="Docker tells the containers and volumes of projects apart by it: on one host, starting "
    "the second one would take the containers of the first one away, and use its data.",
    example="environments:\n  live: {nodes: {…}}\n  Live: {nodes: {…}}",
    fix="Rename an environment or a node: a project is called after the model, its environment "
    "and, where that has several, its node.",
    check=_check,
    required=True,
)
