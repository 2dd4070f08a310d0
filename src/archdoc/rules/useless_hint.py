"""A view's layout hints are about what it shows."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model
from archdoc.report import Severity
from archdoc.rules.base import Finding, Rule
from archdoc.views import placeable


def _check(model: Model) -> Iterator[Finding]:
    for name, view in model.views.items():
        hints = list(view.hints)
        if not hints or (view.environment or "") not in {"", *model.environments}:
            continue  # a wrong environment is another rule's
        try:
            there = placeable(model, view)
        except LookupError:
            continue  # another rule's
        for path, ref in hints:
            element = model.index.find(ref, view.environment)
            if element is not None and element.id not in there:
                yield Finding(
                    ("views", name, *path),
                    f"the view `{name}` does not show `{ref}`",
                    help="hints place what a view shows; leave it out, or include it",
                )


RULE = Rule(
    name="useless-hint",
    code="A407",
    summary="A view's `rank`, `order` or `near` names what the view does not show.",
    why="The hint moves nothing; probably the view once showed it, or another one was meant.",
    example="views:\n  shops: {kind: landscape, order: [user, web]}    # a landscape shows systems",
    fix="Leave it out, or let the view include it.",
    check=_check,
    severity=Severity.WARNING,
)
