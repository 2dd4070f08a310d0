"""What runc refuses to set or to mount in a container, after all that starts before it is up.

Source: libcontainer/configs/validate and libcontainer/rootfs_linux.go of
github.com/opencontainers/runc.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from archdoc.model.base import Mistake
from archdoc.model.compose.interpolation import is_filled_in
from archdoc.model.compose.keys import mounted_at

_OF_MEMORY = frozenset(
    {"kernel.msgmax", "kernel.msgmnb", "kernel.msgmni", "kernel.sem", "kernel.shmall",
     "kernel.shmmax", "kernel.shmmni", "kernel.shm_rmid_forced"}
)  # fmt: skip
"""What each namespace of `ipc` has for itself."""
_FILES = frozenset(
    {"/proc/cpuinfo", "/proc/diskstats", "/proc/loadavg", "/proc/meminfo", "/proc/slabinfo",
     "/proc/stat", "/proc/swaps", "/proc/uptime", "/proc/net/dev",
     "/proc/sys/crypto/fips_enabled", "/proc/sys/kernel/ns_last_pid"}
)  # fmt: skip
"""What may be mounted over, as LXCFS does."""


def refused_by_kernel(service: dict[str, Any]) -> Iterator[Mistake]:
    """Settings of the machine's kernel, and mounts over what shows it."""
    yield from _settings(service)
    yield from _mounts(service)
    if service.get("uts") == "host" and service.get("domainname"):
        said = "`domainname` is the machine's where `uts` is `host`"
        yield Mistake(said, "keep one of them", ("domainname",), on_key=True)


def _settings(service: dict[str, Any]) -> Iterator[Mistake]:
    said = service.get("sysctls")
    named: list[tuple[str, str | int]]
    if isinstance(said, dict):
        named = [(str(name), str(name)) for name in said]
    else:
        entries = said if isinstance(said, list) else ()
        named = [(str(entry).partition("=")[0], number) for number, entry in enumerate(entries)]
    for name, at in named:
        if not is_filled_in(name) and (why := _why_not(name.replace("/", "."), service)):
            message, help_ = why
            yield Mistake(message, help_, ("sysctls", at), on_key=isinstance(at, str))


def _why_not(name: str, service: dict[str, Any]) -> tuple[str, str] | None:
    """Why a setting of the kernel is no container's, and what to do."""
    namespaces = {
        "network_mode": name.startswith("net."),
        "ipc": name in _OF_MEMORY or name.startswith("fs.mqueue."),
        "uts": name == "kernel.domainname",
    }
    for key, is_of_it in namespaces.items():
        if is_of_it and service.get(key) == "host":
            return f"`{name}` is the machine's where `{key}` is `host`", "keep one of them"
        if is_of_it:
            return None
    if name == "kernel.hostname":
        return f"`{name}` is said by `hostname`", "write `hostname: …`"
    help_ = (
        "set it on the machine; a container has `net.…`, `fs.mqueue.…`, `kernel.shm…`, "
        "`kernel.msg…` and `kernel.sem` of its own"
    )
    return f"`{name}` is the whole machine's: no container has one of its own", help_


def _mounts(service: dict[str, Any]) -> Iterator[Mistake]:
    places: list[tuple[tuple[str | int, ...], str]] = []
    volumes, tmpfs = service.get("volumes"), service.get("tmpfs")
    for number, volume in enumerate(volumes if isinstance(volumes, list) else ()):
        if not _is_of_machine(volume):
            places.append((("volumes", number), mounted_at(volume)))
    if isinstance(tmpfs, str):
        places.append((("tmpfs",), tmpfs.partition(":")[0]))
    for number, place in enumerate(tmpfs if isinstance(tmpfs, list) else ()):
        places.append((("tmpfs", number), str(place).partition(":")[0]))
    for at, place in places:
        plain = posixpath.normpath(place)
        if (plain == "/proc" or plain.startswith("/proc/")) and plain not in _FILES:
            said = f"nothing can be mounted at `{place}`, where the kernel shows its processes"
            yield Mistake(said, "mount it elsewhere", at)


def _is_of_machine(volume: Any) -> bool:
    """Whether it mounts the machine's own `/proc`, which may stand there."""
    if isinstance(volume, dict):
        source, target = str(volume.get("source", "")), str(volume.get("target", ""))
    else:
        source, _, rest = str(volume).partition(":")
        target = rest.partition(":")[0]
    return {posixpath.normpath(source), posixpath.normpath(target)} == {"/proc"}
