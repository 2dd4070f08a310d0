"""Saying only what differs: `extends` of models, of environments and of views, in one engine.

Worked out on trees, so that a value still knows the place that it came from. Mappings are merged,
lists and words replaced, `null` removes; relationships are added to those inherited.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from archdoc.model import arrow_ends
from archdoc.report import Diagnostic, did_you_mean
from archdoc.source.shape import ID_MAPS, RELATIONSHIPS, element_ids, suffixes
from archdoc.source.tree import Tree

HEIRS = ("environments", "views")
"""What can extend another of its kind inside one model."""
_OWN = ("name", "description", "extends")
"""What they never take over: each one is called and described in its own way."""


@dataclass
class Inheritance:
    """Merges, and collects what is wrong and what is in vain."""

    problems: list[Diagnostic] = field(default_factory=list)
    remarks: list[Diagnostic] = field(default_factory=list)
    removed: dict[str, dict[str, Tree]] = field(default_factory=dict)
    """Environments and views that a model removed from its base; others may still extend them."""

    def extend_model(self, base: Tree, own: Tree) -> Tree:
        """A model with what `own` changes, adds and removes."""
        own_values = {key: value for key, value in own.entries.items() if key != "extends"}
        base_values = {key: value for key, value in base.entries.items() if key != "extends"}
        if not own_values:
            said = own.entries["extends"]
            self.in_vain(said, "this model changes nothing of the one that it extends")
        for section in HEIRS:
            old, new = base.at(section), own.at(section)
            for name, value in (new.entries if new is not None else {}).items():
                if value.value is None and old is not None and name in old.entries:
                    self.removed.setdefault(section, {})[name] = old.entries[name]
        merged = self.merge(base.with_value(base_values), own.with_value(own_values), ())
        gone = suffixes(element_ids(base)) - suffixes(element_ids(merged))
        merged = _without(merged, gone) if gone else merged
        return _without_rewordings(merged, _labels(base) - _labels(merged), own)

    def resolve(self, model: Tree) -> Tree:
        """A model with every environment and every view complete."""
        values = dict(model.entries)
        for section in HEIRS:
            holder = values.get(section)
            if holder is None or not isinstance(holder.value, dict):
                continue
            family = _Family(self, section, {**self.removed.get(section, {}), **holder.value})
            values[section] = holder.with_value(
                {name: family.complete(name) for name in holder.value}
            )
        return model.with_value(values)

    def merge(self, base: Tree, own: Tree, path: tuple[str, ...]) -> Tree:
        """`base` with what `own` changes, adds and, by `null`, removes; `path` is where they stand.

        Relationships that an environment inherits go with the nodes that it removes.
        """
        if not isinstance(base.value, dict) or not isinstance(own.value, dict):
            if isinstance(own.value, str) and own.value == base.value:
                self.in_vain(own, f"`{path[-1]}` is `{own.value}` already, in what is extended")
            return own
        if len(path) == 2 and path[0] == "environments":
            nodes = own.at("nodes")
            gone = {n for n, v in (nodes.entries if nodes else {}).items() if v.value is None}
            base = _without_relationships(base, gone)
        values, keys = dict(base.entries), {**base.keys, **own.keys}
        for key, value in own.value.items():
            inner = (*path, key)
            if value.value is None and path[-1:] != ("reword",):
                # In `reword`, null means "left out here", which an heir must be able to say.
                if values.pop(key, None) is None:
                    self._removes_nothing(own.keys[key], key, base)
            elif key == RELATIONSHIPS and len(path) in {0, 2} and key in values:
                values[key] = self._relationships(values[key], value)
            elif key in values:
                values[key] = self.merge(values[key], value, inner)
            elif not path and key in ID_MAPS and isinstance(value.value, dict):
                values[key] = self.merge(value.with_value({}, {}), value, inner)
            else:
                values[key] = value
        return own.with_value(values, keys)

    def _relationships(self, before: Tree, own: Tree) -> Tree:
        """Those inherited, without those that `own` replaces or removes, then its own."""
        if not isinstance(before.value, list) or not isinstance(own.value, list):
            return own
        kept, added = list(before.value), []
        for item in own.value:
            removes = item.at("remove")
            same = [other for other in kept if _same(other, item, loosely=removes is not None)]
            kept = [other for other in kept if other not in same]
            if removes is None or removes.value is not True:
                added.append(item)
            elif not same:
                message = "no inherited relationship is like this"
                help_ = "give `from`, `to` and, where there are several, the `label` as it is there"
                self.problems.append(
                    Diagnostic("removes-nothing", message, span=item.span, help=help_)
                )
        return own.with_value([*kept, *added])

    def _removes_nothing(self, key: Tree, name: str, base: Tree) -> None:
        self.problems.append(
            Diagnostic(
                "removes-nothing",
                f"there is no `{name}` to remove here",
                span=key.span,
                label=did_you_mean(name, base.entries),
                help="`null` removes what is inherited; give it a value, or leave the key out",
            )
        )

    def in_vain(self, said: Tree, message: str) -> None:
        """Remark on something that is said without changing anything."""
        help_ = "leave it out: what is not said is inherited"
        self.remarks.append(Diagnostic("overrides-nothing", message, span=said.span, help=help_))


@dataclass
class _Family:
    """The environments, or the views, of one model."""

    engine: Inheritance
    section: str
    written: dict[str, Tree]
    done: dict[str, Tree] = field(default_factory=dict)
    under_way: list[str] = field(default_factory=list)

    def complete(self, name: str) -> Tree:
        """One of them with everything that it inherits."""
        if name not in self.done:
            own = self.written[name]
            parent = own.at("extends")
            if parent is None:
                self.done[name] = own
            else:
                self.under_way.append(name)
                base = self._base(parent)
                self.under_way.pop()
                self.done[name] = self._extend(base, own, name)
        return self.done[name]

    def _base(self, parent: Tree) -> Tree | None:
        kind = self.section[:-1]
        name = parent.value
        if not isinstance(name, str):
            message = f"`extends`: the name of another {kind} is wanted here"
            self._report("wrong-type", message, parent)
        elif name in self.under_way:
            chain = " → ".join([*self.under_way[self.under_way.index(name) :], name])
            self._report("extends-cycle", f"`{name}` extends itself: {chain}", parent)
        elif name in self.written:
            return self.complete(name)
        else:
            self._report(
                "unknown-reference",
                f"no {kind} is called `{name}`",
                parent,
                label=did_you_mean(name, self.written),
            )
        return None

    def _report(self, code: str, message: str, said: Tree, label: str = "") -> None:
        help_ = f"{self.section}: {', '.join(self.written)}"
        self.engine.problems.append(
            Diagnostic(code, message, span=said.span, label=label, help=help_)
        )

    def _extend(self, base: Tree | None, own: Tree, name: str) -> Tree:
        mine = {key: value for key, value in own.entries.items() if key != "extends"}
        if base is None or not isinstance(base.value, dict):
            return own.with_value(mine)
        if not mine:
            message = f"`{name}` changes nothing of what it extends"
            self.engine.in_vain(own.entries["extends"], message)
        theirs = {k: v for k, v in base.value.items() if k not in _OWN}
        return self.engine.merge(
            base.with_value(theirs), own.with_value(mine), (self.section, name)
        )


def _ends(relationship: Tree) -> tuple[str, str, str | None] | None:
    """From, to and label of a relationship in any of its written forms; None for what is none."""
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


def _same(inherited: Tree, own: Tree, *, loosely: bool) -> bool:
    """Whether both are one relationship: the same ends and label, or the same ends if no label."""
    left, right = _ends(inherited), _ends(own)
    if left is None or right is None:
        return False
    ends = all(_may_be(a, b) for a, b in zip(left[:2], right[:2], strict=True))
    if loosely and right[2] is None:
        return ends
    return ends and (left[2] or "") == (right[2] or "")


def _may_be(one: str, other: str) -> bool:
    """Whether two references may mean the same: one is the end of the other."""
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _without(model: Tree, gone: set[str]) -> Tree:
    """A model without what refers to elements that are gone."""
    kept = _without_relationships(model, gone)
    values = dict(kept.entries)
    environments = values.get("environments")
    if environments is not None and isinstance(environments.value, dict):
        values["environments"] = environments.with_value(
            {name: _emptied(env, gone) for name, env in environments.value.items()}
        )
    return kept.with_value(values)


def _emptied(environment: Tree, gone: set[str]) -> Tree:
    """An environment whose nodes neither run nor realise what is gone."""
    nodes = environment.at("nodes")
    if nodes is None or not isinstance(nodes.value, dict):
        return _without_relationships(environment, gone)
    kept = {}
    for name, node in nodes.value.items():
        values = dict(node.entries)
        for key in ("runs", "realises"):
            holder = values.get(key)
            if holder is not None and isinstance(holder.value, list):
                items = [item for item in holder.value if _placed(item) not in gone]
                values[key] = holder.with_value(items)
            elif holder is not None and _placed(holder) in gone:
                del values[key]
        kept[name] = node.with_value(values) if node.entries else node
    environment = environment.with_value({**environment.entries, "nodes": nodes.with_value(kept)})
    return _without_relationships(environment, gone)


def _placed(item: Tree) -> str:
    said = item.at("container") or item
    return str(said.value)


def _without_relationships(holder: Tree, gone: set[str]) -> Tree:
    """The same without relationships of what is gone, nor rewordings that only they needed."""
    before = holder.at(RELATIONSHIPS)
    if not gone or before is None or not isinstance(before.value, list):
        return holder
    kept = [item for item in before.value if not gone & set((_ends(item) or ())[:2])]
    return holder.with_value({**holder.entries, RELATIONSHIPS: before.with_value(kept)})


def _labels(model: Tree) -> set[str]:
    """The labels of all relationships of a model."""
    holder = model.at(RELATIONSHIPS)
    return {(_ends(item) or ("", "", ""))[2] or "" for item in (holder.items if holder else ())}


def _without_rewordings(model: Tree, labels: set[str], own: Tree) -> Tree:
    """A model whose environments do not inherit rewordings of labels that are gone."""
    environments = model.at("environments")
    if not labels or environments is None:
        return model
    kept = {}
    for name, environment in environments.entries.items():
        reword = environment.at("reword")
        said = own.at("environments", name, "reword")
        vain = labels - (said.entries.keys() if said is not None else set())
        kept[name] = environment
        if reword is not None and isinstance(reword.value, dict):
            left = {label: value for label, value in reword.value.items() if label not in vain}
            kept[name] = environment.with_value(
                {**environment.entries, "reword": reword.with_value(left)}
            )
    return model.with_value({**model.entries, "environments": environments.with_value(kept)})
