"""Environments that say only how they differ from another one: `extends`.

Worked out on trees, so that a value still knows the place that it came from.
"""

from __future__ import annotations

import difflib

from archdoc.report import Diagnostic
from archdoc.source.tree import Tree

_OWN = ("name", "description", "extends")
"""What an environment never takes over: each one is called and described in its own way."""


def resolve_extends(model: Tree) -> tuple[Tree, list[Diagnostic]]:
    """The model with every environment complete, and what is wrong with their `extends`."""
    environments = isinstance(model.value, dict) and model.value.get("environments")
    if not environments or not isinstance(environments.value, dict):
        return model, []
    resolver = _Resolver(environments.value)
    resolved = {name: resolver.resolve(name) for name in environments.value}
    values = dict(model.value)  # type: ignore[arg-type]  # a mapping, as seen above
    values["environments"] = Tree(resolved, environments.span, environments.keys)
    return Tree(values, model.span, model.keys), resolver.problems


class _Resolver:
    def __init__(self, written: dict[str, Tree]) -> None:
        self.written = written
        self.done: dict[str, Tree] = {}
        self.under_way: list[str] = []
        self.problems: list[Diagnostic] = []

    def resolve(self, name: str) -> Tree:
        if name in self.done:
            return self.done[name]
        own = self.written[name]
        parent = own.value.get("extends") if isinstance(own.value, dict) else None
        if parent is None:
            self.done[name] = own
            return own
        self.under_way.append(name)
        base = self._base(parent)
        self.under_way.pop()
        self.done[name] = _extend(base, own)
        return self.done[name]

    def _base(self, parent: Tree) -> Tree:
        """The environment that is extended; an empty one where there is none."""
        name = parent.value
        if not isinstance(name, str):
            message = "`extends`: the name of another environment is wanted here"
            self.problems.append(Diagnostic("wrong-type", message, span=parent.span))
        elif name in self.under_way:
            message = f"`{name}` extends itself: {' → '.join([*self.under_way, name])}"
            self.problems.append(Diagnostic("extends-cycle", message, span=parent.span))
        elif name in self.written:
            return self.resolve(name)
        else:
            close = difflib.get_close_matches(name, self.written, n=1)
            self.problems.append(
                Diagnostic(
                    "unknown-reference",
                    f"no environment is called `{name}`",
                    span=parent.span,
                    label=f"did you mean `{close[0]}`?" if close else "",
                    help=f"environments: {', '.join(self.written)}",
                )
            )
        return Tree({}, parent.span)


def _extend(base: Tree, own: Tree) -> Tree:
    """`base` with what `own` changes, adds and, by `null`, removes."""
    if not isinstance(base.value, dict) or not isinstance(own.value, dict):
        return own
    inherited = Tree(
        {k: v for k, v in base.value.items() if k not in _OWN}, base.span, dict(base.keys)
    )
    mine = {k: v for k, v in own.value.items() if k != "extends"}
    relationships = _relationships(inherited, mine)
    merged = _merge(inherited, Tree(mine, own.span, own.keys))
    if relationships is not None and isinstance(merged.value, dict):
        merged.value["relationships"] = relationships
    return merged


def _merge(base: Tree, own: Tree, *, keep_null: bool = False) -> Tree:
    if not isinstance(base.value, dict) or not isinstance(own.value, dict):
        return own
    values, keys = dict(base.value), {**base.keys, **own.keys}
    for key, value in own.value.items():
        if value.value is None and not keep_null:
            values.pop(key, None)
        elif key in values:
            # In `reword`, null means "left out here", which an heir must be able to say.
            values[key] = _merge(values[key], value, keep_null=key == "reword")
        else:
            values[key] = value
    return Tree(values, own.span, keys)


def _relationships(inherited: Tree, own: dict[str, Tree]) -> Tree | None:
    """Those inherited, unless a node at their end was removed, then one's own."""
    before = inherited.value.get("relationships") if isinstance(inherited.value, dict) else None
    mine = own.get("relationships")
    nodes = own.get("nodes")
    removed: set[str] = set()
    if nodes is not None and isinstance(nodes.value, dict):
        removed = {name for name, node in nodes.value.items() if node.value is None}
    if before is None or not isinstance(before.value, list):
        return mine
    kept = [r for r in before.value if not removed & _ends(r)]
    if mine is None:
        return Tree(kept, before.span)
    return Tree([*kept, *mine.value], mine.span) if isinstance(mine.value, list) else mine


def _ends(relationship: Tree) -> set[str]:
    """The two ends of a relationship in any of its written forms."""
    value = relationship.value
    if isinstance(value, dict) and len(value) == 1:
        value = next(iter(value))
    if isinstance(value, str):
        return {end.strip() for end in value.partition(":")[0].split("->")}
    if isinstance(value, dict):
        ends = (value.get(key) for key in ("from", "to"))
        return {str(end.value) for end in ends if end is not None}
    return set()
