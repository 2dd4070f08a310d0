"""A container stays a container: what makes one the master of its machine is a finding."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from archdoc.model import Model, Path, by_defaults
from archdoc.report import Severity
from archdoc.rules.base import Finding, Rule, containers

_SOCKETS = ("/var/run/docker.sock", "/run/docker.sock", "/run/containerd/containerd.sock")
_WHOLE_MACHINE = (
    "/", "/boot", "/dev", "/etc", "/proc", "/root", "/run", "/sys", "/var/lib/docker", "/var/run",
)  # fmt: skip
_TO_THE_TOP = {False: 3, True: 5}
"""So many `..` lead out of any project: to a folder of the machine, and to `/` itself."""
_KEYS_OF_ROOT = ("/.ssh", "/etc/shadow", "/etc/sudoers")
"""The ends of places that let somebody in."""
_WHOLE_DEVICES = re.compile(
    r"/dev/?|/dev/(?:mem|kmem|port|kcore)|/dev/(?:sd[a-z]+|vd[a-z]+|xvd[a-z]+|hd[a-z]+)\d*"
    r"|/dev/nvme\d+n\d+(?:p\d+)?|/dev/mmcblk\d+(?:p\d+)?|/dev/(?:dm-\d+|mapper/.+)"
)
"""The machine's memory and disks (Linux, "devices.txt")."""
_ANYBODY = {
    "POSTGRES_HOST_AUTH_METHOD": ({"trust"}, "lets everybody in who reaches it, as any user"),
    "MYSQL_ALLOW_EMPTY_PASSWORD": (None, "may have no password for root"),
    "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD": (None, "may have no password for root"),
    "ALLOW_EMPTY_PASSWORD": (None, "may have no password"),
}
"""Settings of official images → the values that open them, where not any does; what they mean."""
_POWERS = {
    "ALL": "all of root's powers",
    "BPF": "the power to run programs in the machine's kernel",
    "DAC_READ_SEARCH": "the power to read every file of the machine",
    "SYS_ADMIN": "nearly all of root's powers",
    "SYS_MODULE": "the power to change the machine's kernel",
    "SYS_PTRACE": "the power to look into other programs",
    "SYS_RAWIO": "the power to write to the machine's memory and disks",
}
_NAMESPACES = {
    "network_mode": "shares the machine's network: all of its ports, and whatever listens there",
    "pid": "sees the machine's processes, and can stop them",
    "ipc": "shares the machine's memory between processes",
    "userns_mode": "has the machine's own users: its root is the machine's root",
    "uts": "shares the machine's name",
    "cgroup": "sees the machine's control groups",
}

_ENGINE = "reaches the Docker engine: it can start what it wants, as root of the machine"
_JUST = "give it just the file, folder or device that it needs"


def _check(model: Model) -> Iterator[Finding]:
    for element, content in containers(model):
        for at, what, help_ in _open(by_defaults(model, content.service)):
            path: Path = (*element.path, "service", *at)
            yield Finding(path, f"`{element.id}` {what}", help=help_)
    for name, volume in model.volumes.items():
        opts = by_defaults(model, volume.options).get("driver_opts") or {}
        if {"bind", "rbind"} & {*str(opts.get("o", "")).split(",")}:
            at = ("volumes", name, "options", "driver_opts", "device")
            for what, help_ in _reached(str(opts.get("device", ""))):
                yield Finding(at, f"who mounts `{name}` {what}", help=help_)


def _open(service: dict[str, Any]) -> Iterator[tuple[Path, str, str]]:
    """Where a service is open as long as nobody sets its variables, what that means, what to do."""
    for path, said in _privileges(service):
        if _is_true(said):
            what = "is privileged: it can do to the machine whatever root can"
            yield path, what, "give it the powers that it needs with `cap_add`"
    if _is_true(service.get("use_api_socket")):
        yield ("use_api_socket",), _ENGINE, "let a proxy that allows single requests stand between"
    for number, power in enumerate(service.get("cap_add") or ()):
        name = str(power).upper().removeprefix("CAP_")
        if name in _POWERS:
            yield ("cap_add", number), f"is given {_POWERS[name]}", "name only those that it needs"
    for key, what in _NAMESPACES.items():
        if service.get(key) == "host":
            yield (key,), what, "leave it out; `ports:` publishes what others have to reach"
    yield from _options(service)
    yield from _mounts(service)
    yield from _devices(service)
    yield from _without_passwords(service)


