"""The page that compares environments: which differences it tells, and where on it they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from posixpath import dirname, relpath

from archdoc.model import Model
from archdoc.outputs.comparison import all_changes
from archdoc.outputs.compose import ToRun
from archdoc.site.blocks import table
from archdoc.site.content import Content
from archdoc.site.markdown import code, escape
from archdoc.views import Change, ChangeKind, compare

PAGE = "environments.md"
_NBSP = "\N{NO-BREAK SPACE}"
_ENVIRONMENTS, _CHANGES = 6, 1_200
"""As long as a model has no more of either, every environment is compared with every other."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What changes from one environment to another."""

    old: str
    new: str
    changes: tuple[Change, ...]

    @property
    def anchor(self) -> str:
        """Its place on the page: unlike any heading's, and any other's, since ids have no dots."""
        return f"from.{self.old}.to.{self.new}"

    @property
    def count(self) -> str:
        """How many changes there are, in words."""
        number = len(self.changes)
        return f"{number or 'no'} change{'' if number == 1 else 's'}"

    @property
    def parts(self) -> list[tuple[str, list[Change]]]:
        """The changes under what they are about: "Containers", "Nodes", "Docker Compose"."""
        return [(h, list(some)) for h, some in groupby(self.changes, lambda c: c.kind.about)]


def differences(
    model: Model, bases: Mapping[str, str], compose: Mapping[str, Mapping[str, bytes]]
) -> list[Difference]:
    """What the page tells: all pairs while that stays readable.

    Beyond that, each environment is compared with the one that it extends (`bases`), or with the
    one before. `compose` has the compose files of each environment.
    """
    ids = list(model.environments)
    to_run = {id_: ToRun.of(compose.get(id_, {})) for id_ in ids}

    def difference(old: str, new: str) -> Difference:
        return Difference(old, new, all_changes(model, old, new, to_run))

    if len(ids) <= _ENVIRONMENTS:
        every = [difference(*pair) for pair in _pairs(ids)]
        if sum(len(difference.changes) for difference in every) <= _CHANGES:
            return every
    befores = {
        new: bases.get(new, before) for before, new in zip([None, *ids[:-1]], ids, strict=True)
    }
    return [difference(old, new) for new, old in befores.items() if old is not None]


def values_of_page(
    content: Content, found: list[Difference], link: Callable[[str], str]
) -> dict[str, object]:
    """What the page's template needs; `link` links to an element's page."""
    number = len(content.model.environments)
    return {
        "differences": by_target(found),
        "complete": len(found) == number * (number - 1),
        "name": lambda id_: _name(content, id_),
        "said": change_text,
        "matrix": differences_table(content, found),
        "table": comparison_table(content, link, str),
    }


def change_text(change: Change) -> str:
    """A change in Markdown; what its sentence says of files, variables and volumes is code."""
    if change.kind.about != "Docker Compose":
        return escape(change.sentence)
    told = change.after or change.before
    is_several = change.kind is ChangeKind.PROJECTS_CHANGE
    names = {".env", *(told.split(", ") if is_several else [told.partition("=")[0]])} - {""}
    found = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    parts = re.split(rf"(?<![\w.-])({found})(?![\w-])", change.sentence)
    return "".join(code(part) if n % 2 else _kept(part) for n, part in enumerate(parts))


def _kept(text: str) -> str:
    """Escaped, with the spaces at its ends."""
    start, end = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{start}{escape(text)}{end}" if text.strip() else text


def by_target(found: list[Difference]) -> list[tuple[str, list[Difference]]]:
    """The differences under the environment that they lead to."""
    return [(new, list(some)) for new, some in groupby(found, lambda d: d.new)]


def ways_from(content: Content, found: list[Difference], environment: str, path: str) -> list[str]:
    """From an environment's page (`path`) to this one: what changes from its base, and all else.

    None where it is the only environment.
    """
    if len(content.model.environments) < 2:
        return []
    base, page = content.bases.get(environment), relpath(PAGE, dirname(path))
    ways = [
        f"What changes from {_name(content, d.old)}, which it extends: "
        f"[{d.count.replace(' ', _NBSP)}]({page}#{d.anchor})"
        for d in found
        if (d.old, d.new) == (base, environment)
    ]
    return [*ways, f"[All environments compared]({page})"]


def _pairs(ids: list[str]) -> Iterator[tuple[str, str]]:
    """Every environment after every other, those that lead to one together."""
    return ((old, new) for new in ids for old in ids if old != new)


def comparison_table(content: Content, link: Callable[[str], str], to: Callable[[str], str]) -> str:
    """Containers × environments: what runs or realises each, where, as a Markdown table.

    `link` links to an element's page; `to` leads to a page by its path.
    """
    heads = (
        f"[{_name(content, e)}]({to(f'environments/{e}.md')})" for e in content.model.environments
    )
    rows = (
        (link(row.container.id), *(escape(cell.words) for cell in row.cells))
        for row in compare(content.model)
    )
    return table(("Container", *heads), rows)


def differences_table(content: Content, found: list[Difference]) -> str:
    """From each environment (a row) to each other: how many changes, with a link to them."""
    ids = list(content.model.environments)
    known = {(d.old, d.new): d for d in found}
    rows = (
        (_name(content, old), *(_cell(known.get((old, new)), old == new) for new in ids))
        for old in ids
    )
    return table(("From ↓ to →", *(_name(content, e) for e in ids)), rows)


def _cell(difference: Difference | None, same: bool) -> str:
    if difference is None:
        return "" if same else "—"
    return f"[{difference.count.replace(' ', _NBSP)}](#{difference.anchor})"


def _name(content: Content, environment: str) -> str:
    return escape(content.model.environments[environment].name or environment)
