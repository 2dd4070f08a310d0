"""An address that a service asks for is one that its network can give."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import Any

from archdoc.model import Model, Path, Placement, is_filled_in
from archdoc.rules.base import Finding, Rule, projects, service_of

_KEYS = {"ipv4_address": 4, "ipv6_address": 6}
_Block = ipaddress.IPv4Network | ipaddress.IPv6Network
_Taken = dict[tuple[str, str], Path]
"""A network and an address on it → where somebody has it."""


def _check(model: Model) -> Iterator[Finding]:
    found: dict[Path, Finding] = {}
    for placement, node_id in projects(model):
        taken = _gateways(model)
        for path, network, address in _asked(placement, node_id):
            for finding in _judge(model, path, network, address, taken):
                found.setdefault(path, finding)
    yield from found.values()


def _asked(placement: Placement, node_id: str) -> Iterator[tuple[Path, str, str]]:
    """Where a service of a project asks for an address, on which network, and for which one."""
    for element in placement.services(node_id).values():
        networks = service_of(element).get("networks")
        for network, said in (networks if isinstance(networks, dict) else {}).items():
            for key in (key for key in _KEYS if key in (said or {})):
                if not is_filled_in(address := str(said[key])):
                    yield (*element.path, "service", "networks", network, key), network, address


def _judge(
    model: Model, path: Path, network: str, address: str, taken: _Taken
) -> Iterator[Finding]:
    options = model.networks[network].options if network in model.networks else {}
    blocks = _blocks(options, _KEYS[str(path[-1])])
    if blocks is None:
        return
    first = taken.setdefault((network, address), path)
    if not blocks:
        yield Finding(
            path,
            f"network `{network}` has no subnet of which it could be an address",
            help=f"give it one: `networks: {{{network}: {{options: {{ipam: {{config: "
            "[{subnet: …}]}}}}`; or leave the address out: services find each other by their names",
        )
    elif not any(ipaddress.ip_address(address) in block for block in blocks):
        known = ", ".join(map(str, blocks))
        yield Finding(path, f"it is no address of network `{network}`, which has {known}",
                      help="choose one of these")  # fmt: skip
    elif kept := _kept(options, address):
        yield Finding(path, f"it is {kept} of network `{network}`, which no service can have",
                      help="choose another")  # fmt: skip
    elif first != path:
        yield Finding(
            path,
            f"another one has this address on network `{network}`",
            help="choose another",
            other=first,
            other_message="here",
        )


def _kept(options: dict[str, Any], address: str) -> str:
    """What an address is that a network never gives away, or has given to itself; empty for others.

    Where it is not said, the gateway is the first of the subnet; with a range to give addresses
    from, that depends on the engine.
    """
    asked = ipaddress.ip_address(address)
    for config in _configs(options):
        block = ipaddress.ip_network(str(config.get("subnet", "0.0.0.0/0")), strict=False)
        if asked.version != block.version or asked not in block or block.num_addresses < 4:
            continue
        if asked == block.network_address:
            return "the first address"
        if block.version == 4 and asked == block.broadcast_address:
            return "the broadcast address"
        is_usual = options.get("driver", "bridge") == "bridge" and not options.get("driver_opts")
        if is_usual and not {"gateway", "ip_range"} & config.keys() and asked == block[1]:
            return "the default gateway"
    return ""


def _configs(options: dict[str, Any]) -> list[dict[str, Any]]:
    return (options.get("ipam") or {}).get("config") or []


def _blocks(options: dict[str, Any], version: int) -> list[_Block] | None:
    """The subnets of a network, as far as they are of that version; None where nobody knows."""
    subnets = [str(config["subnet"]) for config in _configs(options) if "subnet" in config]
    is_elsewhere = options.get("external") or "driver" in (options.get("ipam") or {})
    if is_elsewhere or any(map(is_filled_in, subnets)):
        return None
    blocks = [ipaddress.ip_network(subnet, strict=False) for subnet in subnets]
    return [block for block in blocks if block.version == version]


def _gateways(model: Model) -> _Taken:
    """The addresses that networks have themselves, or keep for what is not in the model."""
    found: _Taken = {}
    for name, network in model.networks.items():
        path: Path = ("networks", name, "options", "ipam", "config")
        for number, config in enumerate(_configs(network.options)):
            if "gateway" in config:
                found[name, str(config["gateway"])] = (*path, number, "gateway")
            kept = config.get("aux_addresses") or {}
            for host, address in kept.items() if isinstance(kept, dict) else ():
                found[name, str(address)] = (*path, number, "aux_addresses", host)
    return found


RULE = Rule(
    name="unfit-address",
    code="A333",
    summary="A service asks for an address that its network cannot give it.",
    why="Docker Compose takes the file, and the Docker Engine starts nothing: it gives fixed "
    "addresses only on networks whose subnet was said.",
    example="web: {service: {build: ., networks: {backend: {ipv4_address: 10.0.0.5}}}}\n"
    "networks: {backend: Who works behind the proxy}",
    fix="Say the network's subnet, and choose an address of it for each; or leave addresses out: "
    "services find each other by their names.",
    check=_check,
)
