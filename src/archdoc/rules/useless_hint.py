"""A view's layout hints are about what it shows, and agree with each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from archdoc.model import Model, Path, View, ViewKind
from archdoc.report import Severity
from archdoc.rules.base import Finding, Rule
from archdoc.views import compatible_pairs, placeable


def _check(model: Model) -> Iterator[Finding]:
    for name, view in model.views.items():
        if (view.environment or "") not in {"", *model.environments}:
            continue  # a wrong environment is another rule's
        if not (view.rank or view.order or view.near):
            continue
        try:
            there = placeable(model, view)
        except LookupError:
            continue  # another rule's
        yield from _Hints(model, view, ("views", name), there).findings()


@dataclass(frozen=True)
class _Hints:
    """The hints of one view, and the ids of what they can be about."""

    model: Model
    view: View
    path: Path
    there: set[str]

    def findings(self) -> Iterator[Finding]:
        yield from self._not_shown()
        yield from self._in_rank()
        yield from self._in_order()
        yield from self._in_near()

    def _at(self, *path: str | int) -> Path:
        return (*self.path, *path)

    def _id(self, ref: str) -> str:
        """What a reference means; itself where that is nothing, which is another rule's."""
        element = self.model.index.find(ref, self.view.environment)
        return ref if element is None else element.id

    def _not_shown(self) -> Iterator[Finding]:
        for path, ref in self.view.hints:
            element = self.model.index.find(ref, self.view.environment)
            if element is not None and element.id not in self.there:
                yield Finding(
                    self._at(*path),
                    f"the view `{self.path[-1]}` does not show `{ref}`",
                    help="hints place what a view shows; leave it out, or include it",
                )

    def _in_rank(self) -> Iterator[Finding]:
        for row, refs in enumerate(self.view.rank):
            if not refs:
                yield Finding(
                    self._at("rank", row), "this row of `rank` is empty", help="leave it out"
                )
            for number, ref in enumerate(refs):
                inside = f"{self._id(ref)}."
                if self._id(ref) in self.model.index.elements and any(
                    id_.startswith(inside) for id_ in self.there
                ):
                    yield Finding(
                        self._at("rank", row, number),
                        f"`{ref}` is a boundary here, which stands where its content does",
                        help=f"name what stands in `{ref}`",
                    )

    def _in_order(self) -> Iterator[Finding]:
        order, ids = self.view.order, [self._id(ref) for ref in self.view.order]
        if len(order) == 1:
            yield Finding(
                self._at("order", 0),
                f"`order` names `{order[0]}` only, so there is nothing to order",
                help="name who comes before or after it, or leave `order` out",
            )
            return
        flat = self.view.kind is not ViewKind.DYNAMIC and not self.view.kind.shows_environment
        if flat and self.there.issuperset(ids):
            around = [self._around(id_) for id_ in ids]
            for number, ref in enumerate(order):
                if around.count(around[number]) == 1:
                    yield Finding(
                        self._at("order", number),
                        f"`{ref}` stands inside the same boundary as nothing else in `order`",
                        help="engines order only what stands side by side: leave it out",
                    )
        yield from self._against_rank(ids)

    def _around(self, id_: str) -> str | None:
        element = self.model.index.elements.get(id_)
        return None if element is None or element.parent not in self.there else element.parent

    def _against_rank(self, ids: list[str]) -> Iterator[Finding]:
        for row in self.view.rank:
            place = {self._id(ref): number for number, ref in enumerate(row)}
            both = [(number, id_) for number, id_ in enumerate(ids) if id_ in place]
            for (_, first), (number, second) in pairwise(both):
                if place[second] < place[first]:
                    refs = self.view.order[number], self.view.order[ids.index(first)]
                    yield Finding(
                        self._at("order", number),
                        f"`order` has `{refs[0]}` after `{refs[1]}`, and `rank` has it before",
                        help="a row of `rank` is in order already, and wins: change one of them",
                    )

    def _in_near(self) -> Iterator[Finding]:
        pairs = [(self._id(first), self._id(second)) for first, second in self.view.near]
        rows = [[self._id(ref) for ref in row] for row in self.view.rank]
        kept = set(compatible_pairs(pairs, rows))
        seen: list[set[str]] = []
        for number, (pair, refs) in enumerate(zip(pairs, self.view.near, strict=True)):
            said = f"`{refs[0]}` and `{refs[1]}`"
            if set(pair) in seen:
                yield Finding(
                    self._at("near", number),
                    f"`near` has {said} twice",
                    help="in either order it means the same: keep one of them",
                )
            elif pair not in kept:
                yield Finding(
                    self._at("near", number),
                    f"`near` contradicts `rank`: {said} cannot stand side by side there",
                    help="`rank` wins, and `near` is ignored: change one of them",
                )
            seen.append(set(pair))


RULE = Rule(
    name="useless-hint",
    code="A407",
    summary="A view's `rank`, `order` or `near` moves nothing.",
    why="It names what the view does not show, says something twice or of one element only, or "
    "contradicts another hint: `rank` wins over `near` and `order`. Probably another element was "
    "meant.",
    example="views:\n  shops: {kind: landscape, order: [user, web]}    # a landscape shows systems",
    fix="Leave it out, let the view include it, or let the hints agree.",
    check=_check,
    severity=Severity.WARNING,
)
