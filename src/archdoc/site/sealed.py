"""What a built page says of itself, so that a copy of it can be judged wherever it lies.

As the seals of pictures: which page it is, the digest of the text that it was built from, and the
digest of the rest of the file. Pictures are no part of that text: they are read for themselves.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import join, split

from archdoc.report.unfit import UNFIT, unfit
from archdoc.site.aside import without_pictures

LIST = "assets/archdoc.json"
"""What is in a site: each file's digest, by its path. What others may leave out is not listed."""
_NOT_LISTED = ("diagrams/", "compose/", "_", ".", LIST)
_WHOLE = "*"
"""What stands for the list itself."""
_SAID = re.compile(
    rb'<meta name="archdoc-seal" content="(?P<page>[^"<>]{1,1000}) '
    rb'(?P<source>[0-9a-f]{64}) (?P<rest>[0-9a-f]{64})">'
)
_PLACE = b"</head>"


@dataclass(frozen=True, slots=True)
class PageSeal:
    """Which page it is, and what it was built from."""

    page: str
    """Its path under the site's root: `elements/app.html`."""
    source: str
    """The digest of the text that it was built from, pictures aside."""
    is_whole: bool
    """Whether the rest of the file is what was built."""


def built_page(path: str) -> str:
    """The page that is built of a Markdown file, as mkdocs calls it."""
    folder, name = split(path.removesuffix(".md"))
    return join(folder, "index.html" if name == "README" else f"{name}.html")


def sources_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """The digests of the texts of pages, pictures aside, by the paths of what is built of them."""
    texts = {path: content for path, content in files.items() if path.endswith(".md")}
    # Where a folder has both, mkdocs builds `index.md` and leaves `README.md` out.
    order = sorted(texts, key=lambda path: not path.endswith("README.md"))
    return {built_page(path): _digest(without_pictures(texts[path])) for path in order}


def sealed(page: bytes, path: str, source: str) -> bytes:
    """The same page with its seal; one without a head has no place for it."""
    said = f'<meta name="archdoc-seal" content="{html.escape(path)} {source} {_digest(page)}">'
    return page.replace(_PLACE, said.encode() + _PLACE, 1)


def seal_of_page(page: bytes) -> PageSeal | None:
    """What a page says of itself; None where it says nothing. Ends of lines are no difference."""
    text = page.replace(b"\r\n", b"\n")
    found = _SAID.search(text)
    if found is None:
        return None
    rest = text[: found.start()] + text[found.end() :]
    path = html.unescape(found["page"].decode("utf-8", "replace"))
    return PageSeal(path, found["source"].decode(), _digest(rest) == found["rest"].decode())


def listed(files: Mapping[str, bytes]) -> bytes:
    """The list of a site's files."""
    digests = {
        path: _digest(content)
        for path, content in sorted(files.items())
        if not path.startswith(_NOT_LISTED)
    }
    whole = {_WHOLE: _digest_of(digests), **digests}
    return (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()


def read_list(content: bytes) -> dict[str, str]:
    """A list of a site's files. Raises ValueError for what is none, or was edited."""
    try:
        digests = {str(path): str(digest) for path, digest in json.loads(content).items()}
        said = digests.pop(_WHOLE)
    except UNFIT as error:
        raise unfit("a list of a site's files", error) from error
    if said != _digest_of(digests):
        raise ValueError("it was edited after archdoc wrote it")
    return digests


def _digest_of(digests: Mapping[str, str]) -> str:
    """The digest of a list's entries."""
    return _digest(json.dumps(sorted(digests.items())).encode())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()
