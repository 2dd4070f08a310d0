"""A managed service takes the place of what it can do."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import CATALOGUE, Container, Model
from archdoc.rules.base import Finding, Rule


def _check(model: Model) -> Iterator[Finding]:
    for name, environment in model.environments.items():
        for node_id, node in environment.nodes.items():
            kind = CATALOGUE.get(node.kind)
            for number, ref in enumerate(node.realises if kind and kind.realises else ()):
                container = model.index.find_container(ref)
                content = container.content if container is not None else None
                if kind and isinstance(content, Container) and content.kind not in kind.realises:
                    able = ", ".join(kind.realises)
                    yield Finding(
                        ("environments", name, "nodes", node_id, "realises", number),
                        f"{kind.title} cannot take the place of `{ref}`, which is of kind "
                        f"{content.kind}",
                        help=f"it takes the place of: {able}",
                    )


RULE = Rule(
    name="unfit-service",
    code="A204",
    summary="A managed service realises a container that it cannot take the place of.",
    why="A bucket is no database: what is drawn could not be deployed.",
    example="nodes:\n  files: {kind: aws.s3, in: region, realises: postgres}",
    fix="Let a service that fits realise it, or correct the container's `kind`.",
    check=_check,
)
