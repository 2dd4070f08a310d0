"""Several files as one model: what each adds is joined, and nothing is said twice."""

from __future__ import annotations

from archdoc.report import Diagnostic, Note
from archdoc.source.shape import ID_MAPS, RELATIONSHIPS, Shape
from archdoc.source.tree import Tree


def combine(trees: list[Tree]) -> tuple[Tree, list[Diagnostic]]:
    """The files of one model as one tree, and what two of them say.

    An id may stand in several files only where at most one of them says what it is: the others
    only put something inside it, as in `systems: {app: {containers: …}}`.
    """
    problems: list[Diagnostic] = []
    first, *others = trees
    for other in others:
        first = _join(first, other, ID_MAPS, problems)
    return first, problems


def _join(left: Tree, right: Tree, shape: Shape, problems: list[Diagnostic]) -> Tree:
    """Two mappings whose keys are the model's: those of `shape` hold ids."""
    values, keys = dict(left.entries), dict(left.keys)
    for key, value in right.entries.items():
        here, there = right.keys[key], keys.get(key)
        if there is None:
            values[key], keys[key] = value, here
            continue
        before = values[key]
        if key in shape and isinstance(before.value, dict) and isinstance(value.value, dict):
            values[key] = _join_ids(before, value, shape[key], problems)
        elif key == RELATIONSHIPS and before.items and value.items:
            values[key] = before.with_value([*before.items, *value.items])
        else:
            problems.append(_twice(key, here, there))
    return left.with_value(values, keys)


def _join_ids(left: Tree, right: Tree, shape: Shape, problems: list[Diagnostic]) -> Tree:
    """Two mappings whose keys are ids."""
    values, keys = dict(left.entries), dict(left.keys)
    for id_, value in right.entries.items():
        before = values.get(id_)
        if before is None:
            values[id_], keys[id_] = value, right.keys[id_]
        elif _only_holds(before, shape) or _only_holds(value, shape):
            values[id_] = _join(before, value, shape, problems)
            if _only_holds(before, shape):
                keys[id_] = right.keys[id_]  # where it is said what it is
        else:
            problems.append(_twice(id_, right.keys[id_], keys[id_]))
    return left.with_value(values, keys)


def _only_holds(entry: Tree, shape: Shape) -> bool:
    """Whether it says nothing of its own, and has something inside."""
    inner = {*shape, RELATIONSHIPS} if "nodes" in shape else set(shape)
    return bool(entry.entries) and entry.entries.keys() <= inner


def _twice(name: str, here: Tree, there: Tree) -> Diagnostic:
    return Diagnostic(
        "duplicate-id",
        f"`{name}` is given in two files",
        span=here.span,
        notes=(Note("first given here", there.span),),
        help="keep one of them",
    )
