"""What a built site gets beside its pages: search from disk, and the policy that it works under."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable, Iterator, Mapping

from archdoc.site.sealed import LIST, listed, sealed
from archdoc.site.stage import Staged

_INDEX = "search/search_index.json"
HEADERS = "_headers"
"""Where Netlify, Cloudflare Pages and others look for what to send with pages; people can, too."""
_ELEMENT = re.compile(rb"<(script|style)\b([^>]*)>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(rb"""<[a-z][^<>]*?\sstyle=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_IS_DATA = re.compile(
    rb"\bsrc\s*=|\btype\s*=\s*[\"']?(?!module\b|text/javascript\b)", re.IGNORECASE
)


def finished(files: Mapping[str, bytes], staged: Staged) -> dict[str, bytes]:
    """A site's files, and those that archdoc adds. A project's own `_headers` stays as it is."""
    sources = staged.page_sources
    files = {p: sealed(c, p, sources[p]) if p in sources else c for p, c in files.items()}
    more: dict[str, bytes] = {}
    if _INDEX in files:
        # A page from disk may load a script, but not read a file.
        more["search/search_index.js"] = b"var __index = " + files[_INDEX]
    pages = [content for path, content in files.items() if path.endswith(".html")]
    written = b"".join(text for path, text in staged.files.items() if path.endswith(".md"))
    header = f"/*\n  Content-Security-Policy: {policy(pages, written)}\n"
    whole = {HEADERS: header.encode(), **files, **more}
    return {**whole, LIST: listed(whole)}


def policy(pages: Iterable[bytes], written: bytes = b"") -> str:
    """The strictest Content-Security-Policy under which built pages work.

    The theme has a few scripts in its pages; they are allowed by their hashes. A script that stands
    in `written`, the pages' own text, is not: whatever gets in there must not run. Pictures and
    fonts may be part of a page or style sheet (`data:`), as the theme's and archdoc's are.
    """
    scripts: set[bytes] = set()
    styles: set[bytes] = set()
    attributes: set[bytes] = set()
    for page in pages:
        scripts |= set(_inline(page, b"script"))
        styles |= set(_inline(page, b"style"))
        said = _STYLE.findall(page) if b"style=" in page else []  # most have none, and are long
        attributes |= {html.unescape((a or b).decode()).encode() for a, b in said}
    scripts = {script for script in scripts if script not in written}
    unsafe = " 'unsafe-hashes'" if attributes else ""  # what lets hashes speak of attributes
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self'{_hashes(scripts)}",
            f"style-src 'self'{unsafe}{_hashes(styles | attributes)}",
            "img-src 'self' data:",
            "font-src 'self' data:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


def _inline(page: bytes, name: bytes) -> Iterator[bytes]:
    """The content of elements that browsers run, or apply, where they stand."""
    for match in _ELEMENT.finditer(page):
        if match[1].lower() == name and match[3] and not _IS_DATA.search(match[2]):
            yield match[3].replace(b"\r\n", b"\n")


def _hashes(contents: Iterable[bytes]) -> str:
    """As a policy lists them, in an order of their own."""
    digests = sorted(base64.b64encode(hashlib.sha256(one).digest()).decode() for one in contents)
    return "".join(f" 'sha256-{digest}'" for digest in digests)
