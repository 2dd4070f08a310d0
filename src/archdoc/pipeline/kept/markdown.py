"""What a Markdown file shows of others: pictures, and blocks of Mermaid."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from markdown_it.token import Token

_LONGEST = 4 * 1024 * 1024
"""Characters: many times what a page has, and read in seconds."""
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)
_SOURCES = ("src", "data", "srcset")
"""The attributes in which HTML names pictures, of `img`, `source`, `embed` and `object`."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code."""

    line: int
    """The number of the line above its content."""
    text: str
    is_mermaid: bool


@dataclass(frozen=True, slots=True)
class Markdown:
    """What a file shows."""

    blocks: tuple[Block, ...]
    pictures: tuple[str, ...]
    """The addresses of pictures, each once; those of other hosts are left out."""

    def around(self, line: int) -> Block | None:
        """The block in which a line is."""
        return next((b for b in self.blocks if b.line < line <= b.line + b.text.count("\n")), None)


def read_markdown(text: str) -> Markdown:
    """Read a file as CommonMark (https://spec.commonmark.org). Raises ValueError for a huge one."""
    from markdown_it import MarkdownIt

    if len(text) > _LONGEST:
        raise ValueError(f"larger than {_LONGEST // (1024 * 1024)} MiB")
    tokens = MarkdownIt("commonmark").parse(text)
    addresses = dict.fromkeys(_addresses(tokens))
    near = (address for address in addresses if address and not _ELSEWHERE.match(address))
    return Markdown(tuple(_blocks(tokens)), tuple(near))


def picture_at(page: Path, address: str) -> Path | None:
    """The file that a page shows: beside it, or under the folder from which its site begins.

    HTML in a page may count from the page's own folder on a site. Where nothing is, the first of
    the places is told; None for what may be anywhere, and for what is outside of the repository.
    """
    path = unquote(re.split(r"[?#]", address, maxsplit=1)[0])
    if "{{" in path or "\0" in path:
        return None
    if path.startswith("/"):
        places = [folder / path.lstrip("/") for folder in page.absolute().parents]
    else:
        places = [page.parent / path, page.parent / page.stem / path]
    found = next((place for place in places if _is_there(place)), None)
    if found is None:
        return None if path.startswith("/") else places[0]
    return found if _is_within(_repository(page), found) else None


def _is_there(path: Path) -> bool:
    try:
        return os.path.lexists(path)
    except ValueError:
        return False


def _repository(page: Path) -> str | None:
    """The folder that Git keeps, in which a page is."""
    folders = Path(os.path.realpath(page)).parents
    return next((str(folder) for folder in folders if (folder / ".git").exists()), None)


def _is_within(repository: str | None, path: Path) -> bool:
    return repository is None or Path(os.path.realpath(path)).is_relative_to(repository)


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    for token in tokens:
        if token.map and token.type in {"fence", "code_block"}:
            above = token.map[0] + (token.type == "fence")
            yield Block(above, token.content, "mermaid" in token.info.lower())


def _addresses(tokens: Sequence[Token]) -> Iterator[str]:
    html = _Html()
    for token in tokens:
        if token.type == "image":
            yield str(token.attrs["src"])
        if token.type in {"html_block", "html_inline"}:
            html.feed(token.content)
            yield from html.taken()
        yield from _addresses(token.children or ())


class _Html(HTMLParser):
    """Finds the pictures in pieces of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self._found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        if tag not in {"img", "source", "embed", "object"}:
            return
        for name, value in attrs:
            if value and name == "srcset":
                self._found += [one.split()[0] for one in value.split(",") if one.strip()]
            elif value and name in _SOURCES:
                self._found.append(value.strip())

    def taken(self) -> list[str]:
        """What was found since it was last asked for."""
        found, self._found = self._found, []
        return found
