"""What is said of something as a whole, in pictures that look into it.

No arrow of a logical view ends at a boundary: "staff manages the application" belongs to the
picture that shows the application as one box. So that nobody misses it without a word, it is named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from archdoc.model import Link, Model
from archdoc.views.diagram import Diagram


def said_of_wholes(
    model: Model, diagram: Diagram, scope: str | None, drawn: Collection[str]
) -> tuple[str, ...]:
    """The relationships that a picture leaves out because they are about a boundary of it.

    Those of the scope, which the view is about, and of other boundaries those with what is in the
    picture. `drawn` are the ids of all elements that some box stands for. Each is a phrase that
    continues "not shown:".
    """
    boundaries = {
        n.element for n in diagram.walk() if n.boundary and n.element in model.index.elements
    }
    links = {
        id(link): link
        for boundary in boundaries
        for link in model.links_of.get(boundary, ())
        if _is_missed(model, link, scope, boundaries, {*drawn, *boundaries})
    }
    found = sorted(links.values(), key=lambda link: (link.relationship.order, link.path[-1]))
    return tuple(dict.fromkeys(_phrase(link, boundaries) for link in found))


def _is_missed(
    model: Model, link: Link, scope: str | None, boundaries: set[str], shown: Collection[str]
) -> bool:
    ends = {link.source.id, link.target.id}
    if any(end in model.index.ancestors(other) for end in ends for other in ends):
        return False
    return bool(ends & boundaries) and (scope in ends or ends <= set(shown))


def _phrase(link: Link, boundaries: set[str]) -> str:
    whole = next(end for end in _ends(link) if end[0] in boundaries)[1]
    label = f" “{link.label}”" if link.label else ""
    arrow = f"{link.source.name} → {link.target.name}{label}"
    return f"the arrow {arrow}, which is shown where {whole} is one box"


def _ends(link: Link) -> Iterator[tuple[str, str]]:
    yield link.source.id, link.source.name
    yield link.target.id, link.target.name
