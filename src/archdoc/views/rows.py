"""Rows for what stands inside the same boundary: who stands above whom, and who before whom.

Engines that choose rows and places anew for each picture move half of it when one box comes in.
Here a box that hangs on the rest by one thread never moves the rest: the places of those that hold
each other from two sides (the graph's 2-core) are found first, without regard to all others, and
those are hung on afterwards. Where the arrows leave a choice, the order in the model decides.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

Pair = tuple[str, str]

_SWEEPS = 8
"""So often the rows are put in a better order, as long as that lets fewer arrows cross."""
_WIDTH = 6
"""So many boxes beside each other can still be read on a page."""
_MANY_ARROWS = 300
"""Counting crossings takes the square of the arrows: above this the model's order stays."""


def rows_of(
    items: Sequence[str], arrows: Iterable[Pair], level: Iterable[Pair] = ()
) -> tuple[tuple[str, ...], ...]:
    """The rows of some items, the first one first, each in its order.

    `arrows` join items; most lead to later rows, all do where there is no circle. `level` names
    pairs that stand in one row.
    """
    units = _Units.of(items, level)
    graph = _Graph(units.leaders(), tuple(units.between(arrows)))
    rank = _ranks(graph)
    places = _places(graph, rank)
    rows: dict[int, list[str]] = defaultdict(list)
    for unit in sorted(graph.items, key=places.__getitem__):
        rows[rank[unit]] += units.members[unit]
    return tuple(tuple(rows[number]) for number in sorted(rows))


