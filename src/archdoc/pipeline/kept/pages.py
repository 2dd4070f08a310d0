"""Pages of the site that stand somewhere else: which page one is, by what is on it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from archdoc.consistency import box_differences
from archdoc.pipeline.kept.expected import Expected
from archdoc.pipeline.kept.marks import site_around
from archdoc.site import Page, graph_of, read_page, seal_of_page

_NEUTRAL = "page.html"
"""A place that says nothing of what a page is about."""
_OVERVIEWS = {
    "groups.html": ("Groups", "", ("Fact", "Value")),
    "versions.html": ("What uses which version", "", ("Technology", "Version", "Used by")),
    "environments.html": ("Environments compared", "Where everything runs", ("Container",)),
    "index.html": ("", "What it consists of", ("Container", "Technology", "What it is for")),
}
"""Of a page that tells of everything: its title, and a table of it with the heading above."""
_ALL_VIEWS = "Every view of what the system consists of"
_DEEPEST = 4


def page_at_home(path: Path, content: bytes, expected: Expected) -> tuple[Page, str]:
    """A page, read as from its place in the site, and that place; empty for what is not generated.

    Links are told by where a page stands. One of the project's own is read as from where the boxes
    of its pictures link to what they are of. Raises ValueError for what is no whole page.
    """
    page, seal = read_page(_NEUTRAL, content), seal_of_page(content)
    if root := site_around(path):
        place: str | None = path.relative_to(root).as_posix()
    elif seal is not None:
        place = seal.page
    else:
        place = _place(page, expected) or _named(path, expected)
    if place:
        return read_page(place, content), place
    able = (read_page(f"{'a/' * depth}{_NEUTRAL}", content) for depth in range(_DEEPEST))
    own = min(able, key=lambda p: len([*box_differences(expected.loaded.model, p.boxes)]))
    own.named = []  # its author may write on links what they like
    return own, ""


def _place(page: Page, expected: Expected) -> str | None:
    """The path of a generated page."""
    if elements := graph_of(page).vertices:
        return f"elements/{elements[0].id}.html"
    if page.title == "Pictures" and page.lead.startswith(_ALL_VIEWS):
        return "views.html"
    for path, (title, heading, columns) in _OVERVIEWS.items():
        if (title or page.title) == page.title and page.table_below(heading, *columns):
            return path
    if environment := _environment(page, expected):
        return f"environments/{environment}.html"
    return _view(page, expected)


def _view(page: Page, expected: Expected) -> str | None:
    """The page of one view, by the names of its pictures."""
    shown = {name for name, _ in page.pictures}
    whole = (path for path, drawn in expected.view_pages.items() if drawn and shown == {*drawn})
    return next(whole, None)


def _environment(page: Page, expected: Expected) -> str | None:
    """The environment that a page is about: by the ids of its nodes, its pictures, its title."""
    table = page.table_below("Nodes", "Node", "Kind")
    if table is None:
        return None
    known = expected.loaded.model.environments
    ids = [id_ for row in table.rows[1:] for id_ in re.findall(r"([\w-]+)\.[\w-]", row[0].text)]
    drawn = [name.partition(".")[0] for name, _ in page.pictures]
    titled = [id_ for id_, one in known.items() if (one.name or id_) == page.title]
    for told in (ids, drawn, titled):
        if found := Counter(id_ for id_ in told if id_ in known).most_common(1):
            return found[0][0]
    return None


def _named(path: Path, expected: Expected) -> str | None:
    """The page that a file is called as: `environments/staging.html`."""
    name = "/".join(path.parts[-2:])
    return name if "/" in name and name in expected.page_paths else None
