"""A view shows something."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model, View
from archdoc.rules.base import Finding, Rule
from archdoc.rules.unfit_view import RULE as UNFIT_VIEW
from archdoc.views import shown


def _check(model: Model) -> Iterator[Finding]:
    unfit = {finding.path[1] for finding in UNFIT_VIEW.check(model)}
    for name, view in model.views.items():
        if name in unfit:
            continue  # another rule's
        if view.environment is not None and view.environment not in model.environments:
            continue  # another rule's
        if any(model.index.find(ref, view.environment) is None for ref in _references(view)):
            continue  # another rule's
        try:
            empty = not list(shown(model, view))
        except LookupError:
            continue  # another rule's
        if empty:
            yield Finding(
                ("views", name),
                f"the view `{name}` shows nothing",
                on_key=True,
                help="look at its `include` and `exclude`; without them it shows what is usual, "
                "and an aws view only what is on AWS",
            )


def _references(view: View) -> Iterator[str]:
    for selector in (*view.include, *view.exclude):
        yield from (r for r in (selector.id, selector.inside, selector.around) if r is not None)


RULE = Rule(
    name="empty-view",
    code="A402",
    summary="A view shows nothing.",
    why="Its picture would be empty, and nobody would know whether that is meant.",
    example="views:\n  databases: {kind: landscape, include: [{kind: database}]}"
    "    # a landscape shows systems",
    fix="Include something that a view of its kind can show, or exclude less.",
    check=_check,
)
