"""What a built site gets beside its pages: search from disk, and the policy that it works under."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Container, Iterable, Iterator, Mapping

from archdoc.site.sealed import LIST, listed, sealed
from archdoc.site.stage import Staged

_INDEX = "search/search_index.json"
_LOST = "404.html"
_NOT_FOUND = b"<h1>404 - Not found</h1>"
"""All that mkdocs-material says there."""
_WHAT_NOW = (
    b"<h1>There is no such page</h1>\n"
    b"<p>It may have been renamed, or removed. Search for what it was about, or begin at the"
    b" start: the sign at the upper left leads there.</p>"
)
HEADERS = "_headers"
"""Where Netlify, Cloudflare Pages and others look for what to send with pages; people can, too."""
_ELEMENT = re.compile(rb"<(script|style)\b([^>]*)>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(rb"""style=(?:"([^"]*)"|'([^']*)')""")
_IS_DATA = re.compile(
    rb"\bsrc\s*=|\btype\s*=\s*[\"']?(?!module\b|text/javascript\b)", re.IGNORECASE
)


def finished(
    files: Mapping[str, bytes], staged: Staged, sources: Mapping[str, str]
) -> dict[str, bytes]:
    """A site's files, and those that archdoc adds. A project's own `_headers` stays as it is.

    `sources` are the digests of the pages' texts (`Staged.page_sources`).
    """
    files = {p: sealed(c, p, sources[p]) if p in sources else c for p, c in files.items()}
    if _LOST in files:
        files[_LOST] = files[_LOST].replace(_NOT_FOUND, _WHAT_NOW)
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
        attributes |= _styles(page, attributes)
    scripts = {script for script in scripts if script not in written}
    applied = {html.unescape(value.decode()).encode() for value in attributes}
    unsafe = " 'unsafe-hashes'" if applied else ""  # what lets hashes speak of attributes
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self'{_hashes(scripts)}",
            f"style-src 'self'{unsafe}{_hashes(styles | applied)}",
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


def _styles(page: bytes, known: Container[bytes]) -> set[bytes]:
    """The values of `style` attributes, as they are written, that are not `known` yet.

    Pages are long, and pictures have thousands of them, nearly all alike: what is looked for first
    is what is found fast.
    """
    found: set[bytes] = set()
    for match in _STYLE.finditer(page.lower()):
        start, end = match.span(match.lastindex or 0)
        value = page[start:end]
        if value in known or value in found:
            continue
        place = match.start()
        tag = page.rfind(b"<", 0, place)
        is_inside = tag > page.rfind(b">", 0, place) and page[tag + 1 : tag + 2].isalpha()
        if is_inside and page[place - 1 : place].isspace():
            found.add(value)
    return found


def _hashes(contents: Iterable[bytes]) -> str:
    """As a policy lists them, in an order of their own."""
    digests = sorted(base64.b64encode(hashlib.sha256(one).digest()).decode() for one in contents)
    return "".join(f" 'sha256-{digest}'" for digest in digests)
