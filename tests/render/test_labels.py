"""Labels of arrows find a free place where they lie over something else."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from archdoc.render.labels import free_labels

_NS = 'xmlns="http://www.w3.org/2000/svg"'
_ARROW = (
    '<g class="link"><path d="M100,0 C100,50 100,150 100,200"/>'
    '<text x="{x}" y="{y}" font-size="10">Reads</text></g>'
)
_WIDE = 30.0


def _freed(x: float, y: float, *others: str) -> tuple[float, float]:
    """Where the label of an arrow from (100, 0) straight down to (100, 200) comes to stand."""
    drawing = "".join([_ARROW.format(x=x, y=y), *others])
    root = ET.fromstring(f'<svg {_NS} viewBox="0 0 300 200"><g>{drawing}</g></svg>')
    free_labels(root, lambda _: _WIDE)
    text = next(root.iter("{http://www.w3.org/2000/svg}text"))
    return float(text.get("x", 0)), float(text.get("y", 0))


def _name(x: float, y: float) -> str:
    return f'<g class="cluster"><text x="{x}" y="{y}" font-size="10">Name</text></g>'


def _box(x: float, y: float, width: float, height: float) -> str:
    return f'<g class="entity"><rect x="{x}" y="{y}" width="{width}" height="{height}"/></g>'


def test_a_label_that_lies_over_nothing_stays() -> None:
    assert _freed(103, 100, _name(103, 150), _box(200, 0, 50, 50)) == (103, 100)


@pytest.mark.parametrize(
    "other", [_name(110, 105), _box(110, 90, 40, 20), _ARROW.format(x=110, y=104)]
)
def test_a_label_that_lies_over_something_moves_along_its_arrow(other: str) -> None:
    x, y = _freed(103, 100, other)

    assert (x, y) != (103, 100)
    assert min(abs(x - 100), abs(x + _WIDE - 100)) <= 20
    assert abs(y - 100) < 40


def test_a_label_without_any_free_place_stays() -> None:
    assert _freed(103, 100, _box(0, 0, 300, 200)) == (103, 100)


def test_what_a_picture_moves_as_a_whole_is_counted_in() -> None:
    text = '<text x="103" y="-100" font-size="10">Reads</text>'
    arrow = f'<g class="edge"><path d="M100,-200 C100,-150 100,-50 100,0"/>{text}</g>'
    name = '<g class="cluster"><text x="103" y="-100" font-size="10">Name</text></g>'
    root = ET.fromstring(
        f'<svg {_NS} viewBox="0 0 300 200"><g transform="translate(0 200)">{arrow}{name}</g></svg>'
    )
    free_labels(root, lambda _: _WIDE)
    moved = next(root.iter("{http://www.w3.org/2000/svg}text"))

    assert (moved.get("x"), moved.get("y")) != ("103", "-100")
    assert -200 <= float(moved.get("y", 0)) <= 0
