"""A database is not for the Internet."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import DeploymentNode, Model, Path, Placement
from archdoc.rules.base import Finding, Rule

_HELP = "let it stand in a private subnet; who has to reach it goes through the network"


def _check(model: Model) -> Iterator[Finding]:
    for name in model.environments:
        placement = Placement(model, name)
        for node_id in placement.nodes:
            node = placement.node(node_id)
            if not _keeps_data(node):
                continue
            path: Path = ("environments", name, "nodes", node_id)
            accessible = node.settings.get("publicly_accessible")
            if accessible == "true":
                yield Finding(
                    (*path, "settings", "publicly_accessible"),
                    f"`{node_id}` can be reached from the Internet",
                    help="leave it out",
                )
            if accessible == "false":
                continue  # it has no public address, wherever it stands
            around = placement.chain(node_id)[1:]
            public = (n for n in around if placement.node(n).kind == "aws.public-subnet")
            if (subnet := next(public, None)) is not None:
                yield Finding(
                    (*path, "in"),
                    f"{node.product} `{node_id}` stands in the public subnet `{subnet}`",
                    help=_HELP,
                )


def _keeps_data(node: DeploymentNode) -> bool:
    """Whether it is a service in a network that keeps others' data; a volume listens nowhere."""
    return node.kind != "docker.volume" and any(
        kind.stores_data for kind in node.catalogued.realises
    )


RULE = Rule(
    name="public-database",
    code="A209",
    summary="A data store can be reached from the Internet.",
    why="Whoever finds it may try passwords, or a hole that nobody has mended yet.",
    example="nodes:\n  rds: {kind: aws.rds, in: public-subnet, realises: db}",
    fix="Put it into a private subnet.",
    check=_check,
)
