"""One HTML page, as far as facts can stand on it: headings, tables, code, links, inline pictures.

Knows HTML, whichever theme it has around it, and nothing of how pages are made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from posixpath import dirname, join, normpath

_LARGEST = 32 * 1024 * 1024
"""Characters; browsers have trouble with less."""
_STEPS = 500_000
"""Tags, texts and comments of one page."""
_VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
_PICTURE = re.compile(r"<title id=\"(.+?)-title(?:-\d+)?\"")


@dataclass(slots=True)
class Cell:
    """One cell of a table."""

    text: str = ""
    links: list[str] = field(default_factory=list)
    """Where its links lead: paths under the site's root."""


@dataclass(slots=True)
class Table:
    """One table; `heading` is the text of the last heading before it."""

    heading: str
    picture: str = ""
    """The name of the picture of which it is the text."""
    columns: list[str] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """What stands on a page."""

    path: str
    title: str = ""
    """Its first heading."""
    lead: str = ""
    tables: list[Table] = field(default_factory=list)
    code: list[tuple[str, str]] = field(default_factory=list)
    """Blocks of code: (the text of the last heading, the code)."""
    links: list[str] = field(default_factory=list)
    """What it links to or loads, within the site: paths under its root."""
    pictures: list[tuple[str, str]] = field(default_factory=list)
    """(Name, SVG): the name is that of the picture's file, where the picture says it."""

    def table(self, *columns: str, last: bool = False) -> Table | None:
        """The first table, or the last, with these columns; texts of pictures aside."""
        found = [t for t in self.tables if t.columns == [*columns] and not t.picture]
        return found[-1 if last else 0] if found else None


def read_page(path: str, content: bytes) -> Page:
    """The page at a path under the site's root. Raises ValueError for what is no whole page."""
    if len(content) > _LARGEST:
        raise ValueError("larger than any page")
    text = content.decode("utf-8")
    start = text[:1000].lstrip("\ufeff \t\r\n").lower()
    if not start.startswith(("<!doctype html", "<html")):
        raise ValueError("not an HTML page")
    if not text.rstrip().lower().endswith("</html>"):
        raise ValueError("the page is not complete: it does not end with </html>")
    reader = _Reader(path, text)
    reader.feed(text)
    reader.close()
    return reader.page


class _Reader(HTMLParser):
    """Collects what stands on a page while its tags pass by."""

    def __init__(self, path: str, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page(path)
        self._text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._steps = 0
        self._into: list[tuple[str, list[str]]] = []
        """What is open that text is collected for: (tag, its text so far)."""
        self._heading = ""
        self._picture = ""
        self._silent = ""
        """The tag whose content is passed over: a mark beside a heading."""
        self._svg = 0
        self._svg_start = 0

    def updatepos(self, i: int, j: int) -> int:
        """Called at every step: a page of nothing but beginnings would take hours."""
        self._steps += 1
        if self._steps > _STEPS:
            raise ValueError("more tags than any page has")
        return super().updatepos(i, j)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "svg":
            self._svg += 1
            if self._svg == 1:
                self._svg_start = self._offset()
        said = {name: value or "" for name, value in attrs}
        if self._svg:
            self._link(said.get("href") or said.get("xlink:href"), tag)
            return
        self._link(said.get("href") or said.get("src"), tag)
        if tag == "a" and "headerlink" in said.get("class", "").split():
            self._silent = tag
        elif tag == "p" and "archdoc-lead" in said.get("class", "").split():
            self._into.append(("p", []))
        elif tag in {"h1", "h2", "h3", "h4", "h5", "h6", "pre", "th", "td"}:
            self._begin(tag)
        elif tag == "figure":
            self._picture = ""
        elif tag == "table":
            self.page.tables.append(Table(self._heading, self._picture))
        elif tag == "tr" and self.page.tables:
            self.page.tables[-1].rows.append([])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._svg and tag not in _VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "svg" and self._svg:
            self._svg -= 1
            if not self._svg:
                self._end_svg()
        if self._svg:
            return
        if tag == self._silent:
            self._silent = ""
        elif tag == "figure":
            self._picture = ""
        elif self._into and self._into[-1][0] == tag:
            self._end(tag, "".join(self._into.pop()[1]))

    def handle_data(self, data: str) -> None:
        if self._into and not self._silent and not self._svg:
            self._into[-1][1].append(data)

    def _begin(self, tag: str) -> None:
        self._into.append((tag, []))
        if tag in {"th", "td"} and self.page.tables and self.page.tables[-1].rows:
            self.page.tables[-1].rows[-1].append(Cell())

    def _end(self, tag: str, text: str) -> None:
        words = " ".join(text.split())
        table = self.page.tables[-1] if self.page.tables else None
        if tag == "pre":
            self.page.code.append((self._heading, text))
        elif tag == "p":
            self.page.lead = self.page.lead or words
        elif tag in {"th", "td"}:
            if table is not None and table.rows and table.rows[-1]:
                table.rows[-1][-1].text = words
                if tag == "th" and len(table.rows) == 1:
                    table.columns.append(words)
        else:
            self._heading = words
            if tag == "h1" and not self.page.title:
                self.page.title = words

    def _link(self, href: str | None, tag: str) -> None:
        target = _inside(self.page.path, href)
        if target is None:
            return
        self.page.links.append(target)
        if tag == "a" and not self._svg and self._into and self._into[-1][0] in {"th", "td"}:
            table = self.page.tables[-1] if self.page.tables else None
            if table is not None and table.rows and table.rows[-1]:
                table.rows[-1][-1].links.append(target)

    def _end_svg(self) -> None:
        svg = self._text[self._svg_start : self._offset()] + "</svg>"
        named = _PICTURE.search(svg)
        self._picture = named[1] if named else ""
        if named:
            self.page.pictures.append((named[1], svg))

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column


def _inside(page: str, href: str | None) -> str | None:
    """Where a link leads within the site; None for one that leads elsewhere, or to its own page."""
    path = re.split(r"[?#]", href or "", maxsplit=1)[0]
    if not path or path.startswith("/") or re.match(r"[a-z][a-z0-9+.-]*:", path, re.IGNORECASE):
        return None
    return normpath(join(dirname(page), path))


def without_heads(table: Table) -> Iterator[list[Cell]]:
    """The rows of a table below its columns' names."""
    return iter(table.rows[1:])
