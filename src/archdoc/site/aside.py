"""Pictures stand aside while a site engine works.

Markdown, mkdocs and the search each read all HTML of a page, in Python. Most of it is pictures and
the tables below them, in which none of the three has anything to find: half of a site's time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

_HEAVY = re.compile(
    rb'(?P<start><(?:div class="archdoc-picture"|details class="archdoc-text") data-search-exclude'
    rb"[^>]*>)(?P<inner>.*?)(?P<end></div><figcaption>|</details></figure>)",
    re.DOTALL,
)
_MARK = b"archdoc-aside-%s"
_MARKED = re.compile(rb"archdoc-aside-[0-9a-f]{40}")


def set_aside(files: Mapping[str, bytes]) -> tuple[dict[str, bytes], dict[bytes, bytes]]:
    """Staged files with a mark for each picture and table of one, and what each mark stands for.

    Marks are letters and digits, which every Markdown engine and every minifier leaves alone.
    """
    aside: dict[bytes, bytes] = {}

    def marked(match: re.Match[bytes]) -> bytes:
        mark = _MARK % hashlib.sha256(match["inner"]).hexdigest()[:40].encode()
        aside[mark] = match["inner"]
        return match["start"] + mark + match["end"]

    light = {
        path: _HEAVY.sub(marked, content) if path.endswith(".md") else content
        for path, content in files.items()
    }
    return light, aside


def put_back(page: bytes, aside: Mapping[bytes, bytes]) -> bytes:
    """A built page with what was set aside."""
    return _MARKED.sub(lambda mark: aside.get(mark[0], mark[0]), page)
