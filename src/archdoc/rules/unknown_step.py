"""A dynamic view goes along relationships that the model knows."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model
from archdoc.rules.base import Finding, Rule
from archdoc.views import links_along


def _check(model: Model) -> Iterator[Finding]:
    half_known = _half_known(model)
    for name, view in model.views.items():
        for number, step in enumerate(view.steps):
            source, target = model.index.find(step.source), model.index.find(step.target)
            if source is None or target is None or links_along(model, source, target):
                continue
            if {source.id, target.id} & half_known:
                continue  # a relationship that leads nowhere may be the one: another rule's
            near = [
                link.target.id if link.source.id == source.id else link.source.id
                for link in model.links_of.get(source.id, ())
            ]
            known = ", ".join(dict.fromkeys(near)) or "nothing"
            yield Finding(
                ("views", name, "steps", number),
                f"no relationship joins `{source.id}` and `{target.id}`",
                help=f"`{source.id}` has relationships with: {known}; "
                "add one under `relationships:`, or take the way that exists",
            )


def _half_known(model: Model) -> set[str]:
    """The elements with a relationship whose other end is not found."""
    ends = [(model.index.find(r.source), model.index.find(r.target)) for r in model.relationships]
    return {end.id for pair in ends if None in pair for end in pair if end is not None}


RULE = Rule(
    name="unknown-step",
    code="A404",
    summary="A step of a dynamic view goes along no relationship of the model.",
    why="A dynamic view tells in which order things happen that the other pictures show. What they "
    "do not show cannot happen.",
    example="relationships:\n  - user -> web: Orders\nviews:\n  order: {kind: dynamic, "
    "steps: [user -> db: Orders]}",
    fix="Let the step go along relationships that exist (answers may go back), or add the "
    "relationship.",
    check=_check,
)
