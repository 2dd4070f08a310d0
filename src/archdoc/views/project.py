"""All pictures of a model: the views that it names, or a sensible set where it names none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archdoc.model import Element, ElementKind, Model, Placement, View, ViewKind
from archdoc.views.aws import aws_diagram, shown_on_aws
from archdoc.views.deployment import deployment_diagram, shown_in_environment
from archdoc.views.diagram import Diagram
from archdoc.views.dynamic import dynamic_diagram, shown_participants
from archdoc.views.logical import logical_diagram, shown_elements


def all_views(model: Model) -> dict[str, View]:
    """The model's views by id, from the widest to the closest; the default set if it has none."""
    return dict(model.views) if model.views else _default_views(model)


def diagrams(model: Model) -> tuple[Diagram, ...]:
    """Every picture of every view. A deployment view on AWS gives two: C4's and AWS's.

    The model must have passed its rules: raises LookupError for references that lead nowhere.
    """
    return tuple(
        diagram
        for view_id, view in all_views(model).items()
        for diagram in _of(model, view_id, view)
    )


def shown(model: Model, view: View) -> Iterable[str]:
    """What a view shows, without drawing it: empty for a picture of nothing.

    Raises LookupError for references that lead nowhere.
    """
    if view.kind.shows_environment:
        placement = Placement(model, view.environment or "")
        is_aws = view.kind is ViewKind.AWS
        return (shown_on_aws if is_aws else shown_in_environment)(placement, view)
    if view.kind is ViewKind.DYNAMIC:
        return shown_participants(model, view)
    return shown_elements(model, view)


def _of(model: Model, view_id: str, view: View) -> Iterator[Diagram]:
    if view.kind is ViewKind.DYNAMIC:
        yield dynamic_diagram(model, view_id, view)
        return
    if not view.kind.shows_environment:
        yield logical_diagram(model, view_id, view)
        return
    if view.kind is ViewKind.DEPLOYMENT:
        yield deployment_diagram(model, view_id, view)
    aws = aws_diagram(model, view_id, view)
    if aws is not None:
        yield aws


def _default_views(model: Model) -> dict[str, View]:
    """A landscape where there are several systems, every level of each, every environment."""
    views: dict[str, View] = {}
    systems = [e for e in model.index.children(None) if e.kind is ElementKind.SYSTEM]
    own = [system for system in systems if model.index.children(system.id)]
    if len(systems) > 1:
        views["landscape"] = View(kind=ViewKind.LANDSCAPE)
    for system in own:
        suffix = "" if len(own) == 1 else f"-{system.id}"
        _add(views, f"context{suffix}", View(kind=ViewKind.CONTEXT, of=system.id))
        if not system.is_external:
            _add(views, f"containers{suffix}", View(kind=ViewKind.CONTAINER, of=system.id))
            for container in model.index.children(system.id):
                _add_components(model, views, container)
    for environment in model.environments:
        view = View(kind=ViewKind.DEPLOYMENT, environment=environment)
        name = environment if environment not in views else f"deployment-{environment}"
        _add(views, name, view)
    return views


def _add_components(model: Model, views: dict[str, View], container: Element) -> None:
    if model.index.children(container.id):
        name = f"components-{container.id.replace('.', '-')}"
        _add(views, name, View(kind=ViewKind.COMPONENT, of=container.id))


def _add(views: dict[str, View], name: str, view: View) -> None:
    """Add a view under a name that no other has: pictures are files of that name."""
    number, free = 2, name
    while free in views:
        free, number = f"{name}-{number}", number + 1
    views[free] = view
