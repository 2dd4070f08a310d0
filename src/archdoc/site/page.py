"""One HTML page, as far as facts can stand on it: headings, tables, lists, links, pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


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
class Section:
    """What can be searched for: a heading, and the text below it, unless that is kept out."""

    anchor: str
    title: str = ""
    texts: list[str] = field(default_factory=list)
    is_searched: bool = True
    """Whether it may be searched for: `data-search-exclude` keeps a section out."""


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
    items: list[tuple[str, Cell]] = field(default_factory=list)
    """Entries of lists: (the text of the last heading, the entry)."""
    named: list[tuple[str, str]] = field(default_factory=list)
    """Links of the text: (where one leads, what is written on it); not those to places on pages."""
    boxes: list[tuple[str, str]] = field(default_factory=list)
    """Links of boxes in pictures: (the element that a box is of, the page or place it leads to)."""
    captions: list[tuple[str, str]] = field(default_factory=list)
    """(The picture's name, what is written below it)."""
    downloads: list[tuple[str, str]] = field(default_factory=list)
    """(The picture's name, the path of a file that is offered below it)."""
    offered: list[tuple[str, str]] = field(default_factory=list)
    """(The text of the last heading, the path of a file that is offered outside of pictures)."""
    places: list[tuple[str, str]] = field(default_factory=list)
    """(The text of the last heading, the place on another page to which its text links)."""
    sections: list[Section] = field(default_factory=list)
    """From each heading that can be linked to, to the next one."""
    has_article: bool = False
    """Whether it says which part of it is its own; not every theme does."""

    def table(self, *columns: str, last: bool = False) -> Table | None:
        """The first table, or the last, with these columns; texts of pictures aside."""
        found = [t for t in self.tables if t.columns == [*columns] and not t.picture]
        return found[-1 if last else 0] if found else None

    def table_below(self, heading: str, *columns: str) -> Table | None:
        """The first table whose first columns are these, below a heading, or any."""
        found = (t for t in self.tables if heading in {"", t.heading} and not t.picture)
        return next((t for t in found if t.columns[: len(columns)] == [*columns]), None)


def without_heads(table: Table) -> Iterator[list[Cell]]:
    """The rows of a table below its columns' names."""
    return iter(table.rows[1:])
