"""Pictures stand aside while a site engine works.

Markdown, mkdocs and the search each read all HTML of a page, in Python. Most of it is pictures and
the tables below them, in which none of the three has anything to find: half of a site's time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import count

_HEAVY = re.compile(
    rb'(?P<start><(?:div class="archdoc-picture"|details class="archdoc-text") data-search-exclude'
    rb"[^>]*>)(?P<inner>.*?)(?P<end></div><figcaption>|</details></figure>)",
    re.DOTALL,
)
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
            light[path] = _HEAVY.sub(partial(_marked, path, count(), aside), content)
    return light, aside


def _marked(
    path: str, numbers: Iterator[int], aside: dict[bytes, bytes], match: re.Match[bytes]
) -> bytes:
    place = f"{path} {next(numbers)}".encode()
    mark = _MARK % hashlib.sha256(place).hexdigest()[:40].encode()
    aside[mark] = match["inner"]
    return match["start"] + mark + match["end"]


def without_pictures(text: bytes) -> bytes:
    """The same text without pictures and the tables of them: what is said around them."""
    return _HEAVY.sub(lambda match: match["start"] + match["end"], text)


def put_back(page: bytes, aside: Mapping[bytes, bytes]) -> bytes:
    """A built page with what was set aside."""
    return _MARKED.sub(lambda mark: aside.get(mark[0], mark[0]), page)
