"""Who stands beside whom in one picture: what its view says, and for the rest the model's order.

Every boundary's content gets rows of its own (`rows`). Engines are told of them by ties, and give
each box its coordinates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, pairwise
from typing import TypeVar

from archdoc.model import Model, View
from archdoc.views.diagram import Diagram, Layout, Node, Side, side_of
from archdoc.views.hints import compatible_pairs, downwards, held
from archdoc.views.rows import Pair, rows_of, wrapped


def laid_out(
    model: Model, view: View, diagram: Diagram, at: Mapping[str, Sequence[str]]
) -> Diagram:
    """The diagram with the places of its boxes.

    `at` says which of its nodes stand for an element. Hints about what it does not show mean
    nothing in it; a rule tells of those that mean nothing in any picture.
    """

    def meant(refs: Iterable[str]) -> list[str]:
        found = (model.index.find(ref, view.environment) for ref in refs)
        named = (name for e in found if e is not None for name in at.get(e.id, ()))
        return list(dict.fromkeys(boxes[name] for name in named if name in boxes))

    boxes = {node.id: _first_box(node) for node in diagram.walk()}
    order = {id_: number for number, id_ in enumerate(meant(view.order))}
    done: set[str] = set()
    rows: list[tuple[str, ...]] = []
    for refs in reversed(view.rank):  # what hides elements of several rows stands in the last one
        rows.insert(0, tuple(id_ for id_ in meant(refs) if id_ not in done))
        done.update(rows[0])
    pairs = [(p[0], p[1]) for p in map(meant, view.near) if p[1:]]
    said = tuple(filter(None, rows))
    hints = Layout(said, tuple(compatible_pairs(pairs, said)))
    ordered = replace(diagram, nodes=_ordered(diagram.nodes, order), layout=hints)
    return replace(ordered, layout=_Places(ordered, order).layout())


@dataclass(frozen=True)
class _Places:
    """From a diagram whose layout is what its view says, to the layout of all that is in it."""

    diagram: Diagram
    order: Mapping[str, int]
    """Who comes before whom, as the view says."""

    def layout(self) -> Layout:
        hints = self.diagram.layout
        levels = [self._rows(around, ids) for around, ids in self._inside.items()]
        firsts = self._first_boxes(dict(zip(self._inside, levels, strict=True)))
        placed = {id_ for row in hints.rows for id_ in row}
        beside = [*(pair for row in hints.rows for pair in pairwise(row)), *hints.near]
        for row in chain.from_iterable(levels):
            pairs = pairwise(firsts[id_] for id_ in row)
            beside += (pair for pair in pairs if not placed.issuperset(pair))
        ahead = [(row[0], following[0]) for row, following in pairwise(hints.rows)]
        for around, rows in zip(self._inside, levels, strict=True):
            ahead += held(rows, placed, firsts)
            if self._is_loose(around):
                # No arrow says that a row stands below another one.
                ahead += [(firsts[a[0]], firsts[b[0]]) for a, b in pairwise(rows)]
        return replace(
            hints,
            beside=tuple(dict.fromkeys(beside)),
            ahead=tuple(dict.fromkeys(ahead)),
            sides=self._sides(levels),
        )

    @cached_property
    def _inside(self) -> dict[str | None, list[str]]:
        """What stands in each boundary directly; under None, what stands in none."""
        inside: dict[str | None, list[str]] = {}
        for node, around in self.diagram.with_parents():
            inside.setdefault(around, []).append(node.id)
        return inside

    @cached_property
    def _chains(self) -> dict[str, tuple[str, ...]]:
        """Every node after all that it stands in, outermost first."""
        chains: dict[str, tuple[str, ...]] = {}
        for node, around in self.diagram.with_parents():
            chains[node.id] = (*chains.get(around or "", ()), node.id)
        return chains

    def _siblings(self, pair: Pair) -> tuple[str | None, Pair] | None:
        """What holds both of a pair in the same boundary, and that; None for inner and outer."""
        around = None
        for one, other in zip(*(self._chains[id_] for id_ in pair), strict=False):
            if one != other:
                return around, (one, other)
            around = one
        return None

    @cached_property
    def _arrows(self) -> dict[str | None, list[Pair]]:
        """For each boundary, the arrows between what stands in it: by what the view says, down."""
        arrows: dict[str | None, list[Pair]] = defaultdict(list)
        said = self.diagram.layout.said_side
        turned = {"ahead": False, None: False, "back": True}
        pairs = [
            edge.ends[::-1] if turned[side] else edge.ends
            for edge in self.diagram.edges
            if (side := said(*edge.ends)) in turned
        ]
        pairs += self._joined(pairwise(row[0] for row in self.diagram.layout.rows))
        for source, target in pairs:
            found = self._siblings((source, target))
            if found is not None:
                arrows[found[0]].append(found[1])
        return arrows

    @cached_property
    def _level(self) -> dict[str | None, list[Pair]]:
        """For each boundary, who shares a row because the view says so."""
        hints = self.diagram.layout
        level: dict[str | None, list[Pair]] = defaultdict(list)
        side_by_side = self._joined(chain.from_iterable(map(pairwise, hints.rows)))
        for found in map(self._siblings, (*hints.near, *side_by_side)):
            if found is not None:
                level[found[0]].append(found[1])
        return level

    def _joined(self, pairs: Iterable[Pair]) -> Iterator[Pair]:
        """Those pairs that stand in the same boundary: ties alone place others."""
        return (pair for pair in pairs if self._around(pair[0]) == self._around(pair[1]))

    def _around(self, id_: str) -> str | None:
        return next(iter(self._chains[id_][-2:-1]), None)

    def _rows(self, around: str | None, ids: list[str]) -> list[tuple[str, ...]]:
        """The rows of what stands in one boundary."""
        ranked = {id_ for row in self.diagram.layout.rows for id_ in row}
        arrows, level = self._arrows[around], self._level[around]
        if not ranked.isdisjoint(ids):
            arrows = list(downwards(arrows, level, ranked))
        rows = rows_of(ids, arrows, level)

        def place_of(id_: str) -> int | None:
            return None if id_ in ranked else self.order.get(id_)  # a row has its own order

        rows_in_order = [tuple(_exchanged(row, place_of)) for row in rows]
        if self._is_loose(around):
            return list(chain.from_iterable(map(wrapped, rows_in_order)))
        return rows_in_order

    def _is_loose(self, around: str | None) -> bool:
        """Whether nothing ties what stands in a boundary, neither an arrow nor the view.

        Where arrows lead out of a boundary, those of an inner row would have to wind around others.
        """
        hints = self.diagram.layout
        tied = chain.from_iterable((*hints.rows, *hints.near, *self._ends))
        inside = set(self._inside[around])
        return not any(inside.intersection(self._chains[id_]) for id_ in tied)

    @cached_property
    def _ends(self) -> list[Pair]:
        return [edge.ends for edge in self.diagram.edges]

    def _sides(self, levels: Iterable[Sequence[Sequence[str]]]) -> dict[Pair, Side]:
        """Where those arrows lead that do not lead ahead."""
        place = {
            id_: (number, at)
            for rows in levels
            for number, row in enumerate(rows)
            for at, id_ in enumerate(row)
        }
        sides: dict[Pair, Side] = {}
        for edge in self.diagram.edges:
            found = self._siblings(edge.ends)
            side = self.diagram.layout.said_side(*edge.ends)
            if side is None and found is not None:
                side = side_of(*(place[id_] for id_ in found[1]))
            if side not in {None, "ahead"}:
                sides[edge.ends] = side
        return sides

    def _first_boxes(self, levels: Mapping[str | None, Sequence[Sequence[str]]]) -> dict[str, str]:
        """Where an engine can tie a node to others: a boundary, by the first box in it."""
        firsts: dict[str, str] = {}
        for id_ in reversed(self._chains):
            inner = levels.get(id_)
            firsts[id_] = firsts[inner[0][0]] if inner else id_
        return firsts


def _first_box(node: Node) -> str:
    """Where an engine can tie a node to others: a boundary is tied by its first box."""
    return next((inner.id for inner in node.walk() if not inner.boundary), node.id)


def _ordered(nodes: tuple[Node, ...], place: Mapping[str, int]) -> tuple[Node, ...]:
    """The same, where those with a place exchange theirs until these are in order."""
    inner = [replace(node, children=_ordered(node.children, place)) for node in nodes]

    def place_of(node: Node) -> int | None:
        return min((place[each.id] for each in node.walk() if each.id in place), default=None)

    return tuple(_exchanged(inner, place_of))


_T = TypeVar("_T")


def _exchanged(items: Sequence[_T], place: Callable[[_T], int | None]) -> Iterator[_T]:
    """The items, where those with a place exchange theirs until these are in order."""
    placed = [item for item in items if place(item) is not None]
    moved = iter(sorted(placed, key=lambda item: place(item) or 0))
    return (item if place(item) is None else next(moved) for item in items)
