"""A reference must lead to something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from archdoc.model import Model, UnknownReferenceError
from archdoc.rules.base import Finding, Rule, container_references, did_you_mean, references


def _check(model: Model) -> Iterator[Finding]:
    for path, ref, environment in references(model):
        yield from _try(path, ref, partial(model.index.resolve, ref, environment))
    for path, ref, _ in container_references(model):
        yield from _try(path, ref, partial(model.index.container, ref), "container")
    for name, environment_content in model.environments.items():
        for node_id, node in environment_content.nodes.items():
            if node.within is not None and node.within not in environment_content.nodes:
                yield Finding(
                    ("environments", name, "nodes", node_id, "in"),
                    f"no node of `{name}` is called `{node.within}`",
                    label=did_you_mean(node.within, environment_content.nodes),
                    help=f"nodes here: {', '.join(environment_content.nodes)}",
                )
    for name, view in model.views.items():
        if view.environment is not None and view.environment not in model.environments:
            yield Finding(
                ("views", name, "environment"),
                f"no environment is called `{view.environment}`",
                label=did_you_mean(view.environment, model.environments),
                help=f"environments: {', '.join(model.environments)}",
            )


def _try(
    path: tuple[str | int, ...], ref: str, look_up: Callable[[], object], kind: str = "element"
) -> Iterator[Finding]:
    try:
        look_up()
    except UnknownReferenceError as error:
        label = did_you_mean(ref, error.known)
        near = [known for known in error.known if label and f"`{known}`" in label]
        reach = near + [k for k in error.known if k not in near and "." not in k]
        yield Finding(
            path,
            f"no {kind} is called `{ref}`",
            word=ref,
            label=label,
            help=f"{kind}s in reach: {', '.join(reach[:12])}{', …' if len(reach) > 12 else ''}",
        )
    except LookupError:
        return  # ambiguous: another rule's


RULE = Rule(
    name="unknown-reference",
    summary="A reference leads to no element.",
    why="A relationship or a placement that points at nothing would silently be left out.",
    example="relationships:\n  - django -> redsi: Cache requests",
    fix="Correct the name, or add the element. Any unambiguous end of an id's path will do.",
    check=_check,
)
