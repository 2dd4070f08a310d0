"""The files of an output folder, whoever has put them there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path


def files_below(folder: Path) -> Iterator[str]:
    """Every file under a folder; links to folders are not followed."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".archdoc-"))
        for name in sorted(names):
            yield (Path(place) / name).relative_to(folder).as_posix()
