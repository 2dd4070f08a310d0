"""The compose files that lie where others are written or checked: what they say they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from archdoc.outputs.compose import made_for
from archdoc.pipeline import KeptFileError, head_of

MAIN = "compose.yaml"


def said_by(main: Path) -> tuple[str, str | None] | None:
    """The environment and the project that a compose file was made for, if archdoc made it."""
    with suppress(KeptFileError):
        return made_for(head_of(main))
    return None


def gone_projects(
    main: Path, is_folder: bool, environment: str, files: Mapping[str, bytes]
) -> Iterator[Path]:
    """Compose files that were made for projects which the environment does not have any more.

    One that says nothing of a project is of the only one that there was.
    """
    others = sorted(main.parent.glob(f"*/{MAIN}")) if is_folder else []
    for path in (main, *others):
        said = said_by(path)
        if said and said[0] == environment:
            made_as = f"{said[1]}/{MAIN}" if said[1] else MAIN
            if made_as not in files:
                yield path
