"""What a Markdown file shows of others: pictures, and blocks of code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from archdoc.pipeline.kept.dialects import as_commonmark

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LONGEST = 1024 * 1024
"""Characters: many times what a page has, and read in a second."""
_MOST_MARKS = 5_000
"""Of one paragraph, and addresses of one file: reading takes the time of their square."""
_MARKS = re.compile(r"[\[\]*_`<!&]")
_LANGUAGES = {
    ".mmd": re.compile("mermaid"),
    ".puml": re.compile(r"\b(?:c4-?)?plantuml\b|\bpuml\b|\buml\b"),
    ".dot": re.compile(r"\bdot\b|\bgraphviz\b"),
}
_WIKI = re.compile(r"!?\[\[([^\]|\n]{1,300}\.(?:svg|png))(?:\|[^\]\n]{0,300})?\]\]", re.IGNORECASE)
"""A picture in the wikis of GitHub, GitLab and others."""
_CHOICE = re.compile(r"\s*([^\s,]\S*[^\s,])(?:\s+[^,]*)?(?:,|$)")
"""One of a `srcset`: https://html.spec.whatwg.org/multipage/images.html#srcset-attributes"""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code."""

    line: int
    """The number of the line above its content."""
    text: str
    suffix: str
    """Of the files in its language, where archdoc writes such: `.mmd`."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture."""

    address: str
    lines: tuple[int, int]
    """The first line that may name it, and the last."""
    is_certain: bool = True
    """Whether its address is one of the file's own, and no wiki's."""


@dataclass(frozen=True, slots=True)
class Markdown:
    """What a file shows."""

    blocks: tuple[Block, ...]
    pictures: tuple[Shown, ...]
    """Each address once."""


def read_markdown(text: str) -> Markdown:
    """Read a file as CommonMark (https://spec.commonmark.org) with what mkdocs and GitHub add.

    Raises ValueError for a huge one.
    """
    from markdown_it import MarkdownIt

    if len(text) > _LONGEST:
        raise ValueError(f"larger than {_LONGEST // (1024 * 1024)} MiB")
    if text.count("]:") > _MOST_MARKS:
        raise ValueError(f"it names more than {_MOST_MARKS} addresses")
    # Reading what is inline takes the most time, so it waits until it is known to be in bounds.
    parser = MarkdownIt("commonmark").enable("table").disable("inline")
    addresses: dict[str, object] = {}
    tokens = parser.parse(as_commonmark(text), addresses)
    parser.enable("inline")
    read = partial(_read, parser, addresses)
    found = (shown for token in tokens for shown in _pictures(token, read))
    pictures = {shown.address: shown for shown in reversed([*found])}
    return Markdown(tuple(_blocks(tokens)), tuple(reversed(pictures.values())))


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    for token in tokens:
        if token.map and token.type in {"fence", "code_block"}:
            above = token.map[0] + (token.type == "fence")
            said = token.info.lower()
            known = (suffix for suffix, name in _LANGUAGES.items() if name.search(said))
            yield Block(above, token.content, next(known, ""))


def _read(parser: MarkdownIt, addresses: dict[str, object], text: str) -> Sequence[Token]:
    """What stands in a paragraph."""
    return parser.parseInline(text, addresses)[0].children or () if text else ()


def _pictures(token: Token, read: Callable[[str], Sequence[Token]]) -> Iterator[Shown]:
    if token.type not in {"inline", "html_block"}:
        return
    first, last = token.map or (0, 0)
    text, html = token.content, _Html()
    for address in _in_html(html, [text]) if token.type == "html_block" else ():
        yield Shown(address, (first + 1, last))
    if token.type == "html_block":
        # `md_in_html` of Python-Markdown: what stands in such an element is Markdown, too.
        text = html.text if re.search(r"\smarkdown(?:[\s=>])", text) else ""
    if len(_MARKS.findall(text)) > _MOST_MARKS:
        raise ValueError(f"line {first + 1} begins a paragraph that is too large to be read")
    for inner in read(text):
        for address in _addresses(inner):
            yield Shown(address, (first + 1, last))
    for found in _WIKI.finditer(text):
        yield Shown(found[1].strip(), (first + 1, last), is_certain=False)


def _addresses(token: Token) -> Iterator[str]:
    if token.type == "image":
        yield str(token.attrs["src"])
    if token.type == "html_inline":
        yield from _in_html(_Html(), [token.content])
    for inner in token.children or ():
        yield from _addresses(inner)


def _in_html(html: _Html, pieces: Sequence[str]) -> list[str]:
    for piece in pieces:
        html.feed(piece)
    return html.found


class _Html(HTMLParser):
    """Finds the pictures in a piece of HTML, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        for name, value in attrs:
            if value and name == "srcset":
                self.found += _CHOICE.findall(value)
            elif value and (name in {"src", "data", "poster"} or (name, tag) == ("href", "image")):
                self.found.append(value.strip())

    def handle_data(self, data: str) -> None:
        """What stands between tags."""
        self.text += data


def read_html(text: str) -> Markdown:
    """Read a page of HTML: the pictures that it shows. Raises ValueError for a huge one."""
    if len(text) > _LONGEST:
        raise ValueError(f"larger than {_LONGEST // (1024 * 1024)} MiB")
    html = _Lines()
    html.feed(text)
    return Markdown((), tuple({shown.address: shown for shown in reversed(html.shown)}.values()))


class _Lines(_Html):
    """Finds the pictures of a page, with the lines that name them."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Shown] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        known, first = len(self.found), self.getpos()[0]
        super().handle_starttag(tag, attrs)
        last = first + (self.get_starttag_text() or "").count("\n")
        self.shown += (Shown(address, (first, last)) for address in self.found[known:])
