"""Files that take the places of others, all or none."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path, PurePosixPath


class Swap:
    """What has been put into a folder so far, and how it is undone.

    What was there is kept in another folder, on the same disk, until all is done.
    """

    def __init__(self, folder: Path, kept: Path) -> None:
        """`kept` is an empty folder."""
        self._folder, self._kept = folder, kept
        self._done: list[tuple[Path, Path | None]] = []
        self._made: list[Path] = []
        self._there: set[Path] = set()

    def put(self, path: str, staged: Path) -> None:
        """Move a file to its place. Raises OSError."""
        target = self._folder / path
        if (parent := target.parent) not in self._there:
            self._make(parent)
            self._there.add(parent)
        self._keep(target)
        os.replace(staged, target)  # noqa: PTH105 - the same call, and it names both

    def remove(self, path: str) -> None:
        """Remove a file, and the folders that it leaves empty. Raises OSError."""
        target = self._folder / path
        if not os.path.lexists(target):
            return
        self._keep(target)
        target.unlink()
        for parent in PurePosixPath(path).parents[:-1]:
            try:
                (self._folder / parent).rmdir()
            except OSError:  # not empty: somebody else's files, or still in use
                return

    def undo(self) -> None:
        """Put everything back as it was, as far as that can be done."""
        for target, kept in reversed(self._done):
            with suppress(OSError):
                if kept is None:
                    target.unlink(missing_ok=True)
                else:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    kept.replace(target)
        for folder in reversed(self._made):
            with suppress(OSError):
                folder.rmdir()

    def _make(self, folder: Path) -> None:
        missing = [folder, *folder.parents]
        for parent in reversed([p for p in missing if not p.is_dir()]):
            parent.mkdir()
            self._made.append(parent)

    def _keep(self, target: Path) -> None:
        """Remember what is there, which stays in its place: a second name is enough."""
        kept = None
        if os.path.lexists(target):
            if target.is_dir() and not target.is_symlink():
                raise IsADirectoryError(21, "a folder is in the way", str(target))
            kept = self._kept / str(len(self._done))
            try:
                os.link(target, kept, follow_symlinks=False)
            except OSError:  # some file systems have no second names
                shutil.copy2(target, kept, follow_symlinks=False)
        self._done.append((target, kept))
