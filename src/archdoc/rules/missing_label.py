"""An arrow should say what it is about."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Link, Model
from archdoc.report import Severity
from archdoc.rules.base import Finding, Rule


def _check(model: Model) -> Iterator[Finding]:
    every: list[Link] = [*model.links]
    for links in model.links_by_environment.values():
        every += links
    for link in every:
        if not link.label:
            yield Finding(
                link.path,
                f"`{link.source.id} -> {link.target.id}` does not say what it is about",
                help="two or three words: `from -> to: SQL queries`",
            )


RULE = Rule(
    name="missing-label",
    code="A111",
    summary="A relationship has no label.",
    why="An arrow without words tells only that two things know each other.",
    example="relationships:\n  - web -> db",
    fix="Say what is asked or sent: `web -> db: SQL queries`.",
    check=_check,
    severity=Severity.WARNING,
)
