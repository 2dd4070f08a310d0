"""What relationships say, in any of the forms in which they may be written."""

from __future__ import annotations

from archdoc.model import arrow_ends
from archdoc.source.shape import RELATIONSHIPS
from archdoc.source.tree import Tree


def ends_of(relationship: Tree) -> tuple[str, str, str | None] | None:
    """From, to and label of a relationship or a step; None for what is none."""
    entries = relationship.entries
    text, said = relationship.value, None
    if len(entries) == 1:
        text, only = next(iter(entries.items()))
        said = str(only.value or "")
    if isinstance(text, str):
        parsed = arrow_ends(text)
        return None if parsed is None else (parsed[0], parsed[2], said or parsed[3])
    source, target, label = (entries.get(key) for key in ("from", "to", "label"))
    if source is None or target is None:
        return None
    return str(source.value), str(target.value), None if label is None else str(label.value or "")


def labels_of(model: Tree) -> set[str]:
    """The labels of all relationships of a model."""
    holder = model.at(RELATIONSHIPS)
    return {(ends_of(item) or ("", "", ""))[2] or "" for item in (holder.items if holder else ())}


def is_same(inherited: Tree, own: Tree, *, loosely: bool) -> bool:
    """Whether both are one relationship: the same ends and label.

    Loosely, the same ends are enough where `own` says no label.
    """
    left, right = ends_of(inherited), ends_of(own)
    if left is None or right is None:
        return False
    ends = all(_may_be(a, b) for a, b in zip(left[:2], right[:2], strict=True))
    if loosely and right[2] is None:
        return ends
    return ends and (left[2] or "") == (right[2] or "")


def speaks_of(relationship: Tree, ids: set[str]) -> bool:
    """Whether one of its ends is one of some references."""
    ends = ends_of(relationship)
    return ends is not None and not ids.isdisjoint(ends[:2])


def _may_be(one: str, other: str) -> bool:
    """Whether two references may mean the same: one is the end of the other."""
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")
