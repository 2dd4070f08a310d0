"""A service is told what it needs, and not all that the project's `.env` has."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from archdoc.model import Model, Path, by_defaults
from archdoc.report import Severity
from archdoc.rules.base import Finding, Rule, containers


def _check(model: Model) -> Iterator[Finding]:
    for element, content in containers(model):
        for at, place in _files(by_defaults(model, content.service)):
            if posixpath.normpath(place) == ".env":
                yield Finding(
                    (*element.path, "service", *at),
                    f"`{element.id}` is given `.env`, and so every secret of the project",
                    help="name what it needs: `environment: {DB_PASSWORD: "
                    '"{{ secret.db_password }}"}`, or `environment: [LOG_LEVEL]`, which passes it '
                    "on; or give it a file of its own, as in `env_file: [web.env]`",
                )


def _files(service: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Files beside the compose file that a service is told, or mounts: where, and which."""
    said = service.get("env_file")
    if isinstance(said, str):
        yield ("env_file",), said
    for number, entry in enumerate(said if isinstance(said, list) else ()):
        at: Path = ("env_file", number)
        if isinstance(entry, dict):
            yield (*at, "path"), str(entry.get("path", ""))
        else:
            yield at, str(entry)
    for number, mount in enumerate(service.get("volumes") or ()):
        source = mount.get("source", "") if isinstance(mount, dict) else mount
        yield ("volumes", number), str(source).partition(":")[0]


RULE = Rule(
    name="shared-env-file",
    code="A335",
    summary="A service is given the project's own `.env`.",
    why="Docker Compose reads that file for all services: every password and key is in it. Who "
    "breaks into one container has those of all others, too.",
    example="web: {service: {build: ., env_file: [.env]}}",
    fix="Name under `environment:` what the service needs, or give it a file of its own.",
    check=_check,
    severity=Severity.WARNING,
)
