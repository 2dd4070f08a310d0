"""Saying only what differs: `extends` of models, of environments and of views, in one engine.

Worked out on trees, so that a value still knows the place that it came from. Mappings are merged,
lists and words replaced, `null` removes; relationships are added to those inherited.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from archdoc.report import Diagnostic, did_you_mean
from archdoc.source.removal import (
    without_elements,
    without_environments,
    without_groups,
    without_nodes,
    without_rewordings,
)
from archdoc.source.said import is_same, labels_of
from archdoc.source.shape import ID_MAPS, RELATIONSHIPS, element_ids, suffixes
from archdoc.source.tree import Tree

_REWORD = ("environments", "reword")
_TALKATIVE = ((), ("environments",))
"""Where relationships stand: in a model, and in an environment."""
HEIRS = ("environments", "views")
"""What can extend another of its kind inside one model."""
_OWN = ("name", "description", "extends")
"""What they never take over: each one is called and described in its own way."""
_NOT_INHERITED = ("extends", "render")
"""What a model never takes over: nobody but itself says where its text is sent."""


@dataclass
class Inheritance:
    """Merges, and collects what is wrong and what is in vain."""

    problems: list[Diagnostic] = field(default_factory=list)
    remarks: list[Diagnostic] = field(default_factory=list)
    removed: dict[str, dict[str, Tree]] = field(default_factory=dict)
    """Environments and views that a model removed from its base; others may still extend them."""
    incomplete: set[tuple[str, str]] = field(default_factory=set)
    """Environments and views that lack what they extend: the section and the name of each."""

    def extend_model(self, base: Tree, own: Tree) -> Tree:
        """A model with what `own` changes, adds and removes."""
        own_values = {key: value for key, value in own.entries.items() if key != "extends"}
        base_values = {k: v for k, v in base.entries.items() if k not in _NOT_INHERITED}
        if not own_values:
            said = own.entries["extends"]
            self.in_vain(said, "this model changes nothing of the one that it extends")
        base, own = base.with_value(base_values), own.with_value(own_values)
        # What refers to something that is removed is taken out of the base, and not out of the
        # result: what this model itself says of it stays a mistake.
        merged = Inheritance().merge(base, own, ())
        gone = suffixes(element_ids(base)) - suffixes(element_ids(merged))
        before = base
        base = without_elements(base, gone)
        base = without_groups(base, _ids(base, "groups") - _ids(merged, "groups"))
        base = without_environments(base, _ids(base, HEIRS[0]) - _ids(merged, HEIRS[0]))
        silent = labels_of(before) - labels_of(Inheritance().merge(base, own, ()))
        base = without_rewordings(base, silent)
        self._remember_removed(base, own)
        return self.merge(base, own, ())

    def _remember_removed(self, base: Tree, own: Tree) -> None:
        for section in HEIRS:
            old, new = base.at(section), own.at(section)
            for name, value in (new.entries if new is not None else {}).items():
                if value.value is None and old is not None and name in old.entries:
                    self.removed.setdefault(section, {})[name] = old.entries[name]

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
            base = without_nodes(base, gone)
        values, keys = dict(base.entries), {**base.keys, **own.keys}
        for key, value in own.value.items():
            inner = (*path, key)
            if value.value is None and not (len(path) == 3 and path[::2] == _REWORD):
                # In `reword`, null means "left out here", which an heir must be able to say.
                if values.pop(key, None) is None:
                    self._removes_nothing(own.keys[key], key, base)
            elif key == RELATIONSHIPS and path[:1] in _TALKATIVE and key in values:
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
            same = [other for other in kept if is_same(other, item, loosely=removes is not None)]
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


def _ids(model: Tree, section: str) -> set[str]:
    holder = model.at(section)
    return set(holder.entries) if holder is not None else set()


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
        if base is None or (self.section, str(own.entries["extends"].value)) in (
            self.engine.incomplete
        ):
            self.engine.incomplete.add((self.section, name))
        if base is None or not isinstance(base.value, dict):
            return own.with_value(mine)
        if not mine:
            message = f"`{name}` changes nothing of what it extends"
            self.engine.in_vain(own.entries["extends"], message)
        theirs = {k: v for k, v in base.value.items() if k not in _OWN}
        return self.engine.merge(
            base.with_value(theirs), own.with_value(mine), (self.section, name)
        )
