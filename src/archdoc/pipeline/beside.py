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


def chosen_beside(main: Path) -> str | None:
    """What a `.env` there sets COMPOSE_FILE to, which Docker Compose then reads, and nothing else.

    Empty where it is the compose file itself; None where it is not set, or that is read with `-f`.
    https://docs.docker.com/compose/how-tos/environment-variables/envvars/#compose_file
    """
    chosen = None
    with suppress(OSError, ValueError):
        text = read_whole(main.with_name(".env")).decode("utf-8-sig", "replace")
        for line in text.splitlines() if main.name in _MAINS else ():
            if found := _COMPOSE_FILE.match(line):
                chosen = found[1]
    return "" if chosen and PurePath(chosen) == PurePath(main.name) else chosen


def read_instead(main: Path, severity: Severity = Severity.ERROR) -> Iterator[Diagnostic]:
    """What else Docker Compose reads where a compose file lies, or should lie."""
    chosen = chosen_beside(main)
    if chosen:
        what = f"reads {chosen} in place of {shown(main)}: it sets COMPOSE_FILE"
        yield _told(main.with_name(".env"), what, severity, "take COMPOSE_FILE out of it")
    if chosen is not None:
        return
    for first in mains_beside(main)[:1]:
        if realpath(first) != realpath(main):
            yield _told(first, f"reads it in place of {shown(main)}", severity)
    for override in overrides_beside(main)[:1]:
        yield _told(override, f"merges it into {shown(main)}", severity)


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
