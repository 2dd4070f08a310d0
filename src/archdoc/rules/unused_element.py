"""Something that nobody talks to and that runs nowhere is no part of the architecture."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import ElementKind, Model, Placement
from archdoc.report import Severity
from archdoc.rules.base import Finding, Rule


def _check(model: Model) -> Iterator[Finding]:
    index = model.index
    used = set(model.links_of)
    for links in model.links_by_environment.values():
        used |= {end.id for link in links for end in (link.source, link.target)}
    for environment in model.environments:
        used |= {place.container.id for place in Placement(model, environment).places}
    in_use = {outer for id_ in used if id_ in index.elements for outer in index.ancestors(id_)}
    for element in index.elements.values():
        if element.kind is ElementKind.COMPONENT:
            continue
        if element.id not in used and element.id not in in_use:
            yield Finding(
                element.path,
                f"nothing is said of `{element.id}`: no relationship, and no place to run",
                on_key=True,
                help="say who talks to it under `relationships:`, or remove it",
            )


RULE = Rule(
    name="unused-element",
    code="A110",
    summary="An element has no relationship and runs nowhere.",
    why="It stands in pictures without telling anything. Often it is left over, or a relationship "
    "was forgotten.",
    example="systems:\n  app:\n    containers:\n      old-cache: {technology: Memcached}",
    fix="Say who talks to it, place it in an environment, or remove it.",
    check=_check,
    severity=Severity.WARNING,
)
