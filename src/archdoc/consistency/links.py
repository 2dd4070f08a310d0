"""Whether the links of a page lead to what is written on them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from archdoc.consistency.compare import Difference
from archdoc.model import Model

_PAGE = re.compile(r"(elements|environments)/(.+)\.html")


def link_differences(model: Model, named: Iterable[tuple[str, str]]) -> Iterator[Difference]:
    """Links of a page's text, as (where it leads, what is written on it), that lead elsewhere.

    One to the page of an element or an environment has its name on it, and one with such a name
    leads to such a page. Groups, which share one page, and views may be called as anything
    else is.
    """
    names = {f"elements/{id_}.html": e.name for id_, e in model.index.elements.items()}
    names |= {f"environments/{id_}.html": e.name or id_ for id_, e in model.environments.items()}
    known = {_words(name) for name in names.values()}
    for target, text in named:
        should = names.get(target)
        if should is not None and _words(should) != _words(text):
            yield Difference(target, "the text of a link to it", repr(should), repr(text))
        is_page = _PAGE.fullmatch(target) or _words(text) in known
        if should is None and is_page and not target.startswith(("groups.html", "views/")):
            yield Difference(text, "what a link leads to", "its page", repr(target))


def box_differences(model: Model, boxes: Iterable[tuple[str, str]]) -> Iterator[Difference]:
    """Links of boxes in pictures, as (the element, where it leads), that lead to another's page.

    A node is told of on its environment's page, in a row of a table.
    """
    for element, target in boxes:
        environment, _, node = element.partition(".")
        is_node = element not in model.index.elements and environment in model.environments
        should = f"elements/{element}.html"
        if is_node:
            should = f"environments/{environment}.html#node.{node}"
        if target != should:
            yield Difference(element, "what its box links to", repr(should), repr(target))


def _words(text: str) -> str:
    return "".join(text.split())
