"""One place in a container holds one thing."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from archdoc.model import Container, Element, Model, Path, mounted_at
from archdoc.rules.base import Finding, Rule, containers


def _check(model: Model) -> Iterator[Finding]:
    for element, content in containers(model):
        taken: dict[str, Path] = {}
        for path, place in _mounts(element, content):
            first = taken.setdefault(posixpath.normpath(place), path)
            if place and first != path:
                yield Finding(
                    path,
                    f"`{element.id}` mounts two things at `{place}`",
                    help="mount one of them elsewhere, or leave it out",
                    other=first,
                    other_message="the other one",
                )


def _mounts(element: Element, content: Container) -> Iterator[tuple[Path, str]]:
    service, path = content.service, (*element.path, "service")
    for number, volume in enumerate(service.get("volumes") or ()):
        yield (*path, "volumes", number), mounted_at(volume)
    said = service.get("tmpfs") or ()
    for number, place in enumerate([said] if isinstance(said, str) else said):
        at: Path = ("tmpfs",) if isinstance(said, str) else ("tmpfs", number)
        yield (*path, *at), place.partition(":")[0]
    for number, file in enumerate(content.files):
        yield (*element.path, "files", number, "to"), file.target


RULE = Rule(
    name="mounted-twice",
    code="A325",
    summary="A container mounts two things at one place.",
    why="Only one of them is seen there: the other is silently missing, or Docker refuses both.",
    example="web:\n  files:\n    - {template: a.conf.j2, to: /etc/app.conf}\n"
    "    - {template: b.conf.j2, to: /etc/app.conf}",
    fix="Mount one of them at another place.",
    check=_check,
)
