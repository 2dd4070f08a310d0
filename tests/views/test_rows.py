"""Rows: who stands above whom, and who before whom."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from archdoc.views.rows import Pair, rows_of

_ITEMS = tuple("abcdefgh")
_PAIRS = [(one, other) for one in _ITEMS for other in _ITEMS if one != other]
_ARROWS = st.lists(st.sampled_from(_PAIRS), max_size=16)
_Rows = tuple[tuple[str, ...], ...]


def _row(rows: _Rows) -> dict[str, int]:
    return {item: number for number, row in enumerate(rows) for item in row}


def _relations(rows: _Rows, among: str) -> dict[Pair, str]:
    """Of every two, which stands above the other, or else before it."""
    at = {
        item: (number, place) for number, row in enumerate(rows) for place, item in enumerate(row)
    }

    def relation(one: str, other: str) -> str:
        (row, place), (other_row, other_place) = at[one], at[other]
        if row != other_row:
            return "above" if row < other_row else "below"
        return "before" if place < other_place else "after"

    return {(one, other): relation(one, other) for one, other in combinations(among, 2)}


def test_arrows_lead_down_and_the_model_orders_the_rest() -> None:
    arrows = [("a", "c"), ("a", "b"), ("b", "d"), ("c", "d")]

    assert rows_of("abcd", arrows) == (("a",), ("b", "c"), ("d",))
    assert rows_of("acbd", arrows) == (("a",), ("c", "b"), ("d",))


def test_rows_are_ordered_so_that_fewer_arrows_cross() -> None:
    crossing = [
        ("a", "d"),
        ("b", "c"),
        ("a", "e"),
        ("b", "f"),
        ("d", "g"),
        ("e", "g"),
        ("c", "h"),
        ("f", "h"),
    ]

    assert rows_of("abcdefgh", crossing) == (("a", "b"), ("d", "e", "c", "f"), ("g", "h"))


def test_what_only_asks_stands_right_above_what_it_asks() -> None:
    arrows = [("a", "b"), ("b", "c"), ("c", "d"), ("a", "c"), ("e", "d")]

    assert _row(rows_of("abcde", arrows))["e"] == 2


def test_in_a_circle_the_first_in_the_model_stands_above() -> None:
    assert rows_of("ab", [("b", "a"), ("a", "b")]) == (("a",), ("b",))
    assert rows_of("abc", [("a", "b"), ("b", "c"), ("c", "a")]) == (("a",), ("b",), ("c",))


def test_a_pair_that_is_level_shares_a_row_whatever_the_arrows_say() -> None:
    rows = rows_of("abc", [("a", "b"), ("b", "c")], level=[("a", "c")])

    assert _row(rows)["a"] == _row(rows)["c"]


@given(_ARROWS)
def test_every_item_stands_in_one_row(arrows: list[Pair]) -> None:
    rows = rows_of(_ITEMS, arrows)

    assert sorted(item for row in rows for item in row) == sorted(_ITEMS)
    assert all(rows)


@given(_ARROWS)
def test_without_circles_every_arrow_leads_down(arrows: list[Pair]) -> None:
    forward = [(one, other) for one, other in arrows if one < other]
    row = _row(rows_of(_ITEMS, forward))

    assert all(row[source] < row[target] for source, target in forward)


@given(_ARROWS, st.sampled_from(_ITEMS), st.booleans())
def test_a_new_leaf_moves_nobody(arrows: list[Pair], holder: str, leads_there: bool) -> None:
    arrow = (holder, "z") if leads_there else ("z", holder)
    before = rows_of(_ITEMS, arrows)
    after = rows_of((*_ITEMS, "z"), [*arrows, arrow])

    assert _relations(after, "".join(_ITEMS)) == _relations(before, "".join(_ITEMS))


@given(_ARROWS, st.permutations(_ITEMS).map(lambda items: list(pairwise(items))[::3]))
def test_level_pairs_are_kept_in_order(arrows: list[Pair], level: list[Pair]) -> None:
    row = _row(rows := rows_of(_ITEMS, arrows, level))

    for first, second in level:
        assert row[first] == row[second]
        place = rows[row[first]].index
        assert place(first) + 1 == place(second)
