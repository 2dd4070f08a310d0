"""A group has members."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model
from archdoc.report import Severity
from archdoc.rules.base import Finding, Rule


def _check(model: Model) -> Iterator[Finding]:
    used = {
        group
        for element in model.index.elements.values()
        for group in model.group_chain(element.group)
    }
    for name in model.groups:
        if name not in used:
            yield Finding(
                ("groups", name),
                f"nothing belongs to the group `{name}`",
                on_key=True,
                help=f"write `group: {name}` where something does, or remove the group",
            )


RULE = Rule(
    name="unused-group",
    code="A115",
    summary="Nothing belongs to a group.",
    why="It is in no picture: probably its members were meant to say so.",
    example="groups:\n  payments: {description: Everything about money.}",
    fix="Write `group: payments` at its members, or remove it.",
    check=_check,
    severity=Severity.WARNING,
)
