"""Folders that last as long as a run, and what is left of runs that were killed."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_HOUR = 60 * 60
_LOCK = ".lock"
ROOM = 8 * 1024 * 1024
"""Bytes that have to be free to begin: Java leaves icons out that it cannot write, and says nothing
of that."""
_FULL = {errno.ENOSPC, errno.EDQUOT}


@contextmanager
def scratch(parent: Path) -> Iterator[Path]:
    """A folder for this run alone; somewhere else where `parent` cannot be written, or is full.

    Its owner holds a lock on it, which the system takes away when the owner ends in any way. Raises
    OSError where no disk has room.
    """
    try:
        parent.mkdir(parents=True, exist_ok=True)
        refuse_full(parent, ROOM)
        folder = Path(tempfile.mkdtemp(prefix="run-", dir=parent))
    except OSError:
        elsewhere = Path(tempfile.gettempdir())
        refuse_full(elsewhere, ROOM)
        folder = Path(tempfile.mkdtemp(prefix="archdoc-", dir=elsewhere))
    handle = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        with suppress(OSError):  # some network file systems have no locks: then age alone decides
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def refuse_full(folder: Path, room: int) -> None:
    """Raise OSError where a folder's disk has less room than so many bytes."""
    disk = shutil.disk_usage(folder)
    if disk.total and disk.free < room:  # some disks do not say how large they are
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))


def is_full(error: OSError) -> bool:
    """Whether there is no room for what could not be written."""
    return error.errno in _FULL


def sweep(parent: Path) -> None:
    """Remove what killed runs left: files and folders older than an hour that nobody holds.

    Writing a file takes a moment, and so does locking a new folder: an hour is long.
    """
    before = time.time() - _HOUR
    with suppress(OSError):
        for left in parent.iterdir():
            with suppress(OSError):
                if left.stat().st_mtime > before:
                    continue
                if left.is_dir():
                    _remove_unless_held(left)
                else:
                    left.unlink()


def _remove_unless_held(folder: Path) -> None:
    lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)
