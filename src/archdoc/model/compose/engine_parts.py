"""What is said of a network or a volume that Compose lets pass, and the Engine refuses to make.

Source: libnetwork/ and volume/local of github.com/moby/moby, 20.10 to 28.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from archdoc.model.base import Mistake
from archdoc.model.compose.interpolation import has_placeholder, is_filled_in
from archdoc.report import did_you_mean

_LOCAL = ("type", "o", "device", "size")
"""The options of the local volume driver, which is the usual one."""
_BRIDGE_NAME = "com.docker.network.bridge.name"
_LONGEST = 15
"""Characters of an interface's name in Linux."""
_NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]+")
_Block = ipaddress.IPv4Network | ipaddress.IPv6Network
_At = tuple[str | int, ...]


def refused_network(options: dict[str, Any]) -> Iterator[Mistake]:
    """Everything that the Engine would not make a network with."""
    driver = options.get("driver")
    if driver in ("none", "host"):
        said = f"there is no network of your own with `driver: {driver}`"
        help_ = f"leave it out, and write `network_mode: {driver}` in the service"
        yield Mistake(said, help_, ("driver",))
    name = _mapping(options.get("driver_opts")).get(_BRIDGE_NAME)
    if isinstance(name, str) and not _is_later(name) and len(name) > _LONGEST:
        said = f"`{name}` has {len(name)} characters, and Linux takes {_LONGEST} in such a name"
        yield Mistake(said, "shorten it", ("driver_opts", _BRIDGE_NAME))
    configs = _mapping(options.get("ipam")).get("config")
    known: list[_Block] = []
    for number, config in enumerate(configs if isinstance(configs, list) else ()):
        if isinstance(config, dict):
            at: _At = ("ipam", "config", number)
            yield from _addresses(config, at)
            block = _block(config.get("subnet"))
            if block and driver in (None, "", "bridge"):
                yield from _of_a_bridge(block, known, (*at, "subnet"))
                known.append(block)


def refused_volume(options: dict[str, Any]) -> Iterator[Mistake]:
    """Everything that the Engine would not make a volume with."""
    name = "" if options.get("external") else options.get("name")
    if isinstance(name, str) and name and not _is_later(name) and not _NAME.fullmatch(name):
        help_ = "write letters, digits, `_`, `.` and `-`, two or more: `shop-rows`"
        yield Mistake(f"`{name}` is no name of a volume", help_, ("name",))
    if options.get("driver") not in (None, "", "local"):
        return
    said = _mapping(options.get("driver_opts"))
    for key in said:
        if key not in _LOCAL:
            help_ = did_you_mean(key, _LOCAL) or f"it has: {', '.join(_LOCAL)}"
            message = f"the local driver has no option `{key}`"
            yield Mistake(message, help_, ("driver_opts", key), on_key=True)
    device = said.get("device")
    is_bind = "bind" in str(said.get("o", "")).split(",")
    if is_bind and isinstance(device, str) and not _is_later(device) and device[:1] != "/":
        yield Mistake(
            f"`{device}` is no whole path: the Engine does not look beside the compose file",
            "write it from `/`; or mount the folder itself, as in `volumes: [./data:/data]`",
            ("driver_opts", "device"),
        )


def _addresses(config: dict[str, Any], at: _At) -> Iterator[Mistake]:
    """What is said of a subnet, of which it has to be a part."""
    said: list[tuple[_At, Any]] = [((key,), config.get(key)) for key in ("gateway", "ip_range")]
    if not config.get("subnet"):
        for place, value in said:
            if value:
                message = f"`{place[0]}` stands without a `subnet`"
                yield Mistake(message, "say the subnet that it is of", (*at, *place), on_key=True)
        return
    block = _block(config["subnet"])
    kept = _mapping(config.get("aux_addresses"))
    for place, value in (*said, *((("aux_addresses", name), v) for name, v in kept.items())):
        part = _block(value)
        if block and part and (part.version != block.version or not _is_in(part, block)):
            message = f"`{value}` is outside of the subnet `{block}`"
            yield Mistake(message, "choose one of that", (*at, *place))


def _of_a_bridge(block: _Block, others: list[_Block], at: _At) -> Iterator[Mistake]:
    if any(block.version == other.version for other in others):
        said = f"a bridge has one IPv{block.version} subnet, and this is another"
        yield Mistake(said, "make it a network of its own", at)
    elif block.num_addresses < 4:
        said = f"`{block}` has no address for a service beside that of the gateway"
        yield Mistake(said, "take a larger one, as in `10.0.0.0/24`", at)


def _block(said: Any) -> _Block | None:
    """The addresses that something says, one or several; None where that is not known."""
    with suppress(ValueError):
        return ipaddress.ip_network(said, strict=False) if isinstance(said, str) else None
    return None


def _is_in(part: _Block, block: _Block) -> bool:
    return part.network_address in block and part.broadcast_address in block


def _is_later(text: str) -> bool:
    return is_filled_in(text) or has_placeholder(text)


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
