"""A managed service takes the place of what speaks its language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archdoc.model import Container, DeploymentNode, Model
from archdoc.rules.base import Finding, Rule


def _check(model: Model) -> Iterator[Finding]:
    for name, environment in model.environments.items():
        for node_id, node in environment.nodes.items():
            for number, ref in enumerate(node.realises):
                container = model.index.find_container(ref)
                content = container.content if container is not None else None
                if not isinstance(content, Container) or not content.technology:
                    continue
                able = _technologies(node)
                if able and not any(_is_in(one, content.technology) for one in able):
                    yield Finding(
                        ("environments", name, "nodes", node_id, "realises", number),
                        f"{node.product} cannot take the place of `{ref}`, which is made with "
                        f"{content.technology}",
                        help=f"it takes the place of: {', '.join(able)}",
                    )


def _technologies(node: DeploymentNode) -> tuple[str, ...]:
    """What a service can be: what its kind can, less what its `engine` says it is not."""
    known, engine = node.catalogued.technologies, node.settings.get("engine", "")
    chosen = tuple(one for one in known if engine and _is_in(one, engine))
    if chosen:  # `postgres` is how AWS calls PostgreSQL
        return (*chosen, "PostgreSQL", "PostGIS") if "Postgres" in chosen else chosen
    return known


def _is_in(technology: str, text: str) -> bool:
    """Whether a text names a technology: "PostgreSQL with PostGIS" does."""
    name = re.escape(technology.casefold())
    return re.search(rf"(?<![a-z]){name}(?![a-z])", text.casefold()) is not None


RULE = Rule(
    name="unlike-technology",
    code="A207",
    summary="A managed service realises a container of another technology.",
    why="Programs that speak PostgreSQL cannot talk to MySQL: it could not be deployed.",
    example="systems:\n  shop: {containers: {db: {kind: database, technology: PostgreSQL}}}\n"
    "environments:\n  live:\n    nodes:\n      rds: {kind: aws.rds.mysql, in: vpc, realises: db}",
    fix="Let a service of that technology realise it, or correct the container's `technology`.",
    check=_check,
)
