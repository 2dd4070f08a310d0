"""What goes along when an heir removes something: whatever refers to it."""

from __future__ import annotations

from collections.abc import Callable

from archdoc.source.said import speaks_of
from archdoc.source.shape import LOGICAL, RELATIONSHIPS
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
    model = _each(model, "glossary", lambda term: _term_without(term, gone))
    return _each(model, "views", lambda view: _without_sights(view, gone))


def _term_without(term: Tree, gone: set[str]) -> Tree:
    """A term of the glossary that leads to nothing that is gone."""
    return _unless(_filtered(term, "see", lambda ref: not _is_among(ref, gone)), "see", gone)


def without_groups(model: Tree, gone: set[str]) -> Tree:
    """A model in which nothing belongs to groups that are gone."""
    if not gone:
        return model
    model = _each(model, "groups", lambda group: _unless(group, "in", gone))
    model = _each(model, "views", lambda view: _without_sights(view, gone, ("group",)))
    for section in LOGICAL:
        model = _each(model, section, lambda element: _ungrouped(element, gone))
    return model


def _ungrouped(element: Tree, gone: set[str]) -> Tree:
    for parts in ("containers", "components"):
        element = _each(element, parts, lambda part: _ungrouped(part, gone))
    return _unless(element, "group", gone)


def without_environments(model: Tree, gone: set[str]) -> Tree:
    """A model without views of environments that are gone."""
    views = model.at("views")

    def shows(view: Tree, extended: tuple[str, ...] = ()) -> object:
        """The environment of a view, as it says or inherits it."""
        environment, base = view.at("environment"), view.at("extends")
        if environment is not None or base is None or not isinstance(base.value, str):
            return environment.value if environment is not None else None
        other = views.at(base.value) if views is not None else None
        if other is None or base.value in extended:
            return None
        return shows(other, (*extended, base.value))

    return _each(model, "views", lambda view: None if shows(view) in gone else view)


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
    """An environment whose nodes neither run, realise nor front what is gone."""
    nodes = environment.at("nodes")
    # A reference to one of its own nodes means that node, whatever else was called so.
    elsewhere = gone - (nodes.entries.keys() if nodes is not None else set())
    environment = without_relationships(environment, elsewhere)
    return _each(environment, "nodes", lambda node: _emptied(node, gone))


def without_nodes(environment: Tree, gone: set[str]) -> Tree:
    """An environment without what refers to nodes of its own that are gone."""
    environment = without_relationships(environment, gone)
    return _each(environment, "nodes", lambda node: _emptied(node, gone, ("fronts", "spans")))


_PLACED = ("runs", "realises", "fronts")


def _emptied(node: Tree, gone: set[str], keys: tuple[str, ...] = _PLACED) -> Tree:
    for key in keys:
        node = _filtered(node, key, lambda item: _placed(item) not in gone)
        node = _unless(node, key, gone)
    return node


def _placed(item: Tree) -> str:
    """What an entry of `runs`, `realises`, `fronts` or `spans` refers to."""
    said = item.at("container")
    return str((item if said is None else said).value)


_REFERENCES = ("id", "inside", "around")
"""The keys of selectors that refer to elements."""


def _without_sights(view: Tree, gone: set[str], keys: tuple[str, ...] = _REFERENCES) -> Tree | None:
    """A view without selectors of what is gone.

    Where that are elements, its steps and hints go, too, and so does a view that looks into one.
    """
    if keys == _REFERENCES:
        kept = _without_steps(view, gone)
        if kept is None:
            return None
        view = _without_hints(kept, gone)
    for key in ("include", "exclude"):
        view = _filtered(view, key, lambda selector: not _selected(selector, keys) & gone)
    return view


def _without_hints(view: Tree, gone: set[str]) -> Tree:
    """A view whose layout hints name nothing that is gone."""
    view = _filtered(view, "order", lambda ref: not _is_among(ref, gone))
    view = _filtered(view, "near", lambda pair: not any(_is_among(ref, gone) for ref in pair.items))
    rows = view.at("rank")
    if rows is None or not isinstance(rows.value, list):
        return view
    return _with(view, "rank", rows.with_value([_row_without(row, gone) for row in rows.value]))


def _row_without(row: Tree, gone: set[str]) -> Tree:
    if not isinstance(row.value, list):
        return row
    return row.with_value([ref for ref in row.value if not _is_among(ref, gone)])


def _is_among(ref: Tree, gone: set[str]) -> bool:
    return isinstance(ref.value, str) and ref.value in gone


def _without_steps(view: Tree, gone: set[str]) -> Tree | None:
    of, steps = view.at("of"), view.at("steps")
    if of is not None and of.value in gone:
        return None
    view = _filtered(view, "steps", lambda step: not speaks_of(step, gone))
    left = view.at("steps")
    return None if steps is not None and steps.items and left and not left.items else view


def _selected(selector: Tree, keys: tuple[str, ...]) -> set[str]:
    said = [selector] if keys == _REFERENCES else []
    said += [tree for key in keys if (tree := selector.entries.get(key)) is not None]
    return {tree.value for tree in said if isinstance(tree.value, str)}


def _unless(holder: Tree, key: str, gone: set[str]) -> Tree:
    """The same without one key, where its value is gone."""
    said = holder.at(key)
    if said is None or not isinstance(said.value, str) or said.value not in gone:
        return holder
    return holder.with_value({k: v for k, v in holder.entries.items() if k != key})


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
