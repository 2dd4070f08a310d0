"""Forms that Docker Compose lets pass, and at which the Docker Engine refuses to start a container.

By then, everything that starts before it is up. Source: what Docker Engine 20.10 to 28 answer.
"""

from __future__ import annotations

import re

from archdoc.model.compose.forms import Form, Scalar, matching, number_from

_SIGNALS = (
    "ABRT|ALRM|BUS|CHLD|CLD|CONT|FPE|HUP|ILL|INT|IO|IOT|KILL|PIPE|POLL|PROF|PWR|QUIT|SEGV|STKFLT|"
    r"STOP|SYS|TERM|TRAP|TSTP|TTIN|TTOU|URG|USR1|USR2|VTALRM|WINCH|XCPU|XFSZ|RTM(?:IN|AX)(?:[-+]\d+)?"
)
SIGNAL = Form(
    "a signal",
    "write its name or number, as in `SIGTERM` or `15`",
    matching(rf"(?i:(?:SIG)?(?:{_SIGNALS}))|[1-9][0-9]*"),
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
_BEGINS = r"/|\\|[A-Za-z]$"


def _is_mount(value: Scalar) -> bool:
    """Whether it is `PLACE`, or `SOURCE:PLACE` with options; sources may begin with a drive."""
    text = re.sub(r"^[A-Za-z]:(?=\\)", "", str(value))
    source, *more = text.split(":")
    return bool(source) and all(more) and re.match(_BEGINS, (more or [source])[0]) is not None


MOUNT = Form(
    "a mount",
    "write `./folder:/place`, `volume:/place` or `/place`, each with `:ro` if it is only read; the "
    "place in the container is a whole path",
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
