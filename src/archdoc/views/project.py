"""All pictures of a model: the views that it names, or a sensible set where it names none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from archdoc.model import Element, ElementKind, Model, Placement, View, ViewKind
from archdoc.views.aws import aws_diagram, shown_on_aws
from archdoc.views.deployment import deployment_diagram, shown_in_environment
from archdoc.views.diagram import Diagram
from archdoc.views.dynamic import dynamic_diagram, shown_participants
from archdoc.views.logical import logical_diagram, shown_elements


def all_views(model: Model) -> dict[str, View]:
    """The model's views by id; a default set, from the widest to the closest, if it has none.

    Dynamic views, which only an author can write, do not count for that: they come after it.
    """
    named = dict(model.views)
    if any(view.kind is not ViewKind.DYNAMIC for view in named.values()):
        return named
    usual = _default_views(model, taken=named)
    return usual | named


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


def placeable(model: Model, view: View) -> set[str]:
    """The ids of the elements that a view's layout hints can name: what it shows, and around that.

    Raises LookupError for references that lead nowhere.
    """
    index = model.index
    if view.kind.shows_environment:
        keys = shown_in_environment(Placement(model, view.environment or ""), view)
    else:
        keys = set(shown(model, view))
    ids = {id_ for key in keys for id_ in key.split("@")}
    return ids | {outer for id_ in ids if id_ in index.elements for outer in index.ancestors(id_)}


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


def _default_views(model: Model, taken: Collection[str]) -> dict[str, View]:
    """A landscape where there are several systems, every level of each, every environment.

    None is called as one of those that are `taken`.
    """
    views = _Views(taken)
    systems = [e for e in model.index.children(None) if e.kind is ElementKind.SYSTEM]
    own = [system for system in systems if model.index.children(system.id)]
    if len(systems) > 1:
        views.add("landscape", View(kind=ViewKind.LANDSCAPE))
    for system in own:
        suffix = "" if len(own) == 1 else f"-{system.id}"
        views.add(f"context{suffix}", View(kind=ViewKind.CONTEXT, of=system.id))
        if not system.is_external:
            views.add(f"containers{suffix}", View(kind=ViewKind.CONTAINER, of=system.id))
            for container in model.index.children(system.id):
                _add_components(model, views, container)
    for environment in model.environments:
        view = View(kind=ViewKind.DEPLOYMENT, environment=environment)
        name = environment if views.is_free(environment) else f"deployment-{environment}"
        views.add(name, view)
    return views.by_id


def _add_components(model: Model, views: _Views, container: Element) -> None:
    if model.index.children(container.id):
        name = f"components-{container.id.replace('.', '-')}"
        views.add(name, View(kind=ViewKind.COMPONENT, of=container.id))


@dataclass
class _Views:
    """Views under names that no other has: pictures are files of that name."""

    taken: Collection[str]
    by_id: dict[str, View] = field(default_factory=dict)

    def is_free(self, name: str) -> bool:
        return name not in self.by_id and name not in self.taken

    def add(self, name: str, view: View) -> None:
        number, free = 2, name
        while not self.is_free(free):
            free, number = f"{name}-{number}", number + 1
        self.by_id[free] = view