def wrapped(row: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """A row that nothing ties to anything, as several that can be read; one more moves nobody."""
    return (tuple(row[at : at + _WIDTH]) for at in range(0, len(row), _WIDTH))


@dataclass(frozen=True, slots=True)
class _Units:
    """Items that stand in one row are one unit, which is called after its first member."""

    members: dict[str, list[str]]
    leader: dict[str, str]

    @classmethod
    def of(cls, items: Sequence[str], level: Iterable[Pair]) -> _Units:
        leader = {item: item for item in items}
        members = {item: [item] for item in items}
        for pair in level:
            first, second = (leader[item] for item in pair)
            if first != second:
                leader |= dict.fromkeys(members[second], first)
                members[first] += members.pop(second)
        return cls(members, leader)

    def leaders(self) -> tuple[str, ...]:
        return tuple(self.members)

    def between(self, arrows: Iterable[Pair]) -> Iterable[Pair]:
        """Each arrow as one between units, once; none from a unit to itself."""
        pairs = ((self.leader[source], self.leader[target]) for source, target in arrows)
        return dict.fromkeys(pair for pair in pairs if pair[0] != pair[1])


@dataclass(frozen=True)
class _Graph:
    items: tuple[str, ...]
    arrows: tuple[Pair, ...]

    @cached_property
    def number(self) -> dict[str, int]:
        """The place of each item in the model."""
        return {item: number for number, item in enumerate(self.items)}

    @cached_property
    def beside(self) -> dict[str, list[str]]:
        """Who is joined to whom, in either direction, each once."""
        joined: dict[str, dict[str, None]] = {item: {} for item in self.items}
        for source, target in self.arrows:
            joined[source][target] = joined[target][source] = None
        return {item: list(others) for item, others in joined.items()}

    @cached_property
    def hung(self) -> dict[str, str]:
        """What hangs on one other only, once what hangs on itself is taken away; outermost first.

        A part without any circle would hang on nothing: all of it hangs on its first item.
        """
        left = {item: set(others) for item, others in self.beside.items()}
        kept = self._first_of_trees()
        hung: dict[str, str] = {}
        loose = [item for item in self.items if len(left[item]) == 1]
        for item in loose:
            if item in kept or not left[item]:
                continue
            holder = hung[item] = left[item].pop()
            left[holder].remove(item)
            if len(left[holder]) == 1:
                loose.append(holder)
        return hung

    def _first_of_trees(self) -> set[str]:
        """The first item of each part that has no circle: one item more than joints."""
        items, joints = Counter(self.parts.values()), Counter[int]()
        for item, others in self.beside.items():
            joints[self.parts[item]] += len(others)
        return {self.items[part] for part in items if joints[part] == 2 * (items[part] - 1)}

    @cached_property
    def core(self) -> _Graph:
        """The same without what hangs."""
        kept = tuple(item for item in self.items if item not in self.hung)
        among = set(kept)
        return _Graph(kept, tuple(arrow for arrow in self.arrows if among.issuperset(arrow)))

    @cached_property
    def parts(self) -> dict[str, int]:
        """The connected part that each item is in, as the number of its first item."""
        parts: dict[str, int] = {}
        for number, item in enumerate(self.items):
            reached = [] if item in parts else [item]
            while reached:
                here = reached.pop()
                if here not in parts:
                    parts[here] = number
                    reached += self.beside[here]
        return parts

    def forward(self) -> dict[str, list[str]]:
        """Where arrows lead, without those that would close a circle: the later ones."""
        ahead: dict[str, list[str]] = {item: [] for item in self.items}
        targets: dict[str, list[str]] = defaultdict(list)
        for source, target in self.arrows:
            targets[source].append(target)
        done: set[str] = set()
        for start in self.items:
            path: dict[str, int] = {} if start in done else {start: 0}
            while path:
                here = next(reversed(path))
                if path[here] == len(targets[here]):
                    done.add(here)
                    del path[here]
                    continue
                target = targets[here][path[here]]
                path[here] += 1
                if target not in path:
                    ahead[here].append(target)
                    if target not in done:
                        path[target] = 0
        return ahead


def _ranks(graph: _Graph) -> dict[str, int]:
    """The row of each item; the first item of every connected part stands in row 0."""
    rank = _core_ranks(graph.core)
    arrows = set(graph.arrows)
    for item, holder in reversed(graph.hung.items()):
        leads_here = (holder, item) in arrows
        both = leads_here and (item, holder) in arrows
        first_above = graph.number[holder] < graph.number[item]
        below = first_above if both else leads_here
        rank[item] = rank[holder] + (1 if below else -1)
    first: dict[int, int] = {}
    for item in graph.items:
        first.setdefault(graph.parts[item], rank[item])
    return {item: rank[item] - first[graph.parts[item]] for item in graph.items}


def _core_ranks(core: _Graph) -> dict[str, int]:
    """As early as the arrows allow; what no arrow leads to stands right above what it needs."""
    ahead = core.forward()
    waiting = dict.fromkeys(core.items, 0)
    for target in chain.from_iterable(ahead.values()):
        waiting[target] += 1
    sources = [item for item in core.items if not waiting[item]]
    rank, ready = dict.fromkeys(core.items, 0), list(sources)
    while ready:
        item = ready.pop()
        for target in ahead[item]:
            rank[target] = max(rank[target], rank[item] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    for item in sources:
        if ahead[item]:
            rank[item] = min(rank[target] for target in ahead[item]) - 1
    return rank


_Place = tuple[float, ...]
"""By what the items of a row are sorted: the connected part, and the place in its core; for what
hangs there, the number in the model of each item from the core to it."""


def _places(graph: _Graph, rank: dict[str, int]) -> dict[str, _Place]:
    along = _Rows.of(graph.core, rank).untangled().along()
    places: dict[str, _Place] = {item: (graph.parts[item], at) for item, at in along.items()}
    for item, holder in reversed(graph.hung.items()):
        places[item] = (*places[holder], graph.number[item])
    return places


@dataclass(frozen=True)
class _Rows:
    """The rows of a core in some order."""

    rows: dict[int, list[str]]
    arrows: tuple[Pair, ...]
    ranks: dict[str, int] = field(repr=False)

    @classmethod
    def of(cls, core: _Graph, ranks: dict[str, int]) -> _Rows:
        rows: dict[int, list[str]] = defaultdict(list)
        for item in core.items:
            rows[ranks[item]].append(item)
        # Each from the upper end to the lower one: what crosses, crosses either way.
        arrows = (tuple(sorted(arrow, key=ranks.__getitem__)) for arrow in core.arrows)
        return cls(dict(sorted(rows.items())), tuple((a[0], a[1]) for a in arrows), ranks)

    def along(self) -> dict[str, float]:
        """How far from the left each item stands, between 0 and 1."""
        return {
            item: (number + 0.5) / len(row)
            for row in self.rows.values()
            for number, item in enumerate(row)
        }

    def untangled(self) -> _Rows:
        """The same with fewer crossings, if that is easily had."""
        if len(self.arrows) > _MANY_ARROWS:
            return self
        best, fewest, current = self, self.crossings(), self
        for sweep in range(_SWEEPS):
            if not fewest:
                break
            current = current._swept(downwards=sweep % 2 == 0)
            crossings = current.crossings()
            if crossings < fewest:
                best, fewest = current, crossings
        return best

    def crossings(self) -> int:
        """How many pairs of arrows cross, if all were straight."""
        at = self.along()
        spans = [(self.ranks[a], self.ranks[b], at[a], at[b]) for a, b in self.arrows]
        return sum(_cross(one, other) for i, one in enumerate(spans) for other in spans[i + 1 :])

    def _swept(self, *, downwards: bool) -> _Rows:
        """Every row sorted by where those stand that its items are joined to in earlier rows."""
        rows = {number: [*row] for number, row in self.rows.items()}
        joined: dict[str, list[str]] = defaultdict(list)
        for upper, lower in self.arrows:
            joined[lower if downwards else upper].append(upper if downwards else lower)
        at = self.along()
        for row in rows.values() if downwards else reversed(rows.values()):
            middle = {
                item: sum(at[o] for o in joined[item]) / len(joined[item])
                if joined[item]
                else at[item]
                for item in row
            }
            row.sort(key=middle.__getitem__)
            at |= {item: (number + 0.5) / len(row) for number, item in enumerate(row)}
        return _Rows(rows, self.arrows, self.ranks)


_Span = tuple[int, int, float, float]
"""An arrow: the rows of its upper and its lower end, and how far from the left each stands."""


def _cross(one: _Span, other: _Span) -> bool:
    """Whether two straight arrows cross in the rows that both reach through."""
    top, bottom = max(one[0], other[0]), min(one[1], other[1])
    if top >= bottom:
        return False
    above = _at(one, top) - _at(other, top)
    below = _at(one, bottom) - _at(other, bottom)
    return above * below < 0


def _at(span: _Span, row: int) -> float:
    first, last, start, end = span
    return start + (end - start) * (row - first) / (last - first)
