"""Requests have one way to where they go."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Element, Model, Path, Placement
from archdoc.rules.base import Finding, Rule


def _check(model: Model) -> Iterator[Finding]:
    for name in model.environments:
        placement = Placement(model, name)
        first: dict[str, Path] = {}
        for node_id in placement.nodes:
            for number, ref in enumerate(placement.node(node_id).fronts):
                behind = model.index.find(ref, name)
                if behind is None:
                    continue  # another rule's
                path: Path = ("environments", name, "nodes", node_id, "fronts", number)
                if behind.id in first:
                    yield Finding(
                        path,
                        f"`{ref}` is behind `{first[behind.id][3]}`, too",
                        help="let one of them stand before the other: `fronts` takes nodes as well",
                        other=first[behind.id],
                        other_message="here",
                    )
                elif placement.nodes[node_id].id in _all_behind(placement, behind):
                    yield Finding(path, f"`{node_id}` stands before itself", help="remove it")
                first.setdefault(behind.id, path)


def _all_behind(placement: Placement, first: Element) -> set[str]:
    """The ids of what requests reach through something, at any distance, and its own."""
    local = {element.id: local_id for local_id, element in placement.nodes.items()}
    found: set[str] = set()
    waiting = [first]
    while waiting:
        element = waiting.pop()
        if element.id not in found:
            found.add(element.id)
            waiting += placement.fronted(local[element.id]) if element.id in local else ()
    return found


RULE = Rule(
    name="fronted-twice",
    code="A206",
    summary="Two nodes stand before one thing, or a node before itself.",
    why="Which way requests take could not be told, nor drawn.",
    example="nodes:\n  alb: {kind: aws.alb, in: vpc, fronts: web}\n"
    "  cdn: {kind: aws.cloudfront, in: cloud, fronts: web}",
    fix="Put them one behind the other: `cdn: {…, fronts: alb}`.",
    check=_check,
)