def _options(service: dict[str, Any]) -> Iterator[tuple[Path, str, str]]:
    """What `security_opt` takes away of that which keeps a container in."""
    for number, said in enumerate(service.get("security_opt") or ()):
        option, _, value = str(said).replace("=", ":").partition(":")
        if value == "unconfined":
            what = f"runs without {option}, which keeps it from harming the machine"
            yield ("security_opt", number), what, "leave it out"
        elif option == "no-new-privileges" and value == "false":
            what = "runs programs that may gain powers which their parents lack"
            yield ("security_opt", number), what, "leave it out"


def _is_true(said: object) -> bool:
    return str(said).strip().lower() in {"true", "yes", "on", "y", "1"}


def _privileges(service: dict[str, Any]) -> Iterator[tuple[Path, Any]]:
    """Wherever a service, its build or one of its hooks can be privileged."""
    yield ("privileged",), service.get("privileged")
    if isinstance(build := service.get("build"), dict):
        yield ("build", "privileged"), build.get("privileged")
    for key in ("post_start", "pre_stop"):
        for number, hook in enumerate(service.get(key) or ()):
            yield (key, number, "privileged"), hook.get("privileged")


def _devices(service: dict[str, Any]) -> Iterator[tuple[Path, str, str]]:
    for number, device in enumerate(service.get("devices") or ()):
        source = device.get("source") if isinstance(device, dict) else device
        place = str(source).partition(":")[0]
        if _WHOLE_DEVICES.fullmatch(place):
            yield ("devices", number), f"reaches `{place}` of the machine", _JUST
    for number, rule in enumerate(service.get("device_cgroup_rules") or ()):
        kind, numbers, *_ = [*str(rule).split(), "", ""]
        if kind == "a" or numbers == "*:*":
            yield ("device_cgroup_rules", number), "reaches all devices of the machine", _JUST


def _without_passwords(service: dict[str, Any]) -> Iterator[tuple[Path, str, str]]:
    said = service.get("environment") or {}
    pairs = (
        [(name, name, value) for name, value in said.items()]
        if isinstance(said, dict)
        else [(number, *str(item).partition("=")[::2]) for number, item in enumerate(said)]
    )
    for key, name, value in pairs:
        values, what = _ANYBODY.get(name, (set(), ""))
        plain = str(value or "").strip().lower()
        if plain in values if values is not None else plain not in {"", "no", "false", "0"}:
            yield ("environment", key), what, "give it a password, with `{{ secret.its_name }}`"


def _mounts(service: dict[str, Any]) -> Iterator[tuple[Path, str, str]]:
    """What of the machine is mounted; a text without `:` is a volume without a name."""
    for number, volume in enumerate(service.get("volumes") or ()):
        source, colon, _ = str(volume).partition(":")
        if isinstance(volume, dict):
            source, colon = str(volume.get("source", "")), "yes"
        for what, help_ in _reached(source) if colon else ():
            yield ("volumes", number), what, help_


def _reached(source: str) -> Iterator[tuple[str, str]]:
    """What whoever has a place of the machine can do with it, and what to do."""
    place = re.sub("^//+", "/", posixpath.normpath(source)) if source else ""
    up = re.match(r"(?:\.\./|\.\.$)*", place)
    climbs = up[0].count("..") if up else 0
    if climbs:  # from wherever the compose file lies, which is seldom that deep
        place = f"/{place[3 * climbs :]}"
    if place in _SOCKETS:
        help_ = "let a proxy that allows single requests stand between, also where it is `:ro`"
        yield _ENGINE, help_
    elif place.endswith(_KEYS_OF_ROOT) or (
        place in _WHOLE_MACHINE and not 0 < climbs < _TO_THE_TOP[place == "/"]
    ):
        yield f"mounts `{place}` of the machine", _JUST


RULE = Rule(
    name="wide-open-service",
    code="A326",
    summary="A service may do to its machine whatever root may.",
    why="Who breaks into such a container has the machine, and all that runs beside it: it is "
    "privileged, has all powers, shares the machine's network or processes, or reaches the Docker "
    "engine, a disk or the memory. A database without a password is open, too.",
    example="agent: {service: {image: agent, privileged: true,\n"
    '                  volumes: ["/var/run/docker.sock:/var/run/docker.sock"]}}',
    fix="Give it just what it needs. Where it must be so, as for a tool that watches the machine, "
    "accept the finding with a comment that says why.",
    check=_check,
    severity=Severity.WARNING,
)
