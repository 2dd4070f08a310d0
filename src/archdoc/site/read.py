"""What the site says, read from its pages: elements, relationships, where things run, files."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator

from archdoc.report.unfit import UNFIT, unfit
from archdoc.site.page import Cell, Page, Table, without_heads
from archdoc.site.page_reader import read_page
from archdoc.views import Graph, GraphVertex

Fact = tuple[str, str, str]
_OVERVIEWS = {"index.html", "environments.html", "groups.html"}
"""Pages of which every row of a table and every entry of a list is told."""
_TOLD = ("decisions/", "views", "environments.html")
"""How pages begin that are told of in entries which lead to them."""
_ELEMENT = re.compile(r"elements/(.+)\.html")
_ENVIRONMENT = re.compile(r"environments/(.+)\.html")


def read(path: str, content: bytes) -> Graph:
    """What one page says; ids are those that it shows, or that its links lead to.

    On an element's page that is the element, every row of its tables, whom it talks to, and where
    it runs; on an environment's, its nodes, what is set, and its compose files. What stands below a
    picture as text is told of the picture, by its name. Raises ValueError for what is no page.
    """
    return graph_of(read_page(path, content))


def graph_of(page: Page) -> Graph:
    """The same, of a page that was read already."""
    facts = [*_pictures(page), *_captions(page)]
    element, environment = _element(page), _ENVIRONMENT.fullmatch(page.path)
    vertices: tuple[GraphVertex, ...] = ()
    if element is not None:
        vertices = (element,)
        facts += _of_element(page, element.id)
        facts += _entries(page, element.id, "What it consists of")
        facts += _entries(page, element.id, "Takes part in")
        facts += _entries(page, element.id, "Decisions about it")
    elif environment:
        vertices = (GraphVertex(environment[1], page.title, None, page.lead),)
        facts += _of_environment(page, environment[1])
        facts += _entries(page, environment[1], page.title, "its title")
        facts += _entries(page, environment[1], "Relationships of this environment")
        facts += _entries(page, environment[1], "Decisions about it")
    elif page.path in _OVERVIEWS:
        if page.path == "index.html":
            vertices = (GraphVertex(page.path, page.title, None, page.lead),)
            facts += _to_run(page)
        facts += _overview(page)
    elif (table := page.table("Technology", "Version", "Used by")) is not None:
        facts += _of_versions(table)
    elif (table := page.table("Picture", "What it shows")) is not None:
        facts += _of_views(table)
    return Graph(vertices, (), tuple(facts))


def read_search(content: bytes) -> dict[str, tuple[str, str]]:
    """What can be searched for: the place on a page → (its title, the text that is looked through).

    Of a text, white space carries no meaning. Raises ValueError for what is no such index.
    """
    try:
        entries = json.loads(content)["docs"]
        return {
            str(entry["location"]): (_untagged(entry["title"]), _untagged(entry["text"]))
            for entry in entries
        }
    except UNFIT as error:
        raise unfit("an index for searching", error) from error


def searchable(page: Page) -> dict[str, tuple[str, str]]:
    """What of a page can be searched for, in the same form."""
    return {
        f"{page.path}#{section.anchor}" if number else page.path: (
            section.title,
            "".join("".join(section.texts).split()),
        )
        for number, section in enumerate(page.sections)
        if section.is_searched
    }


def _untagged(text: str) -> str:
    return html.unescape(re.sub(r"<[^<>]*>", "", text))


def _element(page: Page) -> GraphVertex | None:
    """The element that a page is about: the one whose id stands in its first table."""
    table = page.table("Fact", "Value")
    rows = {row[0].text: row[1] for row in reversed(_pairs(table))}
    if "Id" not in rows:
        return None
    parent = next(iter(_ids(rows.get("Part of"))), None)
    return GraphVertex(rows["Id"].text, page.title, None, page.lead, parent)


def _of_element(page: Page, id_: str) -> Iterator[Fact]:
    for heading, value in _pairs(page.table("Fact", "Value")):
        if heading.text not in {"Id", "Part of"}:
            yield id_, heading.text, value.text
    talks = page.table("From", "To", "What", last=True)
    for row in without_heads(talks) if talks else ():
        if len(row) == 3:
            ends = [", ".join(_ids(cell)) for cell in row[:2]]
            yield id_, "who it talks to", f"{ends[0]} -> {ends[1]}: {row[2].text}"
    for heading, value in _pairs(page.table("Setting", "Value", last=True)):
        yield id_, heading.text, value.text
    for where, value in _pairs(page.table("Environment", "Where", last=True)):
        for link in where.links:
            if found := _ENVIRONMENT.fullmatch(link):
                yield id_, f"where it runs in {found[1]}", value.text


def _of_environment(page: Page, environment: str) -> Iterator[Fact]:
    for table in page.tables:
        if table.heading == "Nodes" and table.columns[:2] == ["Node", "Kind"]:
            for row in without_heads(table):
                yield environment, "node", " | ".join(map(_shown, row))
        if table.heading == "What is set" and table.columns[:1] == ["Node"]:
            for row in without_heads(table):
                for title, cell in zip(table.columns[1:], row[1:], strict=False):
                    if cell.text:
                        yield environment, f"{title} of {row[0].text}", cell.text
    for heading, text in page.code:
        yield environment, f"file {heading}", text
    for heading, path in page.offered:
        yield environment, f"download of {heading}", path


def _of_versions(table: Table) -> Iterator[Fact]:
    for row in without_heads(table):
        if len(row) == 3:
            for id_ in _ids(row[2]):
                yield id_, "uses", f"{row[0].text} {row[1].text}"


def _of_views(table: Table) -> Iterator[Fact]:
    for row in without_heads(table):
        yield from ((link, "view", " | ".join(cell.text for cell in row)) for link in row[0].links)


def _overview(page: Page) -> Iterator[Fact]:
    """Rows and entries; of those directly below the title only where they lead."""
    for table in page.tables:
        for row in without_heads(table) if not table.picture else ():
            yield page.path, f"row below {table.heading}", " | ".join(map(_with_ids, row))
    for heading, entry in page.items:
        if heading == page.title:
            yield from ((page.path, "leads on to", link) for link in entry.links)
        else:
            yield page.path, f"entry below {heading}", _with_ids(entry)


def _to_run(page: Page) -> Iterator[Fact]:
    """What has to be typed, and where more is said of it."""
    yield from ((page.path, f"code below {heading}", text) for heading, text in page.code)
    yield from ((page.path, f"place below {heading}", place) for heading, place in page.places)


def _entries(page: Page, subject: str, heading: str, called: str = "") -> Iterator[Fact]:
    for below, entry in page.items:
        if below == heading:
            yield subject, f"entry below {called or heading}", _with_ids(entry)
    for below, place in page.places:
        if below == heading:
            yield subject, f"place below {called or heading}", place


def _with_ids(cell: Cell) -> str:
    """A text, and the elements, decisions and views that it links to."""
    ids = _ids(cell) or [link for link in cell.links if link.startswith(_TOLD)]
    return f"{cell.text} [{', '.join(ids)}]" if ids else cell.text


def _captions(page: Page) -> Iterator[Fact]:
    """What stands below a picture, and which files are offered there."""
    yield from ((name, "caption", said) for name, said in page.captions if name)
    yield from ((name, "download", path) for name, path in page.downloads)


def _pictures(page: Page) -> Iterator[Fact]:
    """What is written below pictures for those who cannot see them."""
    for table in page.tables:
        what = "row of an element" if table.columns[:1] == ["Element"] else "row of an arrow"
        for row in without_heads(table) if table.picture else ():
            yield table.picture, what, " | ".join(cell.text for cell in row)


def _shown(cell: Cell) -> str:
    """A cell: the elements that it links to, after how often there are; else its text."""
    ids = _ids(cell)
    times = re.findall(r"([0-9]+) ×", cell.text) if ids else []
    return ", ".join([*times, *ids]) if ids else cell.text


def _ids(cell: Cell | None) -> list[str]:
    """The elements to whose pages a cell links."""
    found = (_ELEMENT.fullmatch(link) for link in (cell.links if cell else ()))
    return [match[1] for match in found if match]


def _pairs(table: Table | None) -> list[tuple[Cell, Cell]]:
    """The rows of a table of two columns."""
    rows: Iterable[list[Cell]] = without_heads(table) if table else ()
    return [(row[0], row[1]) for row in rows if len(row) == 2]
