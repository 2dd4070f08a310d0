"""Which files a site is made from, and whether one of them has changed.

Looked at a few times a second: this works on every file system, also where those of other machines
and containers announce nothing, and a model's hundred files cost a millisecond.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

_Stamp = tuple[int, int]
"""When a file was changed, in nanoseconds, and its size."""


class Watch:
    """Remembers how files were when it was last asked."""

    def __init__(self, ignored: Path) -> None:
        """`ignored` is a folder in which nothing is looked at, wherever it is."""
        self._ignored = ignored.resolve()
        self._places: tuple[Path, ...] = ()
        self._known: dict[str, _Stamp] = {}

    def begin(self, places: Iterable[Path]) -> None:
        """Look at these files and folders, of which some may not exist yet."""
        self._places = tuple(places)
        self._known = self._look()

    def follow(self, places: Iterable[Path]) -> None:
        """Look at these from now on. What was saved meanwhile is not forgotten."""
        before = self._look()
        self._places = tuple(places)
        new = {path: stamp for path, stamp in self._look().items() if path not in before}
        self._known = {**new, **self._known}

    def has_changed(self) -> bool:
        """Whether a file was changed, made or removed since the last answer."""
        now = self._look()
        changed, self._known = now != self._known, now
        return changed

    def _look(self) -> dict[str, _Stamp]:
        return {path: stamp for place in self._places for path, stamp in self._under(place)}

    def _under(self, place: Path) -> Iterator[tuple[str, _Stamp]]:
        try:
            status = place.stat()
            if not stat.S_ISDIR(status.st_mode):
                yield str(place), (status.st_mtime_ns, status.st_size)
            elif place.resolve() != self._ignored:
                for inside in sorted(place.iterdir()):
                    if not inside.name.startswith("."):
                        yield from self._under(inside)
        except OSError:
            return  # removed while it was looked at: the next look sees it
