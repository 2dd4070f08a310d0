"""Requests have one way to where they go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from archdoc.model import Model, Path, Placement
from archdoc.rules.base import Finding, Rule


def _check(model: Model) -> Iterator[Finding]:
    for name in model.environments:
        placement = Placement(model, name)
        first: dict[str, Path] = {}
        behind = {node.id: placement.behind(id_) for id_, node in placement.nodes.items()}
        for node_id, node in placement.nodes.items():
            for number, ref in enumerate(placement.node(node_id).fronts):
                element = model.index.find(ref, name)
                if element is None:
                    continue  # another rule's
                path: Path = ("environments", name, "nodes", node_id, "fronts", number)
                if element.id in first and first[element.id][3] == node_id:
                    yield Finding(path, f"`{ref}` is named twice", help="leave it out once")
                elif element.id in first:
                    yield _twice(path, f"`{ref}`", first[element.id])
                elif node.id in _all_behind(behind, behind[node.id]):
                    yield Finding(path, f"`{node_id}` stands before itself", help="remove it")
                first.setdefault(element.id, path)
        yield from _through_another(placement, first, behind)


def _twice(path: Path, what: str, other: Path) -> Finding:
    return Finding(
        path,
        f"{what} is behind `{other[3]}`, too",
        help="let one of them stand before the other: `fronts` takes nodes as well",
        other=other,
        other_message="here",
    )


_Behind = Mapping[str, Mapping[str, str | None]]
"""Node id → what is behind it: see `Placement.behind`."""


def _through_another(
    placement: Placement, first: Mapping[str, Path], behind: _Behind
) -> Iterator[Finding]:
    """Something behind one node that is in a node behind another, where neither leads to the other.

    A load balancer in a VPC may stand before machines there, and something else before that VPC.
    """
    for id_, path in first.items():
        gate = placement.nodes[str(path[3])].id
        for other, inside in behind.items():
            around = inside.get(id_)
            if other == gate or around is None or placement.nodes[around].id == id_:
                continue
            if gate not in _all_behind(behind, inside):
                yield _twice(path, f"`{id_.rpartition('.')[2]}`", first[placement.nodes[around].id])


def _all_behind(behind: _Behind, first: Iterable[str]) -> set[str]:
    """The ids of some things, and of what requests reach through them at any distance."""
    found: set[str] = set()
    waiting = [*first]
    while waiting:
        id_ = waiting.pop()
        if id_ not in found:
            found.add(id_)
            waiting += behind.get(id_, ())
    return found


RULE = Rule(
    name="fronted-twice",
    code="A206",
    summary="Two nodes stand before one thing, one node does twice, or a node before itself.",
    why="Which way requests take could not be told, nor drawn.",
    example="nodes:\n  alb: {kind: aws.alb, in: vpc, fronts: web}\n"
    "  cdn: {kind: aws.cloudfront, in: cloud, fronts: web}",
    fix="Put them one behind the other: `cdn: {…, fronts: alb}`.",
    check=_check,
)
