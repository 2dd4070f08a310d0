"""A deployment node must be of a kind that the catalogue knows."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import CATALOGUE, Model, formerly_called
from archdoc.report import did_you_mean
from archdoc.rules.base import Finding, Rule


def _check(model: Model) -> Iterator[Finding]:
    for name, environment in model.environments.items():
        for node_id, node in environment.nodes.items():
            if node.kind not in CATALOGUE:
                known = formerly_called(node.kind)
                yield Finding(
                    ("environments", name, "nodes", node_id, "kind"),
                    f"there is no kind of node `{node.kind}`",
                    label=f"that is `{known}`" if known else did_you_mean(node.kind, CATALOGUE),
                    help="docs/kinds.md lists all kinds, and so does the schema in editors",
                )


RULE = Rule(
    name="unknown-node-kind",
    code="A201",
    summary="A deployment node is of no known kind.",
    why="A node's kind decides how it is drawn, where it may stand and what it can run.",
    example="nodes:\n  web: {kind: aws.ecs2}",
    fix="Use a kind of the catalogue.",
    check=_check,
    required=True,
)
