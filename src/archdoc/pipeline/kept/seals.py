"""What pages say of themselves, and what a site says of its files; texts of pages for engines."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from archdoc.consistency import Difference
from archdoc.pipeline.kept import files, findings
from archdoc.pipeline.kept.expected import Expected
from archdoc.pipeline.untrusted import read_whole, shown
from archdoc.report import Diagnostic
from archdoc.site import (
    LIST,
    Page,
    built_page,
    read_list,
    read_page,
    seal_of_page,
    without_pictures,
)

GONE = "remove it: nothing that it would be built of is there any more"
_FIGURE = re.compile(rb'<figure class="archdoc-figure.*?</figure>', re.DOTALL)
_PAGE = b"<!doctype html><html><article>%s</article></html>"


def is_gone(content: bytes, expected: Expected) -> bool:
    """Whether a page says that it is one for which there is no text any more."""
    seal = seal_of_page(content)
    return seal is not None and seal.page not in expected.page_sources


def unlike_page(place: str, content: bytes, expected: Expected, *, needs_seal: bool = False) -> str:
    """Why a page is not the one that would be built now, by what it says of itself; else empty.

    `needs_seal` where the site around it has seals. Other engines write none.
    """
    seal = seal_of_page(content)
    if seal is None:
        return files.EDITED if needs_seal and place in expected.page_sources else ""
    if not seal.is_whole or seal.page != place:
        return files.EDITED
    return "" if seal.source == expected.page_sources.get(place) else files.OLD


def page_differences(page: Page, content: bytes, expected: Expected) -> tuple[Difference, ...]:
    """The facts in which a page departs from the model, as far as its theme lets them be read."""
    if not page.has_article and seal_of_page(content):
        return files.drawn_on_page(page, expected)
    return files.page_differences(page, expected)


def is_sealed(root: Path) -> bool:
    """Whether the pages of a site have seals: its start page does."""
    try:
        return seal_of_page(read_whole(root / "index.html")) is not None
    except (OSError, ValueError):
        return False


def check_text(  # noqa: PLR0913 - which file it is, and what is told of it
    expected: Expected, path: str, name: str, content: bytes, again: str, *, edited: bool | None
) -> Iterator[Diagnostic]:
    """What is wrong in Markdown of which a page is built elsewhere. Raises ValueError."""
    wanted = expected.page_texts.get(path)
    if wanted is None:
        return
    figures = b"".join(_FIGURE.findall(content))
    page = read_page(built_page(path), _PAGE % figures)
    wrong = files.page_differences(page, expected, pictures_only=True)
    yield from findings.stale(name, wrong, again, edited=edited)
    text = without_pictures(content)
    places = files.places(name, files.as_text(text), files.as_text(wanted))
    if places and not wrong:
        yield (findings.edited if edited else findings.other)(name, again, places[0])


def check_list(expected: Expected, path: Path, content: bytes, again: str) -> Iterator[Diagnostic]:
    """Files of a copied site that are not there, or not as they were built. Raises ValueError.

    Pages are told by their seals, and what is of the project's own `docs/` is its own.
    """
    root, digests = path.parents[1], read_list(content)
    for place in sorted({*digests, *expected.generated}):
        if _leads_out(place) or expected.is_file_of_docs(place):
            continue
        file = root / place
        try:
            there = read_whole(file).replace(b"\r\n", b"\n")
        except (FileNotFoundError, NotADirectoryError):
            if place in expected.page_sources or not place.endswith(".html"):
                yield findings.missing(shown(file), again)
        except (OSError, ValueError) as error:
            reason = (error.strerror if isinstance(error, OSError) else None) or error
            yield findings.unreadable(shown(file), reason, again)
        else:
            told = place in expected.page_sources or place not in digests
            if not told and hashlib.sha256(there).hexdigest() != digests[place]:
                yield findings.edited(shown(file), again)


def list_of(root: Path) -> Path:
    """Where a site says what is in it."""
    return root / LIST


def _leads_out(place: str) -> bool:
    pure = PurePosixPath(place)
    return pure.is_absolute() or ".." in pure.parts or bool({"\\", "\0"} & {*place})
