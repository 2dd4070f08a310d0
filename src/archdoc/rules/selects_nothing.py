"""What a view includes or excludes exists."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model, Selector, View
from archdoc.report import Severity, did_you_mean
from archdoc.rules.base import Finding, Rule
from archdoc.views import LEVELS, Selection


def _check(model: Model) -> Iterator[Finding]:
    for name, view in model.views.items():
        if view.environment is not None and view.environment not in model.environments:
            continue  # another rule's
        for key, selectors in (("include", view.include), ("exclude", view.exclude)):
            for number, selector in enumerate(selectors):
                if _leads_somewhere(model, view, selector):
                    yield from _judge(model, view, selector, ("views", name, key, number))


def _leads_somewhere(model: Model, view: View, selector: Selector) -> bool:
    """Whether its references are found: if not, other rules say so."""
    refs = [ref for ref in (selector.id, selector.inside, selector.around) if ref is not None]
    found = all(model.index.find(ref, view.environment) is not None for ref in refs)
    return found and (selector.group is None or selector.group in model.groups)


def _judge(
    model: Model, view: View, selector: Selector, path: tuple[str | int, ...]
) -> Iterator[Finding]:
    if selector.usual or Selection(model, view).meant(selector):
        return
    kinds = sorted(f"{kind}s" for kind in LEVELS[view.kind])
    label = ""
    if selector.tag is not None:
        tags = {tag for e in model.index.elements.values() for tag in e.content.tags}
        label = did_you_mean(selector.tag, tags)
    yield Finding(
        path,
        "this means nothing that the view could show",
        label=label,
        help=f"a {view.kind} view shows {', '.join(kinds)}",
    )


RULE = Rule(
    name="selects-nothing",
    code="A403",
    summary="A part of a view's `include` or `exclude` means nothing that the view could show.",
    why="A tag was renamed, or it means elements of a level that the view does not show; the "
    "picture is not what its author thinks.",
    example="views:\n  money: {kind: container, of: shop, include: [{tag: paymnets}]}",
    fix="Correct it, or leave it out.",
    check=_check,
    severity=Severity.WARNING,
)
