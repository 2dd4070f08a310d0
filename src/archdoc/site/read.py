"""What the site says, read from its pages: elements, relationships, where things run, files."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator

from archdoc.site.page import Cell, Page, Table, read_page, without_heads
from archdoc.views import Graph, GraphVertex

Fact = tuple[str, str, str]
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
    facts = [*_pictures(page)]
    element, environment = _element(page), _ENVIRONMENT.fullmatch(page.path)
    vertices: tuple[GraphVertex, ...] = ()
    if element is not None:
        vertices = (element,)
        facts += _of_element(page, element.id)
    elif environment:
        vertices = (GraphVertex(environment[1], page.title, None, None),)
        facts += _of_environment(page, environment[1])
    elif (table := page.table("Technology", "Version", "Used by")) is not None:
        facts += _of_versions(table)
    return Graph(vertices, (), tuple(facts))


def read_search(content: bytes) -> dict[str, str]:
    """Every page that a search can find: its path → its title. Raises ValueError."""
    try:
        entries = json.loads(content)["docs"]
        return {
            str(entry["location"]): html.unescape(str(entry["title"]))
            for entry in entries
            if "#" not in entry["location"]
        }
    except (LookupError, TypeError, RecursionError) as error:
        raise ValueError(f"not an index for searching: {error}") from error


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


def _of_versions(table: Table) -> Iterator[Fact]:
    for row in without_heads(table):
        if len(row) == 3:
            for id_ in _ids(row[2]):
                yield id_, "uses", f"{row[0].text} {row[1].text}"


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
