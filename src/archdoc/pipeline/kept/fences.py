"""What a Markdown file holds of others: fenced blocks, and pictures.

Knows as much of CommonMark (https://spec.commonmark.org) as these two need.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

_FENCE = re.compile(r"^(?P<indent> {0,3})(?P<ticks>`{3,}|~{3,})[ \t]*(?P<info>[^`]*?)[ \t]*$")
_PICTURE = re.compile(r"!\[[^\]]*\]\(<?([^)\s>]+)>?[^)]*\)|<img\b[^>]*?\bsrc=[\"']([^\"'>]+)")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|/|#", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fence:
    """The content of a fenced block."""

    line: int
    """The number of the line that opens it: so many lines stand above the content."""
    text: str


def fences(text: str, language: str) -> Iterator[Fence]:
    """Every block of a language; one that is not closed ends with the file."""
    opened: re.Match[str] | None = None
    start = 0
    body: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        found = _FENCE.match(line)
        if opened is None:
            if found:
                opened, start, body = found, number, []
        elif found and found["ticks"].startswith(opened["ticks"]) and not found["info"]:
            if opened["info"].split(" ")[0] == language:
                yield Fence(start, "\n".join(body) + "\n")
            opened = None
        else:
            body.append(line.removeprefix(opened["indent"]))
    if opened is not None and opened["info"].split(" ")[0] == language:
        yield Fence(start, "\n".join(body))


def pictures(text: str) -> Iterator[str]:
    """The paths of every picture beside the file, each once."""
    paths = (found[1] or found[2] for found in _PICTURE.finditer(text))
    for path in dict.fromkeys(paths):
        if not _ELSEWHERE.match(path):
            yield unquote(re.split(r"[?#]", path, maxsplit=1)[0])
