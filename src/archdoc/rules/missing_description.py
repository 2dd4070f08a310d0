"""Everything that a newcomer meets should say what it is for."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import ElementKind, Model
from archdoc.report import Severity
from archdoc.rules.base import Finding, Rule


def _check(model: Model) -> Iterator[Finding]:
    for element in model.index.elements.values():
        if element.kind is not ElementKind.COMPONENT and not element.content.description:
            yield Finding(
                element.path,
                f"`{element.id}` has no description",
                on_key=True,
                help="one sentence: what is it for?",
            )


RULE = Rule(
    name="missing-description",
    code="A114",
    summary="An element does not say what it is for.",
    why="Pictures and pages are made for people who do not know the system yet.",
    example="containers:\n  redis: {technology: Redis}",
    fix="Add `description:` with one sentence.",
    check=_check,
    severity=Severity.WARNING,
)
