"""Reads an HTML page.

Knows HTML, whichever theme it has around it, and nothing of how pages are made.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from posixpath import dirname, join, normpath

from archdoc.site.page import Cell, Page, Section, Table

_LARGEST = 32 * 1024 * 1024
"""Characters; browsers have trouble with less."""
_STEPS = 500_000
"""Tags, texts and comments of one page."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
_END = 5_000
"""Characters in which a page ends."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_PICTURE = re.compile(r"<title id=\"(.+?)-title(?:-\d+)?\"")


def read_page(path: str, content: bytes) -> Page:
    """The page at a path under the site's root. Raises ValueError for what is no whole page."""
    if len(content) > _LARGEST:
        raise ValueError("larger than any page")
    text = content.decode("utf-8")
    start = text[:1000].lstrip("\ufeff \t\r\n").lower()
    if not start.startswith(("<!doctype html", "<html")):
        raise ValueError("not an HTML page")
    end = _COMMENT.sub("", text[-_END:])  # a theme may say there when it was built
    if not end.rstrip().lower().endswith("</html>"):
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
        self._article = False
        self._figure = False
        self._kept_out: list[str] = []
        """Tags that are open in something which is kept out of the search."""
        self._led = False
        """Whether the page's first sentence was there, and be it empty."""
        self._link_open: tuple[str, list[str]] | None = None
        """A link of the text, and what is written on it so far."""
        self._box_link: str | None = None

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
        self._keep_out(tag, said)
        if self._svg:
            self._in_picture(tag, said)
            return
        self._link(said.get("href") or said.get("src"), tag)
        classes = said.get("class", "").split()
        if tag == "a":
            self._begin_link(said, classes)
        elif tag == "p" and ("archdoc-lead" in classes or self._is_first_of_page()):
            self._led = True
            self._into.append(("p", []))
        elif tag in _HEADINGS or tag in {"pre", "th", "td"}:
            if tag in _HEADINGS and said.get("id") and self._article:
                is_out = "data-search-exclude" in said
                self.page.sections.append(Section(said["id"], is_searched=not is_out))
            self._begin(tag)
        elif tag in {"figcaption", "summary", "li"} and self._article:
            self._begin(tag)
        else:
            self._begin_block(tag)

    def _keep_out(self, tag: str, said: dict[str, str]) -> None:
        """Notice what is not to be searched for; of a heading, that is said of its section."""
        begins = "data-search-exclude" in said and tag not in _HEADINGS and not self._kept_out
        if begins or self._kept_out[:1] == [tag]:
            self._kept_out.append(tag)

    def _begin_block(self, tag: str) -> None:
        if tag == "article":
            self._article = self.page.has_article = True
        elif tag == "figure":
            self._picture, self._figure = "", True
        elif tag == "table":
            self.page.tables.append(Table(self._heading, self._picture))
        elif tag == "tr" and self.page.tables:
            self.page.tables[-1].rows.append([])

    def _begin_link(self, said: dict[str, str], classes: list[str]) -> None:
        href = said.get("href", "")
        target, place = _inside(self.page.path, href), re.search("#(?!picture-).+", href)
        if "headerlink" in classes:
            self._silent = "a"
        elif said.get("id") and not href:
            self._heading = said["id"]
        elif target is not None and self._article:
            if place:
                self.page.places.append((self._heading, f"{target}{place[0]}"))
            elif "download" in said and self._picture:
                self.page.downloads.append((self._picture, target))
            elif "download" in said:
                self.page.offered.append((self._heading, target))
            else:
                self._link_open = (target, [])

    def _in_picture(self, tag: str, said: dict[str, str]) -> None:
        href = said.get("href") or said.get("xlink:href")
        self._link(href, tag)
        if tag == "a":
            path, _, place = (href or "").partition("#")
            target = _inside(self.page.path, path) or (self.page.path if place else None)
            self._box_link = f"{target}#{place}" if target and place else target
        elif tag == "g" and "data-element" in said and self._box_link is not None:
            self.page.boxes.append((said["data-element"], self._box_link))
            self._box_link = None

    def _is_first_of_page(self) -> bool:
        """Whether nothing but its title stands on the page so far."""
        return bool(self.page.title) and not self._led and len(self.page.sections) == 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._svg and tag not in _VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._kept_out[:1] == [tag]:
            self._kept_out.pop()
        if tag == "svg" and self._svg:
            self._svg -= 1
            if not self._svg:
                self._end_svg()
        if self._svg:
            return
        if tag == self._silent:
            self._silent = ""
        elif tag == "figure":
            self._picture, self._figure = "", False
        elif tag == "article":
            self._article = False
        elif tag == "a" and self._link_open:
            target, texts = self._link_open
            self.page.named.append((target, " ".join("".join(texts).split())))
            self._link_open = None
        elif self._into and self._into[-1][0] == tag:
            self._end(tag, "".join(self._into.pop()[1]))

    def handle_data(self, data: str) -> None:
        in_heading = bool(self._into) and self._into[-1][0] in _HEADINGS
        is_silent = in_heading or self._silent or self._kept_out
        if self._article and self.page.sections and not is_silent:
            self.page.sections[-1].texts.append(data)
        if self._link_open and not self._svg:
            self._link_open[1].append(data)
        if self._into and not self._silent and not self._svg:
            self._into[-1][1].append(data)

    def _begin(self, tag: str) -> None:
        self._into.append((tag, []))
        if tag in {"th", "td"} and self.page.tables and self.page.tables[-1].rows:
            self.page.tables[-1].rows[-1].append(Cell())
        elif tag == "li":
            self.page.items.append((self._heading, Cell()))

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
        elif tag == "figcaption":
            self.page.captions.append((self._picture, words))
        elif tag == "li":
            self.page.items[-1][1].text = words
        else:
            self._end_heading(tag, words)

    def _end_heading(self, tag: str, words: str) -> None:
        if tag in _HEADINGS or not self._figure:
            self._heading = words
            if tag in _HEADINGS and self.page.sections:
                self.page.sections[-1].title = words
            if tag == "h1" and not self.page.title:
                self.page.title = words

    def _link(self, href: str | None, tag: str) -> None:
        target = _inside(self.page.path, href)
        if target is None:
            return
        self.page.links.append(target)
        if tag != "a" or self._svg or not self._into:
            return
        if self._into[-1][0] == "li":
            self.page.items[-1][1].links.append(target)
        elif self._into[-1][0] in {"th", "td"}:
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
