"""Files beside a compose file that Docker Compose reads, too, or in its place.

Source: compose-go 2.9.1, `DefaultFileNames` and `DefaultOverrideFileNames`: without `-f`,
`docker compose` reads the first of each that is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from os.path import realpath
from pathlib import Path, PurePath

from archdoc.pipeline.untrusted import read_whole, shown
from archdoc.report import Diagnostic, Severity

_MAINS = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
_COMPOSE_FILE = re.compile(r"\s*(?:export\s+)?COMPOSE_FILE\s*[=:]\s*[\"']?([^\"'\s#]+)")
_OVERRIDES = (
    *("compose.override.yml", "compose.override.yaml"),
    *("docker-compose.override.yml", "docker-compose.override.yaml"),
)


def overrides_beside(path: Path) -> list[Path]:
    """The files that change what a compose file says; Compose merges the first one into it.

    One of a name that Compose does not look for is read with `-f` only, and then alone.
    """
    return _there(path, _OVERRIDES) if path.name in _MAINS else []


def mains_beside(path: Path) -> list[Path]:
    """The compose files beside one, itself among them, of which Compose reads the first."""
    return _there(path, _MAINS) if path.name in _MAINS else []


def is_main(path: str) -> bool:
    """Whether a file of the output folder is a project's compose file."""
    return path.startswith("compose/") and path.endswith("/compose.yaml")


def read_instead(main: Path, severity: Severity = Severity.ERROR) -> Iterator[Diagnostic]:
    """What else Docker Compose reads where a compose file lies, or should lie."""
    for first in mains_beside(main)[:1]:
        if realpath(first) != realpath(main):
            yield _told(first, f"reads it in place of {shown(main)}", severity)
    for override in overrides_beside(main)[:1]:
        yield _told(override, f"merges it into {shown(main)}", severity)
    if others := _named_in(main.with_name(".env"), main.name):
        what = f"reads {others} in place of {shown(main)}: it sets COMPOSE_FILE"
        yield _told(main.with_name(".env"), what, severity, "take COMPOSE_FILE out of it")


def _named_in(env: Path, main: str) -> str:
    """What a `.env` names in place of a compose file, as Compose's environment variables can.

    https://docs.docker.com/compose/how-tos/environment-variables/envvars/#compose_file
    """
    with suppress(OSError, ValueError):
        for line in read_whole(env).decode("utf-8", "replace").splitlines():
            found = _COMPOSE_FILE.match(line)
            if found and PurePath(found[1]) != PurePath(main):
                return found[1]
    return ""


def _told(other: Path, what: str, severity: Severity, help_: str = "") -> Diagnostic:
    name = shown(other)
    return Diagnostic(
        "foreign-output",
        f"{name} was not made by archdoc, and `docker compose` {what}",
        severity=severity,
        subject=name,
        file=name,
        help=help_
        or "say it in the model, and remove the file; under another name, only `-f` reads it",
    )


def _there(path: Path, names: Iterable[str]) -> list[Path]:
    return [file for file in map(path.with_name, names) if _exists(file)]


def _exists(path: Path) -> bool:
    with suppress(OSError, ValueError):
        return path.exists()
    return False
