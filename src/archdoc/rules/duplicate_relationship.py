"""The same is not said twice."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Link, Model, Path
from archdoc.report import Severity
from archdoc.rules.base import Finding, Rule


def _check(model: Model) -> Iterator[Finding]:
    for links in (model.links, *model.links_by_environment.values()):
        yield from _twice(links)


def _twice(links: tuple[Link, ...]) -> Iterator[Finding]:
    first: dict[tuple[str, str], Path] = {}
    for link in sorted(links, key=lambda link: link.path):
        key = (link.id, link.relationship.technology)
        if key in first:
            yield Finding(
                link.path,
                f"`{link.source.id} -> {link.target.id}: {link.label}` is said twice",
                help="keep one of them, or word them differently",
                other=first[key],
                other_message="first said here",
            )
        first.setdefault(key, link.path)


RULE = Rule(
    name="duplicate-relationship",
    code="A112",
    summary="Two relationships have the same ends, label and technology.",
    why="Pictures show one arrow for both, so one of them is a mistake: often the label was meant "
    "to differ.",
    example="relationships:\n  - web -> db: SQL queries\n  - web -> shop.db: SQL queries",
    fix="Remove one, or reword it.",
    check=_check,
    severity=Severity.WARNING,
)
