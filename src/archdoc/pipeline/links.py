"""Links in the output folder that lead out of it: nothing is written through them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath


def links_out(folder: Path, paths: Iterable[str]) -> Iterator[Path]:
    """Links on the way to files in a folder that lead out of it, where nothing is ours."""
    inside = os.path.realpath(folder)
    folders = {path.rpartition("/")[0] for path in paths}
    around = {p for at in folders for p in (PurePosixPath(at), *PurePosixPath(at).parents)}
    for parent in sorted(around):
        place = folder / parent
        if parent.parts and not Path(os.path.realpath(place)).is_relative_to(inside):
            yield place
