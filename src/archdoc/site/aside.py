"""Pictures stand aside while a site engine works.

Markdown, mkdocs and the search each read all HTML of a page, in Python. Most of it is pictures and
the tables below them, in which none of the three has anything to find: half of a site's time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping

_START = re.compile(
    rb'<(?P<what>div class="archdoc-picture"|details class="archdoc-text")'
    rb" data-search-exclude[^>]*>"
)
_ENDS = {
    b'div class="archdoc-picture"': b"</div><figcaption>",
    b'details class="archdoc-text"': b"</details></figure>",
}
_MARK = b"archdoc-aside-%s"
_MARKED = re.compile(rb"archdoc-aside-[0-9a-f]{40}")


def set_aside(files: Mapping[str, bytes]) -> tuple[dict[str, bytes], dict[bytes, bytes]]:
    """Staged files with a mark for each picture and table of one, and what each mark stands for.

    Marks are letters and digits, which every Markdown engine and every minifier leaves alone. They
    say where a picture stands, not which: a page is not made anew because its picture is another.
    """
    light, aside = dict(files), dict[bytes, bytes]()
    for path, content in files.items():
        if path.endswith(".md"):
            light[path] = _with_marks(content, path, aside)
    return light, aside


def _with_marks(content: bytes, path: str, aside: dict[bytes, bytes]) -> bytes:
    parts: list[bytes] = []
    for number, (before, inner) in enumerate(_parts(content)):
        parts.append(before)
        if inner is not None:
            place = f"{path} {number}".encode()
            mark = _MARK % hashlib.sha256(place).hexdigest()[:40].encode()
            aside[mark] = inner
            parts.append(mark)
    return b"".join(parts)


def _parts(content: bytes) -> Iterator[tuple[bytes, bytes | None]]:
    """What stands around pictures and tables, each followed by one of those; the last by none."""
    place = 0
    # Looked for by its end, not by an expression: pictures are long.
    while (start := _START.search(content, place)) is not None:
        end = content.find(_ENDS[start["what"]], start.end())
        if end < 0:
            break
        yield content[place : start.end()], content[start.end() : end]
        place = end
    yield content[place:], None


def without_pictures(text: bytes) -> bytes:
    """The same text without pictures and the tables of them: what is said around them."""
    return b"".join(around for around, _ in _parts(text))


def put_back(page: bytes, aside: Mapping[bytes, bytes]) -> bytes:
    """A built page with what was set aside."""
    return _MARKED.sub(lambda mark: aside.get(mark[0], mark[0]), page)
