"""Something must be behind a load balancer."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Element, ElementKind, Model, Path, Placement
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
                wrong = "" if behind is None else _wrong(placement, behind, leading)
                if wrong:
                    yield Finding(
                        (*path, "fronts", number),
                        f"`{ref}` {wrong}: nothing is behind `{node_id}`",
                        help="place it on a node, or name what is there"
                        if wrong.startswith("is nowhere")
                        else "say what runs there, or name what is reached",
                    )


def _wrong(placement: Placement, behind: Element, leading: set[str]) -> str:
    """What keeps requests from reaching anything there; empty where they reach something."""
    if behind.kind is not ElementKind.NODE:
        there = bool(placement.of(behind.id))
        return "" if there else f"is nowhere in `{placement.environment_id}`"
    inside = placement.inside(behind.local_id)
    reached = any(
        placement.on(inner) or placement.node(inner).fronts or not _only_holds(placement, inner)
        for inner in inside
    ) or not leading.isdisjoint(placement.nodes[inner].id for inner in inside)
    return "" if reached else "runs nothing, nor does anything in it"


def _only_holds(placement: Placement, node_id: str) -> bool:
    """Whether a node is there for what runs in it; a bucket answers by itself."""
    node = placement.node(node_id)
    kind = node.catalogued
    return kind.group or kind.runs != "nothing" or node.kind == "host"


RULE = Rule(
    name="idle-balancer",
    code="A205",
    summary="Nothing is behind a load balancer, a CDN or a gateway.",
    why="Requests that reach it would be answered by nobody.",
    example="nodes:\n  alb: {kind: aws.alb, in: vpc}",
    fix="Say what requests reach through it: `fronts: web`.",
    check=_check,
)
