"""Files beside a compose file that Docker Compose reads, too, or in its place.

Source: compose-go 2.9.1, `DefaultFileNames` and `DefaultOverrideFileNames`: without `-f`,
`docker compose` reads the first of each that is there.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_MAINS = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
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


def _there(path: Path, names: Iterable[str]) -> list[Path]:
    return [file for file in map(path.with_name, names) if _exists(file)]


def _exists(path: Path) -> bool:
    with suppress(OSError, ValueError):
        return path.exists()
    return False
