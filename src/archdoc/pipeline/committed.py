"""Whether files that somebody keeps are still what the model says."""

from __future__ import annotations

import difflib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os.path import realpath
from pathlib import Path

from archdoc.pipeline.hidden import without_secrets
from archdoc.source import checkout_around

_ROOM = 2**20
"""Bytes that a file may have beyond four times what it should have, and still be looked at."""
_MOST_LINES = 20_000
"""Of longer files only the first difference is named: comparing them could take minutes."""
_HEAD, _LARGEST = 2**16, 2**23
"""Bytes: what says what a file is, and more than any compose file has."""


@dataclass(frozen=True, slots=True)
class Departure:
    """A file that is not as it would be written."""

    path: Path
    reason: str = ""
    """Why it cannot be compared ("is missing"); empty where `diff` shows how it differs."""
    diff: tuple[str, ...] = ()
    """The lines of a unified diff, without the secrets in those of the file."""


class KeptFileError(Exception):
    """What is at a path is no file that can be compared; the message completes "`x` …"."""


def departures(files: Mapping[str, bytes], folder: Path) -> Iterator[Departure]:
    """Each file in a folder that is not as it would be written."""
    for name, content in files.items():
        path = folder / name
        try:
            kept = _read(path, 4 * len(content) + _ROOM)
        except KeptFileError as error:
            yield Departure(path, str(error))
            continue
        # Git may have given the lines other ends.
        before, after = (text.replace(b"\r\n", b"\n") for text in (kept, content))
        if before != after:
            yield _difference(path, before, after)


def head_of(path: Path) -> bytes:
    """The beginning of a file, which says what it was made for. Raises KeptFileError."""
    return _read(path, _HEAD, whole=False)


def whole_of(path: Path) -> bytes:
    """All of a file that may be anybody's, within bounds. Raises KeptFileError."""
    return _read(path, _LARGEST)


def _read(path: Path, most: int, *, whole: bool = True) -> bytes:
    """A plain file's bytes, up to so many; neither a device nor a link elsewhere is opened."""
    try:
        # In the folder's own words: a link may have been committed by anybody.
        absolute = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow it
        around = checkout_around(absolute) or absolute.parent
        if not Path(realpath(path)).is_relative_to(realpath(around)):
            raise KeptFileError("is a link that leads out of its project")
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise KeptFileError("is a folder" if stat.S_ISDIR(mode) else "is no regular file")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except FileNotFoundError as error:
        lost = "is a link that leads nowhere" if path.is_symlink() else "is missing"
        raise KeptFileError(lost) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise KeptFileError(f"cannot be read: {reason}") from error
    if whole and len(data) > most:
        raise KeptFileError("is much larger than what the model says")
    return data[:most]


def _difference(path: Path, before: bytes, after: bytes) -> Departure:
    if b"\0" in before:
        line = before.count(b"\n", 0, before.index(b"\0")) + 1
        return Departure(path, f"is no text: it has a NUL character in line {line}")
    one, other = (text.decode("utf-8", "backslashreplace").split("\n") for text in (before, after))
    if len(one) > _MOST_LINES:
        same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
        line = min(len(one), len(other)) if same is None else same + 1
        return Departure(path, f"is not what the model says, from line {line} on")
    diff = [*difflib.unified_diff(one, other, str(path), "the model", lineterm="")]
    shown = without_secrets("\n".join(one))
    lines = (f"-{shown.get(t[1:], t[1:])}" if t.startswith("-") else t for t in diff[2:])
    return Departure(path, diff=(*diff[:2], *lines))
