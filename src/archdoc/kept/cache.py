"""Pictures made before, by what they were made from.

An entry is its content after its own hash: a half-written or damaged one is not believed. Whatever
goes wrong with the folder, a picture is drawn anew: a cache may be slow, never in the way.

`ab/abcd…` holds entries, `java` what Java needs to start quickly (`archive`), `code` entries that
are programs, and `new` what is not finished: only whole files are moved out of it.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from archdoc.kept.scratch import sweep

_DIGEST = 32
_DAY = 24 * 60 * 60


def default_folder(environ: Mapping[str, str]) -> Path:
    """`ARCHDOC_CACHE_DIR`, else `archdoc` in the user's cache folder (XDG Base Directories)."""
    chosen = environ.get("ARCHDOC_CACHE_DIR")
    if chosen:
        return Path(chosen)
    base = environ.get("XDG_CACHE_HOME")
    # `~` stays as it is for a user without a home (a container's `--user 1234`).
    home = environ.get("HOME") or os.path.expanduser("~")  # noqa: PTH111 - Path.home() raises there
    if not base and home == "~":
        return Path(tempfile.gettempdir(), f"archdoc-cache-{os.getuid()}")
    return Path(base or Path(home, ".cache"), "archdoc")


@dataclass(frozen=True, slots=True)
class Usage:
    """How much there is of something: how many files, and how many bytes they take."""

    files: int = 0
    size: int = 0

    @classmethod
    def of(cls, files: Iterator[tuple[Path, os.stat_result]]) -> Usage:
        """All of these files together."""
        sizes = [stat.st_size for _, stat in files]
        return cls(len(sizes), sum(sizes))


@dataclass(frozen=True, slots=True)
class Cache:
    """A content-addressed folder, safe under several runs at once."""

    folder: Path

    @property
    def archives(self) -> Path:
        """Where Java's archives are."""
        return self.folder / "java"

    @property
    def unfinished(self) -> Path:
        """Where files are written before they are moved to their places."""
        return self.folder / "new"

    @property
    def programs(self) -> Cache | None:
        """One of its own for what is run, and not only looked at; None: others could write there.

        Python's compiled modules are believed in the same way.
        """
        folder = self.folder / "code"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return Cache(folder) if is_ours(folder.stat()) else None
        except OSError:
            return None

    def read(self, key: str) -> bytes | None:
        """The content under a key, if it is there and whole."""
        path = self._path(key)
        try:
            entry = path.read_bytes()
        except OSError:
            return None
        digest, content = entry[:_DIGEST], entry[_DIGEST:]
        if hashlib.sha256(content).digest() != digest:
            return None
        mark_used(path)
        return content

    def write(self, key: str, content: bytes) -> None:
        """Keep content under a key; does nothing where the folder cannot be written."""
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.unfinished.mkdir(exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.unfinished)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(hashlib.sha256(content).digest() + content)
                os.replace(name, path)  # noqa: PTH105 - the same call, and it names both
            except OSError:
                Path(name).unlink(missing_ok=True)
        except OSError:
            return

    def pictures(self) -> Usage:
        """What is kept of pictures."""
        return Usage.of(_files(self.folder, "[0-9a-f][0-9a-f]/*"))

    def java(self) -> Usage:
        """What is kept for Java."""
        return Usage.of(_files(self.archives, "*.aot"))

    def templates(self) -> Usage:
        """What is kept of templates, compiled."""
        return Usage.of(_files(self.folder, "code/[0-9a-f][0-9a-f]/*"))

    def prune(self, days: float) -> Usage:
        """Remove what was not used for so many days, and what killed runs left.

        Says what was removed. Never raises for a file that cannot be: another run may be faster.
        """
        for folder in (self.folder, self.folder / "code"):
            sweep(Cache(folder).unfinished)
        removed: list[tuple[Path, os.stat_result]] = []
        before = time.time() - days * _DAY
        for pattern in ("[0-9a-f][0-9a-f]/*", "code/[0-9a-f][0-9a-f]/*", "java/*"):
            for path, stat in _files(self.folder, pattern):
                if stat.st_mtime <= before:
                    with suppress(OSError):
                        path.unlink()
                        removed.append((path, stat))
        return Usage.of(iter(removed))

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key


def is_ours(*found: os.stat_result) -> bool:
    """Whether files and folders belong to this user, and nobody else may write them."""
    return all(stat.st_uid == os.getuid() and not stat.st_mode & 0o022 for stat in found)


def mark_used(path: Path) -> None:
    """Note that a file was used: at most once a day, so that reading stays cheap."""
    with suppress(OSError):
        if path.stat().st_mtime < time.time() - _DAY:
            os.utime(path)


def _files(folder: Path, pattern: str) -> Iterator[tuple[Path, os.stat_result]]:
    for path in folder.glob(pattern):
        with suppress(OSError):
            yield path, path.stat()


def key_of(*parts: str) -> str:
    """The key of what is made from these parts, in hexadecimal."""
    hasher = hashlib.sha256()
    for part in parts:
        data = part.encode()
        hasher.update(len(data).to_bytes(8, "big") + data)
    return hasher.hexdigest()
