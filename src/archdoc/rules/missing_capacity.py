"""An ECS service needs instances to run on, or Fargate."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model, Placement
from archdoc.rules.base import Finding, Rule

_CAPACITY = ("aws.ec2", "aws.auto-scaling-group", "aws.spot-fleet")


def _check(model: Model) -> Iterator[Finding]:
    for name in model.environments:
        placement = Placement(model, name)
        for node_id in placement.nodes:
            node = placement.node(node_id)
            if not node.catalogued.needs_capacity or node.within not in placement.nodes:
                continue
            beside = [placement.node(n).kind for n in placement.children(node.within)]
            if not any(kind in _CAPACITY for kind in beside):
                yield Finding(
                    ("environments", name, "nodes", node_id),
                    f"`{node_id}` has no instances to run on: `{node.within}` holds none",
                    on_key=True,
                    help=f"add one of {', '.join(f'`{kind}`' for kind in _CAPACITY)} to the "
                    "cluster, or let Fargate run it (`kind: aws.fargate`)",
                )


RULE = Rule(
    name="missing-capacity",
    code="A214",
    summary="An ECS service stands in a cluster without instances.",
    why="Its tasks would wait for ever: a cluster has no machines of its own.",
    example="nodes:\n  cluster: {kind: aws.ecs, in: vpc}\n"
    "  web: {kind: aws.ecs-service, in: cluster, runs: [web]}",
    fix="Add `aws.ec2` or an `aws.auto-scaling-group` to the cluster, or use `aws.fargate`.",
    check=_check,
)
