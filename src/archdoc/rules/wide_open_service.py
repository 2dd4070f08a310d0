"""A container stays a container: what makes one the master of its machine is a finding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archdoc.model import Model, Path
from archdoc.report import Severity
from archdoc.rules.base import Finding, Rule, containers

_SOCKETS = ("/var/run/docker.sock", "/run/docker.sock", "/run/containerd/containerd.sock")
_WHOLE_MACHINE = ("/", "/etc", "/proc", "/root", "/sys", "/var/lib/docker", "/var/run", "/run")
_POWERS = {
    "ALL": "all of root's powers",
    "SYS_ADMIN": "nearly all of root's powers",
    "SYS_MODULE": "the power to change the machine's kernel",
    "SYS_PTRACE": "the power to look into other programs",
}
_NAMESPACES = {
    "network_mode": "shares the machine's network: all of its ports, and whatever listens there",
    "pid": "sees the machine's processes, and can stop them",
    "ipc": "shares the machine's memory between processes",
    "userns_mode": "has the machine's own users: its root is the machine's root",
    "uts": "shares the machine's name",
    "cgroup": "sees the machine's control groups",
}


def _check(model: Model) -> Iterator[Finding]:
    for element, content in containers(model):
        for at, what, help_ in _open(content.service):
            path: Path = (*element.path, "service", *at)
            yield Finding(path, f"`{element.id}` {what}", help=help_)


def _open(service: dict[str, Any]) -> Iterator[tuple[Path, str, str]]:
    """Where a service is open, what that means, and what to do."""
    if str(service.get("privileged", "")).lower() in {"true", "yes", "on", "y"}:
        what = "is privileged: it can do to the machine whatever root can"
        yield ("privileged",), what, "give it the powers that it needs with `cap_add`"
    for number, power in enumerate(service.get("cap_add") or ()):
        name = str(power).upper().removeprefix("CAP_")
        if name in _POWERS:
            yield ("cap_add", number), f"is given {_POWERS[name]}", "name only those that it needs"
    for key, what in _NAMESPACES.items():
        if service.get(key) == "host":
            yield (key,), what, "leave it out; `ports:` publishes what others have to reach"
    for number, said in enumerate(service.get("security_opt") or ()):
        option, _, value = str(said).replace("=", ":").partition(":")
        if value == "unconfined":
            what = f"runs without {option}, which keeps it from harming the machine"
            yield ("security_opt", number), what, "leave it out"
    yield from _mounts(service)


def _mounts(service: dict[str, Any]) -> Iterator[tuple[Path, str, str]]:
    """What of the machine is mounted; a text without `:` is a volume without a name."""
    for number, volume in enumerate(service.get("volumes") or ()):
        source, colon, _ = str(volume).partition(":")
        if isinstance(volume, dict):
            source, colon = str(volume.get("source", "")), "yes"
        place = source.rstrip("/") or source
        if colon and place in _SOCKETS:
            what = "reaches the Docker engine: it can start what it wants, as root of the machine"
            help_ = "let a proxy that allows single requests stand between, also where it is `:ro`"
            yield ("volumes", number), what, help_
        elif colon and place in _WHOLE_MACHINE:
            what = f"mounts `{place}` of the machine"
            yield ("volumes", number), what, "mount just the folder that it needs"


RULE = Rule(
    name="wide-open-service",
    code="A326",
    summary="A service may do to its machine whatever root may.",
    why="Who breaks into such a container has the machine, and all that runs beside it: it is "
    "privileged, has all powers, shares the machine's network or processes, or reaches the Docker "
    "engine.",
    example="agent: {service: {image: agent, privileged: true,\n"
    '                  volumes: ["/var/run/docker.sock:/var/run/docker.sock"]}}',
    fix="Give it just what it needs. Where it must be so, as for a tool that watches the machine, "
    "accept the finding with a comment that says why.",
    check=_check,
    severity=Severity.WARNING,
)
