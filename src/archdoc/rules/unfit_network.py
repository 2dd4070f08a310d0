"""Subnets and networks have addresses of their own; subnets, out of those of their VPC."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network, ip_network

from archdoc.model import Model, Path, Placement, blocks, is_filled_in, pair_networks
from archdoc.rules.base import Finding, Rule, projects, service_of

_Taken = list[tuple[IPv4Network, Path]]


def _check(model: Model) -> Iterator[Finding]:
    yield from _of_projects(model)
    for name in model.environments:
        placement = Placement(model, name)
        taken: dict[str, _Taken] = {}
        for node_id, node in placement.environment.nodes.items():
            if "cidr" not in {setting.name for setting in node.catalogued.settings}:
                continue
            own = blocks(node.settings.get("cidr", ""))
            if node.catalogued.isolates:
                yield from _secondary(placement, node_id)
            elif len(own) == 1:  # others are another rule's
                vpc = placement.network(node_id)
                beside = taken.setdefault(vpc, [])
                yield from _subnet(placement, node_id, vpc, own[0], beside)
                beside.append((own[0], _path(placement, node_id)))


def _of_projects(model: Model) -> Iterator[Finding]:
    """Networks of one Docker Compose project: the Engine makes no two that overlap."""
    found: dict[Path, Finding] = {}
    for placement, node_id in projects(model):
        named = {
            name
            for element in placement.services(node_id).values()
            for name in service_of(element).get("networks") or ()
        }
        named |= {name for name, _ in pair_networks(placement, node_id).values()}
        taken: list[tuple[IPv4Network | IPv6Network, str, Path]] = []
        for name in (name for name in model.networks if name in named):
            for path, own in _subnets(model, name):
                for block, other, at in taken:
                    if other != name and block.version == own.version and own.overlaps(block):
                        found[path] = Finding(
                            path,
                            f"`{own}` overlaps `{block}` of network `{other}`",
                            help="take a block that nobody else has",
                            other=at,
                            other_message="taken here",
                        )
                taken.append((own, name, path))
    yield from found.values()


def _subnets(model: Model, name: str) -> Iterator[tuple[Path, IPv4Network | IPv6Network]]:
    """The subnets of a network that the Engine makes as a bridge, as far as they are known."""
    options = model.networks[name].options
    if options.get("external") or options.get("driver", "bridge") != "bridge":
        return
    ipam = options.get("ipam") or {}
    for number, config in enumerate(() if "driver" in ipam else ipam.get("config") or ()):
        subnet = str(config.get("subnet", ""))
        if subnet and not is_filled_in(subnet):
            path: Path = ("networks", name, "options", "ipam", "config", number, "subnet")
            yield path, ip_network(subnet, strict=False)


def _subnet(
    placement: Placement, node_id: str, vpc: str, own: IPv4Network, beside: _Taken
) -> Iterator[Finding]:
    around = _of_vpc(placement, vpc)
    if around and not any(own.subnet_of(block) for block, _ in around):
        yield Finding(
            _path(placement, node_id),
            f"`{own}` is outside of `{vpc}`, which has {_listed(around)}",
            help="take a block inside of it; a VPC's further blocks stand in its `secondary_cidrs`",
            other=around[0][1],
            other_message="the VPC's addresses",
        )
        return
    yield from _overlap(_path(placement, node_id), own, beside)


def _secondary(placement: Placement, vpc: str) -> Iterator[Finding]:
    every = _of_vpc(placement, vpc)
    for number, (block, path) in enumerate(every):
        yield from _overlap(path, block, every[:number])


def _overlap(path: Path, own: IPv4Network, beside: _Taken) -> Iterator[Finding]:
    for block, other in beside:
        if own.overlaps(block):
            yield Finding(
                path,
                f"`{own}` overlaps `{block}`" + (f" of `{other[3]}`" if other != path else ""),
                help="take a block that nobody else has",
                other=other if other != path else None,
                other_message="taken here",
            )
            return


def _of_vpc(placement: Placement, vpc: str) -> _Taken:
    """The addresses that are said of a VPC, and where; none where they are not all known."""
    said = placement.node(vpc).settings
    found = {key: blocks(said[key]) for key in ("cidr", "secondary_cidrs") if key in said}
    if "cidr" not in found or not all(found.values()):
        return []
    return [(block, _path(placement, vpc, key)) for key, some in found.items() for block in some]


def _path(placement: Placement, node_id: str, key: str = "cidr") -> Path:
    return ("environments", placement.environment_id, "nodes", node_id, "settings", key)


def _listed(taken: _Taken) -> str:
    return " and ".join(str(block) for block, _ in taken)


RULE = Rule(
    name="unfit-network",
    code="A215",
    summary="A subnet's addresses are none of its VPC's, or another's, too; or a network's.",
    why="AWS refuses such a subnet, and the Docker Engine such a network: whoever copies the plan "
    "finds out late.",
    example="nodes:\n  vpc: {kind: aws.vpc, in: region, settings: {cidr: 10.0.0.0/16}}\n"
    "  a: {kind: aws.private-subnet, in: zone, settings: {cidr: 10.1.0.0/24}}",
    fix="Give each subnet a block of its own, out of the VPC's.",
    check=_check,
)
