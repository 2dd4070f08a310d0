"""What is spread over zones is spread over zones of its network; a load balancer over enough."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model, Path, Placement
from archdoc.rules.base import Finding, Rule

_ZONE, _PUBLIC, _PRIVATE = "aws.availability-zone", "aws.public-subnet", "aws.private-subnet"
_ZONAL = (_ZONE, _PUBLIC, _PRIVATE)


def _check(model: Model) -> Iterator[Finding]:
    for name in model.environments:
        placement = Placement(model, name)
        for node_id in placement.nodes:
            path: Path = ("environments", name, "nodes", node_id)
            wrong = [*_spans(placement, node_id, path)]
            yield from wrong or _zones(placement, node_id, path)


def _spans(placement: Placement, node_id: str, path: Path) -> Iterator[Finding]:
    around = _around(placement, node_id)
    for number, zone in enumerate(placement.node(node_id).spans):
        if zone not in placement.nodes:
            continue  # another rule's
        chain = placement.chain(zone)
        if zone in placement.node(node_id).spans[:number]:
            said = f"`{zone}` is named twice"
        elif placement.node(zone).kind not in _ZONAL:
            said = f"`{zone}` is neither a zone nor a subnet: {placement.node(zone).product}"
        elif node_id in chain:
            said = f"`{zone}` stands in `{node_id}` itself"
        elif around:
            said = f"`{node_id}` stands in `{around[0]}`, so it is not spread over others"
        elif placement.network(node_id) not in chain:
            said = f"`{zone}` is not in `{placement.network(node_id)}`, where `{node_id}` stands"
        else:
            continue
        yield Finding(
            (*path, "spans", number),
            said,
            help="leave it out once"
            if said.endswith("twice")
            else "what is spread over zones or subnets stands in their VPC, or in what is in there",
        )


def _zones(placement: Placement, node_id: str, path: Path) -> Iterator[Finding]:
    """A load balancer stands in as many zones as it needs, and in public subnets if it is public.

    Where no zone is modelled, nobody can tell.
    """
    node = placement.node(node_id)
    public = node.settings.get("scheme") == "internet-facing"
    there = _places(placement, node_id) if node.catalogued.zones > 1 or public else []
    subnets = [place for place in there if placement.node(place).kind != _ZONE]
    open_ones = [place for place in subnets if placement.node(place).kind == _PUBLIC]
    if not there:
        return
    at = (*path, "spans") if node.spans else (*path, "in")
    if public and subnets and not open_ones:
        yield Finding(
            at,
            f"`{node_id}` faces the Internet, and there is no public subnet for it here",
            help="let it stand in the VPC, and add public subnets there, or let it be `internal`",
        )
        return
    zones = {_zone(placement, place) for place in (open_ones if public and subnets else there)}
    if len(zones) < node.catalogued.zones:
        kind = "public subnet" if public and subnets else "zone"
        where = f"in a {kind} of one zone" if kind != "zone" else "in one zone"
        yield Finding(
            at,
            f"`{node_id}` is {where} only, and {node.catalogued.title} needs two zones",
            help=f"let it stand in the VPC, and give it a {kind} in each of two zones there; "
            "`spans: [a, b]` names them",
        )


def _places(placement: Placement, node_id: str) -> list[str]:
    """The zones and subnets that a node is in: those named, those around it, or all of its VPC."""
    named = [zone for zone in placement.spanned(node_id) if placement.node(zone).kind in _ZONAL]
    around = _around(placement, node_id)
    if named or around:
        return named or around[:1]
    network = placement.network(node_id)
    if not placement.node(network).catalogued.isolates:
        return []
    return [
        other
        for other in placement.nodes
        if placement.node(other).kind in _ZONAL and network in placement.chain(other)
    ]


def _around(placement: Placement, node_id: str) -> list[str]:
    """The zones and subnets around a node, innermost first."""
    return [n for n in placement.chain(node_id)[1:] if placement.node(n).kind in _ZONAL]


def _zone(placement: Placement, place: str) -> str:
    return next((n for n in placement.chain(place) if placement.node(n).kind == _ZONE), place)


RULE = Rule(
    name="unfit-zone",
    code="A216",
    summary="A node is spread over what is no zone of its VPC, or a load balancer over too few.",
    why="AWS makes no Application Load Balancer in one zone, and nobody reaches one that faces the "
    "Internet from a private subnet.",
    example="nodes:\n  zone: {kind: aws.availability-zone, in: vpc}\n"
    "  public: {kind: aws.public-subnet, in: zone}\n"
    "  alb: {kind: aws.alb, in: public, fronts: web}",
    fix="Let it stand in the VPC, and say what it `spans`: zones or subnets there.",
    check=_check,
)
