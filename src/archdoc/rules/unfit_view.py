"""A view must look into something that has what it shows."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import ElementKind, Model, ViewKind
from archdoc.rules.base import Finding, Rule

_LOOKS_INTO = {
    ViewKind.CONTEXT: ElementKind.SYSTEM,
    ViewKind.CONTAINER: ElementKind.SYSTEM,
    ViewKind.COMPONENT: ElementKind.CONTAINER,
}


def _check(model: Model) -> Iterator[Finding]:
    for name, view in model.views.items():
        wanted = _LOOKS_INTO.get(view.kind)
        if wanted is None or view.of is None:
            continue
        scope = model.index.find(view.of)
        if scope is None:
            continue  # another rule's
        inside = model.index.children(scope.id)
        path = ("views", name, "of")
        if scope.kind is not wanted:
            fitting = [e.id for e in model.index.elements.values() if e.kind is wanted]
            yield Finding(
                path,
                f"a {view.kind} view looks into a {wanted}, and `{view.of}` is a {scope.kind}",
                help=f"{wanted}s: {', '.join(fitting[:12])}{', …' if len(fitting) > 12 else ''}",
            )
        elif view.kind is not ViewKind.CONTEXT and not inside:
            yield Finding(
                path,
                f"there is nothing in `{view.of}` to show",
                help="add what it consists of, or leave the view out",
            )


RULE = Rule(
    name="unfit-view",
    code="A401",
    summary="A view looks into something that does not have what it shows.",
    why="The picture would be empty, or show something else than its kind promises.",
    example="views:\n  parts: {kind: component, of: app}     # a system has containers",
    fix="Let context and container views look into a system, component views into a container.",
    check=_check,
    required=True,
)
