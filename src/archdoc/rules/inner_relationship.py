"""A relationship joins two things, not a thing and its own part."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model
from archdoc.report import Severity
from archdoc.rules.base import Finding, Rule


def _check(model: Model) -> Iterator[Finding]:
    for link in model.links:
        if link.source.id == link.target.id:
            yield Finding(
                link.path,
                f"an arrow from `{link.source.id}` to itself is shown in dynamic views only",
                help="tell it in a step of a dynamic view, or in the description",
                severity=Severity.WARNING,
            )
        outer, inner = sorted((link.source.id, link.target.id), key=len)
        if inner.startswith(f"{outer}."):
            yield Finding(
                link.path,
                f"`{inner}` is a part of `{outer}`: no picture can show an arrow between them",
                help=f"let it begin or end at another part of `{outer}`",
            )


RULE = Rule(
    name="inner-relationship",
    code="A113",
    summary="A relationship joins an element and a part of it, or an element and itself.",
    why="No picture shows it: where the part is drawn, the whole is the boundary around it. What "
    "an element says to itself, which is a warning only, is shown by dynamic views and no others.",
    example="relationships:\n  - shop -> shop.web: Contains",
    fix="Parts stand inside the whole anyway. For who calls whom, name the part that calls.",
    check=_check,
)
