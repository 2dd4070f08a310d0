"""What the texts of a service must look like where the Specification's schema allows any.

Source: what Docker Compose 2.40 and the Docker Engine refuse.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeGuard

from archdoc.model.compose.command import read_command
from archdoc.model.compose.interpolation import shown

Scalar = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Form:
    """What is wanted of a value."""

    name: str
    """With its article: "a duration"."""
    help: str
    fits: Callable[[Scalar], bool]
    why_not: Callable[[Scalar], str] = lambda _: ""
    """What more can be said of one that does not fit."""


def matching(pattern: str) -> Callable[[Scalar], bool]:
    """For texts: other values are as the schema wants them."""
    return lambda value: (
        not isinstance(value, str) or _compiled(pattern).fullmatch(value) is not None
    )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """When it is asked for: most models use few of the many forms."""
    return re.compile(pattern, re.ASCII)


def number_from(least: int, most: int | None = None) -> Callable[[Scalar], bool]:
    """For whole numbers, and texts that are one."""

    def fits(value: Scalar) -> bool:
        text = str(value)
        if not isinstance(value, str | int) or not re.fullmatch(r"[-+]?[0-9]+", text):
            return isinstance(value, float) and value == int(value) >= least
        return int(text) >= least and (most is None or int(text) <= most)

    return fits


_UNIT = r"(?:ns|us|µs|μs|ms|s|m|h|d|w)"
_DECIMAL = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)"
_SIZE = re.compile(
    rf"(?P<number>\+?{_DECIMAL}(?:[eE][-+]?[0-9])?) ?(?:b|(?P<unit>[kmgtp])(?:i?b)?)?", re.I | re.A
)
_POWERS = "kmgtp"
_OCTAL = re.compile(r"0o[0-7]{1,4}|0?[0-7]{1,4}", re.ASCII)
_ANY = -(2**63)

DURATION = Form(
    "a duration",
    "write numbers with their units, as in `30s`, `1m30s` or `2h`",
    matching(rf"[-+]?(?:0|(?:{_DECIMAL}{_UNIT})+)"),
)
SIZE = Form(
    "a size",
    "write a number and its unit, as in `512m` or `1g`; without a unit, it is bytes",
    lambda value: not isinstance(value, str) or _SIZE.fullmatch(value) is not None,
)
WHOLE = Form("a whole number", "write a number, as in `3`", number_from(_ANY))
COUNT = Form("a whole number from 0", "write a number, as in `3`", number_from(0))
MODE = Form(
    "a file mode",
    "write octal digits, as in `0440`",
    lambda value: is_octal(value) or (isinstance(value, int) and 0 <= value <= 0o7777),
)
PERCENT = Form("a percentage", "write a number from 0 to 100", number_from(0, 100))
OOM_SCORE = Form("a score", "write a number from -1000 to 1000", number_from(-1000, 1000))
NUMBER = Form(
    "a number",
    "write a number, as in `0.5`",
    matching(rf"[-+]?{_DECIMAL}(?:[eE][-+]?[0-9])?"),
)
FLAG = Form(
    "`true` or `false`",
    "write `true` or `false`",
    matching(r"(?i:true|false|yes|no|on|off|y|n)"),
)
UNQUOTED = Form(
    "a number", "Compose wants a number without quotes here", lambda v: not isinstance(v, str)
)
RESTART = Form(
    "a restart policy",
    "write `no`, `always`, `unless-stopped`, `on-failure` or `on-failure:5`",
    matching(r"|no|always|unless-stopped|on-failure(?::[0-9]+)?"),
)
FIRST_OF_TEST = Form(
    "the beginning of a test",
    "as a list, it begins with `CMD`, `CMD-SHELL` or `NONE`; or write one text, which a shell runs",
    matching(r"CMD|CMD-SHELL|NONE"),
)
KEY_VALUE = Form("a name with its value", "write `name=value`", matching(r"[^=]+=.*"))
SETTING = Form(
    "a variable with its value",
    "write `NAME=value`, without blanks around `=`",
    matching(r"(?s:[^=\s]+(?:=.*)?)"),
)
SSH = Form("an SSH agent or key", "write `default`, or `name=path`", matching(r"default|[^=]+=.*"))
ALL_OR_COUNT = Form(
    "a number of devices",
    "write a number, or `all`",
    lambda value: value == "all" or number_from(_ANY)(value),
)
_PART = r"[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*"
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?"
IMAGE = Form(
    "the reference of an image",
    "write `name:tag`, as in `nginx:1.27` or `ghcr.io/owner/name:1`; the name is in small letters",
    matching(
        rf"(?:(?:{_LABEL}(?:\.{_LABEL})*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?/)?{_PART}(?:/{_PART})*"
        r"(?::\w[\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?"
    ),
)
"""Source: the grammar of github.com/distribution/reference, which the Docker Engine judges by."""
NOT_EMPTY = Form("a value", "say which one", matching(r"(?s:.+)"))


def _port_range(text: str, least: int) -> range | None:
    first, dash, last = text.partition("-")
    ends = [first, last if dash else first]
    if not all(re.fullmatch(r"[0-9]+", end) for end in ends):
        return None
    ports = range(int(ends[0]), int(ends[1]) + 1)
    return ports if ports and least <= ports[0] and ports[-1] <= 65535 else None


def is_address(text: str) -> bool:
    """Whether it is an IP address, without a zone."""
    try:
        return "%" not in text and bool(ipaddress.ip_address(text))
    except ValueError:
        return False


def _is_port(value: Scalar) -> bool:
    """Whether it is `[[IP:][HOST]:]CONTAINER[/PROTOCOL]`; both ports may be ranges."""
    if isinstance(value, bool | float):
        return False
    body, slash, protocol = str(value).partition("/")
    ahead, _, inside = body.rpartition(":")
    address, colon, host = ahead.rpartition(":")
    address = address[1:-1] if address.startswith("[") and address.endswith("]") else address
    if slash and protocol.lower() not in {"", "tcp", "udp", "sctp"}:
        return False
    if colon and address and not is_address(address):
        return False
    target, published = _port_range(inside, 1), _port_range(host, 0)
    if target is None or not host:
        return target is not None
    return published is not None and (len(target) in {1, len(published)})


PORT = Form(
    "a port to publish",
    "write `8080:80`, `127.0.0.1:8080:80` or `80`, with ports from 1 to 65535; two ranges are of "
    "one length",
    _is_port,
)
PORT_NUMBER = Form("a port", "write a number from 1 to 65535", number_from(1, 65535))
PUBLISHED = Form(
    "a port of the machine",
    "write `8080`, or a range as in `8080-8090`",
    lambda value: value == "" or _port_range(str(value), 0) is not None,
)
PROTOCOL = Form("a protocol", "write `tcp`, `udp` or `sctp`", matching(r"(?i:tcp|udp|sctp)"))
ADDRESS = Form(
    "an IP address",
    "write one of the machine's addresses, as in `127.0.0.1`",
    lambda value: is_address(str(value)),
)
EXPOSED = Form(
    "a port of the container",
    "write `8000`, `8000-8005` or `8000/udp`; `ports:` publishes on the machine",
    lambda v: not isinstance(v, float) and ":" not in str(v) and _is_port(v),
)
COMMAND = Form(
    "a command",
    "close what is opened; or write a list, `[program, argument, …]`, which needs no quotes",
    lambda value: not read_command(shown(str(value))).problem,
    lambda value: read_command(shown(str(value))).problem,
)


def is_octal(mode: Any) -> TypeGuard[str]:
    """Whether it is a file mode in octal digits: `0440`, `440`, `0o440`."""
    return isinstance(mode, str) and _OCTAL.fullmatch(mode) is not None


def bytes_of(size: Any) -> float | None:
    """The bytes of a size that fits its form; None for anything else."""
    if isinstance(size, int | float):
        return float(size)
    found = _SIZE.fullmatch(size) if isinstance(size, str) else None
    if found is None:
        return None
    power = _POWERS.index(found["unit"].lower()) + 1 if found["unit"] else 0
    return int(float(found["number"]) * 1024**power)
