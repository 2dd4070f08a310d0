"""Forms that Docker Compose lets pass, and at which the Docker Engine refuses to start a container.

By then, everything that starts before it is up. Source: what Docker Engine 20.10 to 28 answer.
"""

from __future__ import annotations

import ipaddress
import posixpath
import re

from archdoc.model.compose.forms import (
    DURATION,
    NUMBER,
    Form,
    Scalar,
    is_address,
    matching,
    number_from,
)

_SIGNALS = (
    "ABRT|ALRM|BUS|CHLD|CLD|CONT|FPE|HUP|ILL|INT|IO|IOT|KILL|PIPE|POLL|PROF|PWR|QUIT|SEGV|STKFLT|"
    r"STOP|SYS|TERM|TRAP|TSTP|TTIN|TTOU|URG|USR1|USR2|VTALRM|WINCH|XCPU|XFSZ|RTM(?:IN|AX)(?:[-+]\d+)?"
)
SIGNAL = Form(
    "a signal",
    "write its name or number, as in `SIGTERM` or `15`",
    matching(rf"(?i:(?:SIG)?(?:{_SIGNALS}))|[1-9][0-9]*|"),
)
"""Source: the names in github.com/moby/sys/signal for Linux."""

_CAPABILITIES = (
    "AUDIT_CONTROL|AUDIT_READ|AUDIT_WRITE|BLOCK_SUSPEND|BPF|CHECKPOINT_RESTORE|CHOWN|DAC_OVERRIDE|"
    "DAC_READ_SEARCH|FOWNER|FSETID|IPC_LOCK|IPC_OWNER|KILL|LEASE|LINUX_IMMUTABLE|MAC_ADMIN|"
    "MAC_OVERRIDE|MKNOD|NET_ADMIN|NET_BIND_SERVICE|NET_BROADCAST|NET_RAW|PERFMON|SETFCAP|SETGID|"
    "SETPCAP|SETUID|SYSLOG|SYS_ADMIN|SYS_BOOT|SYS_CHROOT|SYS_MODULE|SYS_NICE|SYS_PACCT|SYS_PTRACE|"
    "SYS_RAWIO|SYS_RESOURCE|SYS_TIME|SYS_TTY_CONFIG|WAKE_ALARM"
)
CAPABILITY = Form(
    "a capability",
    "write one of capabilities(7), as in `NET_BIND_SERVICE`, or `ALL`",
    matching(rf"(?i:ALL|(?:CAP_)?(?:{_CAPABILITIES}))"),
)
LIMITS = frozenset(
    {"as", "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile",
     "nproc", "rss", "rtprio", "rttime", "sigpending", "stack"}
)  # fmt: skip
"""What `ulimits` may name. Source: github.com/docker/go-units, and getrlimit(2)."""

PLACE = Form(
    "a place in the container",
    "write the whole path, from `/`",
    matching(r"(?s:/.*|[A-Za-z]:[\\/].*)"),
)
WORKING_DIR = Form(
    PLACE.name, f"{PLACE.help}; nothing means the image's", lambda v: v == "" or PLACE.fits(v)
)
MOUNTED_AT = Form(
    "a place in the container",
    "write the whole path, from `/`; `/` itself is the image's",
    lambda value: PLACE.fits(value) and not _is_root(str(value)),
)
_BEGINS = r"/|\\|[A-Za-z]$"


def _is_root(place: str) -> bool:
    return place.startswith("/") and posixpath.normpath(place).strip("/") == ""


def _is_mount(value: Scalar) -> bool:
    """Whether it is `PLACE`, or `SOURCE:PLACE` with options; sources may begin with a drive."""
    text = re.sub(r"^[A-Za-z]:(?=\\)", "", str(value))
    source, *more = text.split(":")
    place = (more or [source])[0]
    return bool(source) and all(more) and bool(re.match(_BEGINS, place)) and not _is_root(place)


MOUNT = Form(
    "a mount",
    "write `./folder:/place`, `volume:/place` or `/place`, each with `:ro` if it is only read; the "
    "place in the container is a whole path, and not `/`",
    _is_mount,
)
SWAPPINESS = Form("a percentage", "write a number from 0 to 100", number_from(-1, 100))
MAC_ADDRESS = Form(
    "a MAC address",
    "write six pairs of digits, as in `02:42:ac:11:00:02`",
    matching(r"(?:[0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}|"),
)
WHEN = Form(
    "when to start again", "write `none`, `on-failure` or `any`", matching("none|on-failure|any|")
)

_UNITS = {"ns": 1e-6, "us": 1e-3, "µs": 1e-3, "μs": 1e-3, "ms": 1, "s": 1e3, "m": 6e4, "h": 3.6e6,
          "d": 8.64e7, "w": 6.048e8}  # fmt: skip
"""Of durations, in milliseconds."""


def _milliseconds(duration: str) -> float:
    parts = re.findall(r"([\d.]+)([a-zµμ]+)", duration)
    total = sum(float(number) * _UNITS[unit] for number, unit in parts)
    return -total if duration.startswith("-") else total


def _why_no_interval(value: Scalar) -> str:
    text = str(value)
    length = _milliseconds(text) if DURATION.fits(text) else 1
    return "" if length == 0 or length >= 1 else "it is less than 1ms"


INTERVAL = Form(
    DURATION.name,
    f"{DURATION.help}; `0s` is the usual one",
    lambda value: DURATION.fits(value) and not _why_no_interval(value),
    _why_no_interval,
)
"""Of a health check."""

_GATEWAY = "host-gateway"


