"""A person and a system cannot have the same id."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model
from archdoc.rules.base import Finding, Rule


def _check(model: Model) -> Iterator[Finding]:
    for id_ in model.people:
        if id_ in model.systems:
            yield Finding(
                ("systems", id_),
                f"`{id_}` is a person and a system",
                on_key=True,
                help="rename one of them: an id means one element",
                other=("people", id_),
                other_message="the person",
            )


RULE = Rule(
    name="shared-id",
    code="A103",
    summary="A person and a system have the same id.",
    why="Every reference to it would be a guess, and one of them would hide the other.",
    example="people:\n  shop: {name: Shop assistant}\nsystems:\n  shop: {name: Web shop}",
    fix="Rename one of them. The names that people read may stay the same.",
    check=_check,
    required=True,
)
