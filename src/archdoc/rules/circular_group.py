"""A group cannot be inside itself."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model
from archdoc.rules.base import Finding, Rule


def _check(model: Model) -> Iterator[Finding]:
    for name in model.groups:
        chain = model.group_chain(name)
        outermost = model.groups[chain[-1]].within
        if outermost == name:
            yield Finding(
                ("groups", name, "in"),
                f"`{name}` is inside itself: {' in '.join([*chain, name])}",
                help="let the outermost of them stand in no other",
            )


RULE = Rule(
    name="circular-group",
    code="A116",
    summary="A group is inside itself.",
    why="No picture can draw that.",
    example="groups:\n  a: {in: b}\n  b: {in: a}",
    fix="Leave out the `in:` of the outermost group.",
    check=_check,
    required=True,
)
