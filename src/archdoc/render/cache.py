"""Pictures made before, by what they were made from.

An entry is its content after its own hash: a half-written or damaged one is not believed. Whatever
goes wrong with the folder, a picture is drawn anew: a cache may be slow, never in the way.
"""

from __future__ import annotations

import functools
import hashlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_DIGEST = 32


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


@functools.cache
def finishing() -> str:
    """A digest of how this package finishes pictures, for keys: what it does is in its source."""
    here = Path(__file__).parent
    names = ("colours.py", "fontface.py", "png.py", "sequence.py", "svg.py")
    return key_of(*((here / name).read_text("utf-8") for name in names))


@dataclass(frozen=True, slots=True)
class Cache:
    """A content-addressed folder, safe under several runs at once."""

    folder: Path

    def read(self, key: str) -> bytes | None:
        """The content under a key, if it is there and whole."""
        try:
            entry = self._path(key).read_bytes()
        except OSError:
            return None
        digest, content = entry[:_DIGEST], entry[_DIGEST:]
        return content if hashlib.sha256(content).digest() == digest else None

    def write(self, key: str, content: bytes) -> None:
        """Keep content under a key; does nothing where the folder cannot be written."""
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(hashlib.sha256(content).digest() + content)
                os.replace(name, path)  # noqa: PTH105 - the same call, and it names both
            except OSError:
                Path(name).unlink(missing_ok=True)
        except OSError:
            return

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key


def key_of(*parts: str) -> str:
    """The key of what is made from these parts, in hexadecimal."""
    hasher = hashlib.sha256()
    for part in parts:
        data = part.encode()
        hasher.update(len(data).to_bytes(8, "big") + data)
    return hasher.hexdigest()
