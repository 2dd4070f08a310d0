"""A reference must lead to something."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from archdoc.model import Model, Path, UnknownReferenceError
from archdoc.report import did_you_mean, nearest
from archdoc.rules.base import Finding, Rule, container_references, references

_HINTS = 200
"""Beyond so many mistakes of one kind, looking for what was meant would take too long."""


def _check(model: Model) -> Iterator[Finding]:
    hints = iter(range(_HINTS))
    for path, ref, environment in references(model):
        yield from _try(path, ref, partial(model.index.resolve, ref, environment), hints)
    for path, ref, _ in container_references(model):
        yield from _try(path, ref, partial(model.index.container, ref), hints, "container")
    yield from _nodes(model)
    yield from _groups(model)
    for name, view in model.views.items():
        if view.environment is not None:
            path = ("views", name, "environment")
            yield from _among(path, view.environment, model.environments, "environment")


def _nodes(model: Model) -> Iterator[Finding]:
    for name, environment in model.environments.items():
        for node_id, node in environment.nodes.items():
            if node.within is not None:
                path: Path = ("environments", name, "nodes", node_id, "in")
                yield from _among(path, node.within, environment.nodes, f"node of `{name}`")
            for number, zone in enumerate(node.spans):
                path = ("environments", name, "nodes", node_id, "spans", number)
                yield from _among(path, zone, environment.nodes, f"node of `{name}`")


def _groups(model: Model) -> Iterator[Finding]:
    for element in model.index.elements.values():
        if element.group is not None:
            yield from _among((*element.path, "group"), element.group, model.groups, "group")
    for name, group in model.groups.items():
        if group.within is not None:
            yield from _among(("groups", name, "in"), group.within, model.groups, "group")
    for name, view in model.views.items():
        for key, selectors in (("include", view.include), ("exclude", view.exclude)):
            for number, selector in enumerate(selectors):
                if selector.group is not None:
                    path = ("views", name, key, number, "group")
                    yield from _among(path, selector.group, model.groups, "group")


def _among(path: Path, name: str, known: Iterable[str], kind: str) -> Iterator[Finding]:
    """A name that must be one of some others."""
    names = list(known)
    if name not in names:
        yield Finding(
            path,
            f"no {kind} is called `{name}`",
            label=did_you_mean(name, names),
            help=f"there are: {', '.join(names)}" if names else "there is none at all",
        )


def _try(
    path: Path,
    ref: str,
    look_up: Callable[[], object],
    hints: Iterator[int],
    kind: str = "element",
) -> Iterator[Finding]:
    try:
        look_up()
    except UnknownReferenceError as error:
        meant = nearest(ref, error.known) if next(hints, None) is not None else None
        near = [meant] if meant else []
        reach = near + [known for known in error.known if known != meant and "." not in known]
        yield Finding(
            path,
            f"no {kind} is called `{ref}`",
            word=ref,
            label=f"did you mean `{meant}`?" if meant else "",
            help=f"{kind}s in reach: {', '.join(reach[:12])}{', …' if len(reach) > 12 else ''}",
        )
    except LookupError:
        return  # ambiguous: another rule's


RULE = Rule(
    name="unknown-reference",
    code="A101",
    summary="A reference leads to no element.",
    why="A relationship or a placement that points at nothing would silently be left out.",
    example="relationships:\n  - django -> redsi: Cache requests",
    fix="Correct the name, or add the element. Any unambiguous end of an id's path will do.",
    check=_check,
    required=True,
)
