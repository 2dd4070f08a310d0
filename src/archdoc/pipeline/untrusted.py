"""Files that anybody may have put there: read within bounds, whatever they are."""

from __future__ import annotations

import errno
import hashlib
import os
from io import BufferedReader
from pathlib import Path
from stat import S_ISREG

LARGEST = 64 * 1024 * 1024
"""Bytes: many times what any output has. A larger file is none of archdoc's."""
_GIT_LOOKS_AT = 8000
"""Bytes in which a NUL tells Git that a file is no text."""

_AS_IT_IS = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""The second is Windows's, the first everybody else's."""


def open_file(path: Path) -> BufferedReader:
    """A regular file. Raises OSError for anything else, of which some never end or never begin."""
    # A pipe would wait here until somebody writes into it.
    descriptor = os.open(path, os.O_RDONLY | _AS_IT_IS)
    if S_ISREG(os.fstat(descriptor).st_mode):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    raise OSError(errno.EINVAL, "not a file", str(path))


def read_whole(path: Path) -> bytes:
    """The content of a file. Raises OSError, and ValueError for one that is too large."""
    with open_file(path) as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ValueError(f"larger than {LARGEST // (1024 * 1024)} MiB")
    return content


def hash_of(path: Path) -> str | None:
    """The hash of a file's content; None for what is no file, or cannot be read.

    Files may be of any size; what never ends (a device, a pipe) is not begun.
    """
    try:
        with open_file(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def is_same_text(path: Path, wanted: bytes) -> bool:
    """Whether a file differs in the ends of lines only, in what Git takes for text."""
    try:
        there = read_whole(path)
    except (OSError, ValueError):
        return False
    is_text = b"\0" not in wanted[:_GIT_LOOKS_AT]
    return is_text and there.replace(b"\r\n", b"\n") == wanted.replace(b"\r\n", b"\n")


def shown(path: Path) -> str:
    """A path as people know it; what is not UTF-8 in it is replaced."""
    return os.fsencode(path).decode("utf-8", "replace")
