"""A service runs, or takes the place of, what it can."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Container, ContainerKind, DeploymentNode, Model, Path
from archdoc.rules.base import Finding, Rule


def _check(model: Model) -> Iterator[Finding]:
    for name, environment in model.environments.items():
        for node_id, node in environment.nodes.items():
            path: Path = ("environments", name, "nodes", node_id)
            yield from _running(model, node, path)
            yield from _realising(model, node, path)


def _running(model: Model, node: DeploymentNode, path: Path) -> Iterator[Finding]:
    able, title = node.catalogued.runs_only, node.catalogued.title
    for number, instance in enumerate(node.runs if able else ()):
        kind = _kind(model, instance.container)
        if kind is not None and kind not in able:
            instead = "; let a managed service realise it, or a machine run it"
            yield Finding(
                (*path, "runs", number),
                f"{title} cannot run `{instance.container}`, which is of kind {kind}",
                word=instance.container,
                help=f"it runs: {', '.join(able)}{instead if kind.stores_data else ''}",
            )


def _realising(model: Model, node: DeploymentNode, path: Path) -> Iterator[Finding]:
    able, title = node.catalogued.realises, node.catalogued.title
    for number, ref in enumerate(node.realises if able else ()):
        kind = _kind(model, ref)
        if kind is not None and kind not in able:
            yield Finding(
                (*path, "realises", number),
                f"{title} cannot take the place of `{ref}`, which is of kind {kind}",
                help=f"it takes the place of: {', '.join(able)}",
            )


def _kind(model: Model, ref: str) -> ContainerKind | None:
    """The kind of the container that a reference leads to; others report one that leads nowhere."""
    container = model.index.find_container(ref)
    content = container.content if container is not None else None
    return content.kind if isinstance(content, Container) else None


RULE = Rule(
    name="unfit-service",
    code="A204",
    summary="A service runs, or realises, a container of a kind that it cannot.",
    why="A bucket is no database, and a function keeps no data: it could not be deployed.",
    example="nodes:\n  files: {kind: aws.s3, in: region, realises: postgres}\n"
    "  fn: {kind: aws.lambda, in: region, runs: [postgres]}",
    fix="Let a service that fits run or realise it, or correct the container's `kind`.",
    check=_check,
)
