"""All pictures of a model: the views that it names, or a sensible set where it names none."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model, View, ViewKind
from archdoc.views.aws import aws_diagram
from archdoc.views.deployment import deployment_diagram
from archdoc.views.diagram import Diagram
from archdoc.views.logical import logical_diagram


def all_views(model: Model) -> dict[str, View]:
    """The model's views by id, from the widest to the closest; the default set if it has none."""
    return dict(model.views) if model.views else dict(_default_views(model))


def diagrams(model: Model) -> tuple[Diagram, ...]:
    """Every picture of every view. A deployment view on AWS gives two: C4's and AWS's.

    The model must have passed its rules: raises LookupError for references that lead nowhere.
    """
    return tuple(
        diagram
        for view_id, view in all_views(model).items()
        for diagram in _of(model, view_id, view)
    )


def _of(model: Model, view_id: str, view: View) -> Iterator[Diagram]:
    if view.kind is not ViewKind.DEPLOYMENT:
        yield logical_diagram(model, view_id, view)
        return
    yield deployment_diagram(model, view_id, view)
    aws = aws_diagram(model, view_id, view)
    if aws is not None:
        yield aws


def _default_views(model: Model) -> Iterator[tuple[str, View]]:
    own = {id_: system for id_, system in model.systems.items() if system.containers}
    if len(model.systems) > 1:
        yield "landscape", View(kind=ViewKind.LANDSCAPE)
    for system_id, system in own.items():
        suffix = "" if len(own) == 1 else f"-{system_id}"
        yield f"context{suffix}", View(kind=ViewKind.CONTEXT, of=system_id)
        yield f"containers{suffix}", View(kind=ViewKind.CONTAINER, of=system_id)
        for container_id, container in system.containers.items():
            if container.components:
                scope = f"{system_id}.{container_id}"
                name = f"components-{system_id}-{container_id}"
                yield name, View(kind=ViewKind.COMPONENT, of=scope)
    for environment in model.environments:
        taken = environment == "landscape" or environment.startswith(("context", "containers"))
        view_id = f"deployment-{environment}" if taken else environment
        yield view_id, View(kind=ViewKind.DEPLOYMENT, environment=environment)
