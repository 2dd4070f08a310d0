"""What keys of one service say together that Docker Compose lets pass, and the Engine refuses.

Source: daemon/ and runconfig/ of github.com/moby/moby, 20.10 to 28.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from archdoc.model.base import Mistake
from archdoc.model.compose.engine_forms import LIMITS
from archdoc.model.compose.engine_kernel import refused_by_kernel
from archdoc.model.compose.forms import number_from
from archdoc.model.compose.interpolation import is_filled_in
from archdoc.model.compose.values import amount, at, is_known, known_amount
from archdoc.report import did_you_mean

_LEAST_MEMORY = 6 * 1024 * 1024
_OF_A_NETWORK = ("ports", "expose", "hostname", "dns", "extra_hosts", "mac_address")
_JSON_FILE = frozenset(
    {"compress", "env", "env-regex", "labels", "labels-regex", "max-buffer-size", "max-file",
     "max-size", "mode", "tag"}
)  # fmt: skip
"""The options of the log driver `json-file`, which is the usual one."""


_SENT_TO = {
    "syslog": ("(?:udp|tcp|tcp\\+tls|unix|unixgram)://.+|", "`udp://host:514` or `unix:///path`"),
    "gelf": ("(?:udp|tcp)://.+:[0-9]+", "`udp://host:12201`"),
    "fluentd": ("(?:(?:tcp|tls|unix)://.+)?|(?!.*://).+", "`host:24224` or `unix:///path`"),
}
"""Log drivers → what `<driver>-address` looks like, and examples."""


def refused_by_engine(service: dict[str, Any]) -> Iterator[Mistake]:
    """Everything that the Engine would not start a container with."""
    yield from _memory(service)
    yield from _ulimits(service)
    yield from _network(service)
    yield from _processors(service)
    yield from _logs(service)
    yield from _sent_logs(service)
    yield from _attempts(service)
    yield from refused_by_kernel(service)


def _memory(service: dict[str, Any]) -> Iterator[Mistake]:
    planned = ("deploy", "resources")
    limits = [("mem_limit",), (*planned, "limits", "memory")]
    reserved = [("mem_reservation",), (*planned, "reservations", "memory")]
    for place in (*limits, *reserved):
        if 0 < (known_amount(at(service, *place)) or 0) < _LEAST_MEMORY:
            said = f"`{place[-1]}` is {at(service, *place)}, and Docker wants 6m or more"
            yield Mistake(said, "raise it", place)
    for place in limits:
        most = known_amount(at(service, *place)) or 0
        for other in reserved:
            if 0 < most < (known_amount(at(service, *other)) or 0):
                said = _more(service, other, place)
                yield Mistake(said, "reserve less, or allow more", other)
    with_swap = known_amount(service.get("memswap_limit")) or 0
    for place in (*limits, *reserved):
        if 0 < with_swap < (known_amount(at(service, *place)) or 0):
            said = _more(service, place, ("memswap_limit",))
            help_ = "`memswap_limit` is memory and swap together: raise it"
            yield Mistake(said, help_, ("memswap_limit",))


def _more(service: dict[str, Any], place: tuple[str, ...], other: tuple[str, ...]) -> str:
    return (
        f"`{'.'.join(place)}` is {at(service, *place)}, which is more than `{'.'.join(other)}`, "
        f"{at(service, *other)}"
    )


def _ulimits(service: dict[str, Any]) -> Iterator[Mistake]:
    ulimits = service.get("ulimits")
    for name, limit in ulimits.items() if isinstance(ulimits, dict) else ():
        place = ("ulimits", name)
        if name not in LIMITS and not str(name).startswith("x-"):
            said = f"there is no limit `{name}`"
            help_ = did_you_mean(str(name), LIMITS) or f"limits: {', '.join(sorted(LIMITS))}"
            yield Mistake(said, help_, place, on_key=True)
        soft, hard = (at(limit, key) for key in ("soft", "hard"))
        known = is_known(soft) and is_known(hard) and re.fullmatch(r"\d+ \d+", f"{soft} {hard}")
        if known and int(soft) > int(hard):
            said = f"the soft limit, {soft}, is above the hard one, {hard}"
            yield Mistake(said, "`soft` is at most `hard`", (*place, "soft"))


def _network(service: dict[str, Any]) -> Iterator[Mistake]:
    """What belongs to the one whose network a service shares."""
    mode = str(service.get("network_mode", ""))
    kind, _, name = mode.partition(":")
    if kind in {"service", "container"} and name and not is_filled_in(mode):
        for key in _OF_A_NETWORK:
            if service.get(key):
                said = f"`{key}` is that of `{name}` where `network_mode` is `{mode}`"
                yield Mistake(said, f"say it of `{name}`, whose network it is", (key,), on_key=True)
    elif mode == "host" and service.get("ports"):
        said = "`ports` publishes nothing where `network_mode` is `host`"
        help_ = "leave one of them out: all of its ports are the machine's already"
        yield Mistake(said, help_, ("ports",), on_key=True)
    if mode == "host" and service.get("mac_address"):
        said = "`mac_address` is the machine's where `network_mode` is `host`"
        yield Mistake(said, "leave it out", ("mac_address",), on_key=True)
    if service.get("uts") == "host" and service.get("hostname"):
        said = "`hostname` is the machine's where `uts` is `host`"
        yield Mistake(said, "keep one of them", ("hostname",), on_key=True)


def _processors(service: dict[str, Any]) -> Iterator[Mistake]:
    for key in ("cpu_period", "cpu_quota"):
        share, other = (known_amount(service.get(name)) or 0 for name in ("cpus", key))
        if share > 0 and other > 0:
            said = f"`{key}` and `cpus` say the same, and exclude each other"
            yield Mistake(said, "keep `cpus`", (key,), on_key=True)


def _logs(service: dict[str, Any]) -> Iterator[Mistake]:
    options = at(service, "logging", "options")
    if at(service, "logging", "driver") not in {None, "json-file"}:
        return
    for name, value in options.items() if isinstance(options, dict) else ():
        place = ("logging", "options", name)
        if name not in _JSON_FILE and not name.startswith("cache-"):
            known = ", ".join(sorted(_JSON_FILE))
            help_ = did_you_mean(name, _JSON_FILE) or f"options: {known}"
            yield Mistake(f"`json-file` has no option `{name}`", help_, place, on_key=True)
        elif not is_known(value):
            continue
        elif name == "max-size" and not (amount(value) or 0) > 0:
            yield Mistake(f"`max-size` is {value}, and has to be a size", "write `10m`", place)
        elif name == "mode" and value not in {"blocking", "non-blocking"}:
            help_ = "write `blocking` or `non-blocking`"
            yield Mistake(f"`mode` is {value}, which logs do not know", help_, place)
        elif name == "max-file" and not number_from(1)(value):
            said = f"`max-file` is {value}, and has to be 1 or more"
            yield Mistake(said, "write how many files are kept", place)


def _sent_logs(service: dict[str, Any]) -> Iterator[Mistake]:
    driver = str(at(service, "logging", "driver"))
    place = ("logging", "options", f"{driver}-address")
    address = at(service, *place)
    form, examples = _SENT_TO.get(driver, (".*", ""))
    if isinstance(address, str) and is_known(address) and not re.fullmatch(form, address):
        said = f"`{place[-1]}` is {address}, to which `{driver}` cannot send"
        yield Mistake(said, f"write how it is sent, too, as in {examples}", place)


def _attempts(service: dict[str, Any]) -> Iterator[Mistake]:
    policy = ("deploy", "restart_policy")
    when, most = (at(service, *policy, key) for key in ("condition", "max_attempts"))
    if when in {"any", "none"} and (known_amount(most) or 0) > 0:
        said = f"`max_attempts` is {most}, and Docker counts with `condition: on-failure` only"
        place = (*policy, "max_attempts")
        yield Mistake(said, "leave it out, or write `condition: on-failure`", place)
