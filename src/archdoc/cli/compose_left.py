"""What a compose file leaves behind when another one is written over it: Docker keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from archdoc.cli.compose_kept import kept_at, mains, warn
from archdoc.model import up_command
from archdoc.outputs.compose import Made


@dataclass(frozen=True, slots=True)
class Left:
    """What the new compose file at a path has no more."""

    main: Path
    volumes: Mapping[str, str]
    """What Docker calls each → what the kept file does."""
    services: tuple[str, ...]
    files: tuple[Path, ...]
    """What it mounted of ours, and is there still."""


def left_behind(output: Path, files: Mapping[str, bytes]) -> list[Left]:
    """What the compose files that are there have, and those that are to be written have not."""
    found = []
    for path, new in mains(files):
        main = output / path
        if kept := kept_at(main):
            still = new.volumes_of(kept.name)  # of a new name of the project, others tell
            gone = {k: v for k, v in kept.volumes_of(kept.name).items() if k not in still}
            stopped = sorted(kept.services - new.services) if kept.name == new.name else []
            found.append(Left(main, gone, tuple(stopped), left_files(main, kept, new)))
    return found


def left_files(main: Path, kept: Made, new: Made) -> tuple[Path, ...]:
    """Files that archdoc wrote beside a compose file, and that the new one does not mount."""
    there = (main.parent / path for path in sorted(kept.files - new.files) if ".." not in path)
    return tuple(path for path in there if path.is_file())


def warn_of_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Say which files there the compose files that are to be written do not mount any more."""
    for path, new in mains(files):
        if kept := kept_at(folder / path):
            _warn_of_files(folder / path, left_files(folder / path, kept, new))


def _warn_of_files(main: Path, files: Iterable[Path]) -> None:
    if names := ", ".join(map(str, files)):
        warn(f"{names}: {main} does not mount it any more", "remove it, or keep it as your own")


def warn_of_left(found: Iterable[Left]) -> None:
    """Say what becomes of it, and how to keep it or take it away."""
    for left in found:
        if left.services:
            names = ", ".join(f"`{name}`" for name in left.services)
            several = len(left.services) > 1
            warn(
                f"{left.main}: it has no service{'s' if several else ''} {names} any more: "
                f"{'their' if several else 'its'} containers run on, and start with the machine",
                f"take them away: `{up_command(str(left.main))}`",
            )
        _warn_of_files(left.main, left.files)
        for known, name in left.volumes.items():
            warn(
                f"{left.main}: it has no volume `{name}` any more: what is in it stays in "
                f"`{known}`, and nothing mounts that",
                "if the model calls it otherwise now, give that volume "
                f"`options: {{name: {known}}}` there, or copy what is in it; "
                f"when nobody needs it, `docker volume rm {quote(known)}`",
            )
