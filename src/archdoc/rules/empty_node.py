"""A node holds something, or something is said of it."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import CATALOGUE, Model, Placement
from archdoc.report import Severity
from archdoc.rules.base import Finding, Rule


def _check(model: Model) -> Iterator[Finding]:
    for name, environment in model.environments.items():
        placement = Placement(model, name)
        met = {
            end.id
            for link in model.links_by_environment[name]
            for end in (link.source, link.target)
        }
        met |= {behind.id for node_id in placement.nodes for behind in placement.fronted(node_id)}
        met |= {placement.nodes[zone].id for n in placement.nodes for zone in placement.spanned(n)}
        for node_id, node in environment.nodes.items():
            if node.kind not in CATALOGUE or node.kind == "infrastructure":
                continue  # another rule's; or it stands there for its own sake
            kind = node.catalogued
            if kind.fronts or not (kind.group or kind.realises or kind.runs != "nothing"):
                continue  # a NAT gateway, a firewall: it could hold nothing; a balancer: another's
            holds = node.runs or node.realises or placement.children(node_id)
            if not holds and placement.nodes[node_id].id not in met:
                yield Finding(
                    ("environments", name, "nodes", node_id),
                    f"nothing is in `{node_id}`, and nothing is said of it",
                    on_key=True,
                    help="say what it runs or realises, or remove it",
                )


RULE = Rule(
    name="empty-node",
    code="A213",
    summary="A deployment node runs nothing, holds nothing, and has no relationship.",
    why="It costs money in the picture's cloud, and readers will ask what it is for.",
    example="nodes:\n  spare: {kind: aws.ec2, in: vpc}",
    fix="Say what it runs, or remove it.",
    check=_check,
    severity=Severity.WARNING,
)
