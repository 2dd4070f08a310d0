"""Whether files that somebody keeps are still what the model says."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path


def departures(files: Mapping[str, bytes], folder: Path) -> Iterator[tuple[Path, list[str]]]:
    """Each file in a folder that is not as it would be written, with the lines of a unified diff.

    A file that is not there differs in all of its lines. Raises OSError for one that cannot be
    read.
    """
    for name, content in files.items():
        path = folder / name
        kept = path.read_bytes() if path.exists() else b""
        # Git may have given the lines other ends.
        before, after = (_lines(text) for text in (kept, content))
        if before != after or not path.exists():
            yield (
                path,
                list(difflib.unified_diff(before, after, str(path), "the model", lineterm="")),
            )


def _lines(content: bytes) -> list[str]:
    return content.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