def _is_host_address(value: Scalar) -> bool:
    text = str(value)
    bracketed = text.startswith("[") and text.endswith("]")
    return text == _GATEWAY or is_address(text[1:-1] if bracketed else text)


def _is_host(value: Scalar) -> bool:
    found = re.fullmatch(r"[^=:]+(?:=(?P<one>.*)|:(?P<other>[^=]*))", str(value))
    addresses = found["one"] or found["other"] or "" if found else ""
    return all(_is_host_address(address) for address in addresses.split(","))


HOST = Form(
    "a host with its address",
    f"write `name=address`, as in `db=10.0.0.5` or `host.docker.internal={_GATEWAY}`",
    _is_host,
)
HOST_ADDRESS = Form(
    "the address of a host",
    f"write an IP address, or `{_GATEWAY}`: that of the machine",
    _is_host_address,
)
IPV4 = Form(
    "an IPv4 address",
    "write four numbers, as in `10.0.0.5`",
    lambda value: is_address(str(value)) and ":" not in str(value),
)
IPV6 = Form(
    "an IPv6 address",
    "write one as in `fd00::5`",
    lambda value: is_address(str(value)) and ":" in str(value),
)


def _is_network(value: Scalar) -> bool:
    try:
        ipaddress.ip_network(str(value), strict=False)
    except ValueError:
        return False
    return "/" in str(value)


SUBNET = Form("a range of addresses", "write it with its size, as in `10.0.0.0/24`", _is_network)


def _is_set(value: Scalar) -> bool:
    """Whether it is a list of numbers and ranges: `0-3`, `0,1`."""
    for part in str(value).split(",") if value != "" else ():
        first, dash, last = part.partition("-")
        if not re.fullmatch(r"\d+", first, re.ASCII):
            return False
        if dash and not (re.fullmatch(r"\d+", last, re.ASCII) and int(first) <= int(last)):
            return False
    return True


CPU_SET = Form("a set of processors", "write their numbers, as in `0-3` or `0,2`", _is_set)

_FLAGS = frozenset(
    """
    async atime bind defaults dev diratime dirsync exec mand noatime nodev nodiratime noexec nomand
    norelatime nostrictatime nosuid private rbind relatime remount ro rprivate rshared rslave
    runbindable rw shared slave strictatime suid sync unbindable
    """.split()  # noqa: SIM905 - these words read better without quotes
)
_SETTINGS = frozenset({"size", "mode", "uid", "gid", "nr_inodes", "nr_blocks", "mpol"})
"""Of a tmpfs. Source: github.com/moby/sys/mount."""


def _is_tmpfs(value: Scalar) -> bool:
    place, _, options = str(value).partition(":")
    said = [option.partition("=") for option in options.split(",") if option]
    is_known = all(name in (_SETTINGS if equals else _FLAGS) for name, equals, _ in said)
    return is_known and MOUNTED_AT.fits(place)


TMPFS = Form(
    MOUNTED_AT.name,
    f"{MOUNTED_AT.help}; options follow it, as in `/run:size=64m,mode=1777`",
    _is_tmpfs,
)
_BOOL = "(?:1|t|T|true|TRUE|True|0|f|F|false|FALSE|False)"
SECURITY_OPTION = Form(
    "a security option",
    "write `no-new-privileges:true`, or `apparmor`, `label` or `seccomp` with its value, as in "
    "`apparmor:profile`",
    matching(
        rf"disable|(?:no-new-privileges|writable-cgroups)(?:[=:]{_BOOL})?|systempaths=unconfined"
        r"|(?s:(?:apparmor|label|seccomp)[=:].+)"
    ),
)
IPC = Form(
    "a way to share memory",
    "write `private`, `shareable`, `host`, `none` or `service:NAME`",
    matching("|none|private|shareable|host|(?:container|service):.+"),
)
DEVICE_RULE = Form(
    "a rule for devices",
    "write kind, numbers and rights, as in `c 1:3 rwm`",
    matching(r"[abc] (?:[0-9]+|\*):(?:[0-9]+|\*) [rwm]{1,3}"),
)
NAME_SERVER = Form(
    "the address of a name server",
    "write an IP address, as in `1.1.1.1`",
    lambda value: is_address(str(value).partition("%")[0]),
)
HOST_NAME = Form(
    "a host name", "Linux has room for 64 characters", lambda value: len(str(value)) <= 64
)


def _is_user(value: Scalar) -> bool:
    parts = str(value).split(":")
    numbers = [int(part) for part in parts if re.fullmatch(r"-?[0-9]+", part, re.ASCII)]
    return len(parts) <= 2 and all(0 <= number < 2**31 for number in numbers)


USER = Form("a user", "write a name or number, and a group after it: `app`, `1000:1000`", _is_user)


def _is_share(value: Scalar) -> bool:
    if not NUMBER.fits(value):
        return False
    return float(value) == 0 or float(value) >= 0.01


CPUS = Form(NUMBER.name, f"{NUMBER.help}; the least is 0.01", _is_share)
SHARES = Form(
    "a share of the processors",
    "write a number from 2 to 262144, where 1024 is the usual one; 0 means that, too",
    lambda value: str(value) == "0" or number_from(2, 262_144)(value),
)
PERIOD = Form(
    "a time in microseconds",
    "write 1000 to 1000000, a millisecond to a second",
    lambda value: str(value) == "0" or number_from(1000, 1_000_000)(value),
)
QUOTA = Form(
    "a time in microseconds",
    "write 1000 or more, which is a millisecond; -1 is no limit",
    lambda value: str(value) in {"-1", "0"} or number_from(1000)(value),
)
