"""What goes along when an heir removes something: whatever refers to it."""

from __future__ import annotations

from collections.abc import Callable

from archdoc.source.said import speaks_of
from archdoc.source.shape import RELATIONSHIPS
from archdoc.source.tree import Tree


def without_elements(model: Tree, gone: set[str]) -> Tree:
    """A model without what refers to elements that are gone.

    `gone` are the references that could only mean those. Relationships go, and so do the places
    where they run, the steps and the selectors of views, and views that look into them.
    """
    if not gone:
        return model
    model = without_relationships(model, gone)
    model = _each(model, "environments", lambda env: _without_places(env, gone))
    return _each(model, "views", lambda view: _without_sights(view, gone))


def without_relationships(holder: Tree, gone: set[str]) -> Tree:
    """A model, or an environment, without the relationships of what is gone."""
    return _filtered(holder, RELATIONSHIPS, lambda item: not speaks_of(item, gone))


def without_rewordings(model: Tree, labels: set[str]) -> Tree:
    """A model whose environments do not reword labels that nothing has any more."""

    def kept(environment: Tree) -> Tree:
        reword = environment.at("reword")
        if reword is None or not isinstance(reword.value, dict):
            return environment
        left = {label: value for label, value in reword.value.items() if label not in labels}
        return _with(environment, "reword", reword.with_value(left))

    return _each(model, "environments", kept) if labels else model


def _without_places(environment: Tree, gone: set[str]) -> Tree:
    """An environment whose nodes neither run nor realise what is gone."""
    nodes = environment.at("nodes")
    # A reference to one of its own nodes means that node, whatever else was called so.
    elsewhere = gone - (nodes.entries.keys() if nodes is not None else set())
    environment = without_relationships(environment, elsewhere)
    return _each(environment, "nodes", lambda node: _emptied(node, gone))


def _emptied(node: Tree, gone: set[str]) -> Tree:
    for key in ("runs", "realises"):
        node = _filtered(node, key, lambda item: _placed(item) not in gone)
        only = node.at(key)
        if only is not None and isinstance(only.value, str) and only.value in gone:
            node = node.with_value({k: v for k, v in node.entries.items() if k != key})
    return node


def _placed(item: Tree) -> str:
    """What an entry of `runs` or `realises` refers to."""
    said = item.at("container")
    return str((item if said is None else said).value)


def _without_sights(view: Tree, gone: set[str]) -> Tree | None:
    """A view without steps and selectors of what is gone; None where it looks into that itself."""
    of, steps = view.at("of"), view.at("steps")
    if of is not None and of.value in gone:
        return None
    view = _filtered(view, "steps", lambda step: not speaks_of(step, gone))
    left = view.at("steps")
    if steps is not None and steps.items and left is not None and not left.items:
        return None
    for key in ("include", "exclude"):
        view = _filtered(view, key, lambda selector: not _selected(selector) & gone)
    return view


def _selected(selector: Tree) -> set[str]:
    said = [selector, *(selector.entries.get(way) for way in ("id", "inside", "around"))]
    return {tree.value for tree in said if tree is not None and isinstance(tree.value, str)}


def _each(holder: Tree, key: str, change: Callable[[Tree], Tree | None]) -> Tree:
    """The same with every entry of one mapping changed, or left out where that gives None."""
    mapping = holder.at(key)
    if mapping is None or not isinstance(mapping.value, dict):
        return holder
    changed = {
        name: entry
        for name, old in mapping.value.items()
        if (entry := change(old) if isinstance(old.value, dict) else old) is not None
    }
    return _with(holder, key, mapping.with_value(changed))


def _filtered(holder: Tree, key: str, keep: Callable[[Tree], bool]) -> Tree:
    """The same with only some items of one list."""
    items = holder.at(key)
    if items is None or not isinstance(items.value, list):
        return holder
    return _with(holder, key, items.with_value([item for item in items.value if keep(item)]))


def _with(holder: Tree, key: str, value: Tree) -> Tree:
    return holder.with_value({**holder.entries, key: value})
