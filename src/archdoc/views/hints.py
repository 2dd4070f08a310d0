"""What a view's layout hints ask for beside each other, and what holds them in a picture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

_T = TypeVar("_T", bound=Hashable)


def compatible_pairs(
    near: Iterable[tuple[_T, _T]], rows: Sequence[Sequence[_T]]
) -> Iterator[tuple[_T, _T]]:
    """Those pairs of `near` that leave everything in its row of `rank`: rank wins."""
    row_of = {item: number for number, row in enumerate(rows) for item in row}
    group = {item: {item} for item in row_of}
    for row in rows:
        for item in row:
            group[item] = set(row)
    neighbours = {frozenset(pair) for row in rows for pair in pairwise(row)}
    for pair in near:
        first, second = (group.setdefault(item, {item}) for item in pair)
        both = first | second
        joins = len({row_of[item] for item in both if item in row_of}) < 2
        inside = {*pair} <= row_of.keys()
        if joins and (not inside or frozenset(pair) in neighbours):
            group |= dict.fromkeys(both, both)
            yield pair


def held(
    rows: Sequence[Sequence[str]], ranked: Container[str], firsts: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Ties that keep ranked items in their rows, whatever longer way of arrows leads to them.

    `rows` are all that stand in one boundary. Engines know of no rows, only of what stands after
    what: each ranked item is tied to the row before its own and to the one after it.
    """
    if not any(id_ in ranked for row in rows for id_ in row):
        return
    for row, following in pairwise(rows):
        yield firsts[row[0]], firsts[following[0]]
        yield from ((firsts[id_], firsts[following[0]]) for id_ in row[1:] if id_ in ranked)
        yield from ((firsts[row[0]], firsts[id_]) for id_ in following[1:] if id_ in ranked)


def downwards(
    arrows: Iterable[tuple[str, str]], level: Iterable[tuple[str, str]], ranked: Container[str]
) -> Iterator[tuple[str, str]]:
    """The same arrows without circles: those between ranked items first, and as they are.

    Another that would close a circle is turned around, so that it moves no ranked item.
    """
    shared: dict[str, set[str]] = defaultdict(set)
    for one, other in level:
        shared[one].add(other)
        shared[other].add(one)
    below: dict[str, set[str]] = defaultdict(set)

    def leads(start: str, end: str) -> bool:
        seen, left = {start}, [start]
        while left:
            here = left.pop()
            following = (below[here] | shared[here]) - seen
            seen |= following
            left += following
        return end in seen

    both = [(source in ranked and target in ranked, source, target) for source, target in arrows]
    for is_said, source, target in sorted(both, key=lambda arrow: not arrow[0]):
        pair = (target, source) if not is_said and leads(target, source) else (source, target)
        below[pair[0]].add(pair[1])
        yield pair
