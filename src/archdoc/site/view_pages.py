"""Where the pictures of views stand: together on one page, or each view on a page of its own.

Pictures are large, and a page that loads in a moment holds a dozen of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from posixpath import dirname, relpath

from archdoc.site.blocks import table
from archdoc.site.content import Figure
from archdoc.site.markdown import escape

VIEWS = "views.md"
"""The page of all views; where there are many, it lists them."""
_TOGETHER = 12


def page_of_view(view: str, pictures: int) -> str:
    """The page that shows a view, where views of no environment have so many pictures in all."""
    return VIEWS if pictures <= _TOGETHER else f"views/{view}.md"


def by_page(figures: Sequence[Figure]) -> Mapping[str, list[Figure]]:
    """The pages of views, and the pictures on each; the page that lists them holds none."""
    pages: dict[str, list[Figure]] = {VIEWS: []} if figures else {}
    for figure in figures:
        pages.setdefault(page_of_view(figure.diagram.id, len(figures)), []).append(figure)
    return pages


def anchors_of_flows(figures: Sequence[Figure]) -> list[str]:
    """The place of each picture's heading on the page of all views: of a flow's first one only."""
    seen: set[str] = set()
    anchors = []
    for diagram in (figure.diagram for figure in figures):
        is_first = diagram.kind == "dynamic" and diagram.id not in seen
        anchors.append(anchor_of_flow(diagram.id) if is_first else "")
        seen.add(diagram.id)
    return anchors


def anchor_of_flow(view: str) -> str:
    """Unlike any other heading's: those have no dots."""
    return f"flow.{view}"


def flows_with(ids: Collection[str], figures: Sequence[Figure], page: str) -> str:
    """The flows in which one of these elements sends or gets a message, as a list in Markdown."""
    found: dict[str, str] = {}
    for diagram in (figure.diagram for figure in figures if figure.diagram.kind == "dynamic"):
        if diagram.ends.isdisjoint(ids):
            continue
        target = page_of_view(diagram.id, len(figures))
        place = f"#{anchor_of_flow(diagram.id)}" if target == VIEWS else ""
        link = f"[{escape(diagram.title)}]({relpath(target, dirname(page) or '.')}{place})"
        found[diagram.id] = (
            f"- {link}{f': {escape(said)}' if (said := diagram.description) else ''}"
        )
    return "\n".join(found.values())


def views_table(pages: Mapping[str, Sequence[Figure]]) -> str:
    """Every view that has a page of its own, with a link; empty where none has."""
    rows = [
        (
            f"[{escape(figures[0].diagram.title)}]({relpath(page, dirname(VIEWS) or '.')})",
            escape(figures[0].diagram.description),
        )
        for page, figures in pages.items()
        if page != VIEWS
    ]
    return table(("Picture", "What it shows"), rows) if rows else ""
