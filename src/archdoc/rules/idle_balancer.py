"""Something must be behind a load balancer."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model, Path, Placement
from archdoc.rules.base import Finding, Rule


def _check(model: Model) -> Iterator[Finding]:
    for name in model.environments:
        placement = Placement(model, name)
        leading = {link.source.id for link in model.links_by_environment[name]}
        for node_id, element in placement.nodes.items():
            node = placement.node(node_id)
            path: Path = ("environments", name, "nodes", node_id)
            if not node.catalogued.fronts:
                continue
            if not node.fronts and not node.realises and element.id not in leading:
                yield Finding(
                    path,
                    f"nothing is behind `{node_id}`: {node.product} passes requests to nobody",
                    on_key=True,
                    help="say what requests reach through it, as in `fronts: web`",
                )
            elif node.carries and not node.fronts:
                yield Finding(
                    (*path, "carries"),
                    f"`carries` says nothing: `{node_id}` fronts nothing",
                    help="say what requests reach through it, as in `fronts: web`, or remove it",
                )
            for number, ref in enumerate(node.fronts):
                behind = model.index.find(ref, name)
                if behind is not None and behind.id not in _there(placement):
                    yield Finding(
                        (*path, "fronts", number),
                        f"`{ref}` is nowhere in `{name}`: nothing is behind `{node_id}`",
                        help="place it on a node, or name what is there",
                    )


def _there(placement: Placement) -> set[str]:
    nodes = {node.id for node in placement.nodes.values()}
    return nodes | {place.container.id for place in placement.places}


RULE = Rule(
    name="idle-balancer",
    code="A205",
    summary="Nothing is behind a load balancer, a CDN or a gateway.",
    why="Requests that reach it would be answered by nobody.",
    example="nodes:\n  alb: {kind: aws.alb, in: vpc}",
    fix="Say what requests reach through it: `fronts: web`.",
    check=_check,
)
