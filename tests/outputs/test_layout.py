"""Boxes stand where a view's hints say, and stay there when something else changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

import archdoc
from archdoc.outputs import DIAGRAM_OUTPUTS, DiagramOutput
from archdoc.pipeline import Source, draw
from archdoc.source import Loaded, load_model
from archdoc.views import Diagram, Edge, Node, Shape, diagrams
from conftest import PROOF, REFERENCE, ROOT
from helpers import archdoc_model
from outputs.places import Places, places

_OUTPUTS = {output.name: output for output in DIAGRAM_OUTPUTS}
_EVERY = 1 if PROOF else 5
"""Of a view's labels and boxes, which ones are tried; `make proof` tries each of them."""
_MAPS = [
    diagram
    for diagram in diagrams(load_model(REFERENCE).model)
    if _OUTPUTS["c4_plantuml"].draws(diagram)
]


def _drawn(several: list[Diagram], output: DiagramOutput) -> list[Places]:
    """Where everything stands in each of several diagrams."""
    numbered = [replace(d, id=f"{d.id}-{number}") for number, d in enumerate(several)]
    drawn = draw([Source(d, output, output.emit(d)) for d in numbered], png=False)
    assert not drawn.failures
    return [
        places(picture.svg, diagram)
        for picture, diagram in zip(drawn.pictures.values(), numbered, strict=True)
    ]


def _reworded(diagram: Diagram) -> Iterator[Diagram]:
    """The same with one label said otherwise, longer and shorter by turns; and with other names."""
    for number, edge in [*enumerate(diagram.edges)][::_EVERY]:
        label = ("Says something rather longer than it did before", "X")[number % 2]
        edges = [*diagram.edges]
        edges[number] = replace(edge, label=label)
        yield replace(diagram, edges=tuple(edges))
    yield replace(diagram, nodes=_renamed(diagram.nodes))


def _renamed(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    return tuple(
        replace(
            node, name=f"{node.name}, called quite differently", children=_renamed(node.children)
        )
        for node in nodes
    )


@pytest.mark.parametrize("diagram", _MAPS, ids=lambda diagram: diagram.id)
def test_rewording_moves_nothing(diagram: Diagram, engines: None) -> None:
    before, *after = _drawn([diagram, *_reworded(diagram)], _OUTPUTS["c4_plantuml"])

    assert len(before) > 2
    for places_ in after:
        assert places_ == before


@pytest.mark.parametrize("diagram", _MAPS, ids=lambda diagram: diagram.id)
def test_another_leaf_moves_nobody_but_its_neighbour(diagram: Diagram, engines: None) -> None:
    boxes = [node for node in diagram.walk() if not node.boundary][::_EVERY]
    leaf = Node("leaf", "leaf", Shape.SYSTEM, "A new leaf", description="Is new.")
    grown = [
        replace(
            diagram,
            nodes=(*diagram.nodes, leaf),
            edges=(*diagram.edges, Edge(box.id, leaf.id, "Asks")),
        )
        for box in boxes
    ]
    before, *after = _drawn([diagram, *grown], _OUTPUTS["c4_plantuml"])

    for neighbour, places_ in zip(boxes, after, strict=True):
        others = before.keys() - {neighbour.element}
        assert _relations(places_, others) == _relations(before, others), neighbour.id


def _relations(at: Places, among: set[str]) -> dict[tuple[str, str], str]:
    """Of every two, which one stands in an earlier row, or else earlier in the same row."""

    def relation(one: str, other: str) -> str:
        if at[one][0] != at[other][0]:
            return "above" if at[one][0] < at[other][0] else "below"
        return "before" if at[one][1] < at[other][1] else "after"

    return {(a, b): relation(a, b) for a in among for b in among if a < b}


def _with_view(**view: Any) -> tuple[Diagram, ...]:
    model = archdoc.load(ROOT / "tests" / "models" / "everything.yaml")
    data = model.model_dump(by_alias=True, exclude={"views"})
    return diagrams(type(model).model_validate({**data, "views": {"v": view}}))


def _rows(at: Places, *wanted: str) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for id_ in sorted((id_ for id_ in at if id_ in wanted), key=lambda id_: at[id_]):
        rows.setdefault(at[id_][0], []).append(id_)
    return [rows[number] for number in sorted(rows)]


def test_rows_stand_one_after_another_each_in_its_order(engines: None) -> None:
    rank = [["web"], ["jobs", "api", "app"], ["db"]]
    wanted = [[f"shop.{id_}" for id_ in row] for row in rank]
    for direction in ("down", "right"):
        (diagram,) = _with_view(kind="container", of="shop", rank=rank, direction=direction)
        (at,) = _drawn([diagram], _OUTPUTS["c4_plantuml"])
        assert _rows(at, *(id_ for row in wanted for id_ in row)) == wanted


def test_a_way_back_through_unranked_ones_moves_no_row(engines: None) -> None:
    model = archdoc_model("""
name: x
systems: {s: {containers: {a: {}, b: {}, c: {}, d: {}, e: {}, f: {}, g: {}, h: {}}}}
relationships: [a -> b, a -> g, b -> c, b -> e, d -> a, d -> f, d -> h, f -> g, h -> g]
views: {v: {kind: container, of: s, rank: [[g], [c], [b, d, f]]}}
""")
    (at,) = _drawn([*diagrams(model)], _OUTPUTS["c4_plantuml"])

    rank = [["s.g"], ["s.c"], ["s.b", "s.d", "s.f"]]
    assert _rows(at, *(id_ for row in rank for id_ in row)) == rank


_LONG_WAY = """
name: x
systems: {s: {containers: {a: {}, b: {}, c: {}, d: {}, e: {}, q: {}}}}
relationships: [a -> b, a -> q, q -> c, b -> d, c -> e]
views: {v: {kind: container, of: s, %s}}
"""


@pytest.mark.parametrize(
    "hints",
    [
        "rank: [[a], [b, c], [d, e]]",
        "rank: [[b], [a], [d, e]]",
        "rank: [[a], [b, c], [d, e]], near: [[d, b]]",
        "rank: [[a], [b, c], [d, e]], order: [c, b]",
        "rank: [[a], [c, b], [e, d]]",
    ],
)
def test_rows_hold_against_a_longer_way_and_against_other_hints(hints: str, engines: None) -> None:
    model = archdoc_model(_LONG_WAY % hints)
    (diagram,) = diagrams(model)
    down, right = _drawn([diagram, replace(diagram, direction="right")], _OUTPUTS["c4_plantuml"])

    rank = [[f"s.{ref}" for ref in row] for row in model.views["v"].rank]
    every = [id_ for row in rank for id_ in row]
    assert _rows(down, *every) == rank
    assert _rows(right, *every) == rank


def test_near_ones_stand_side_by_side(engines: None) -> None:
    for pair in (["db", "jobs"], ["api", "db"]):
        (diagram,) = _with_view(kind="container", of="shop", near=[pair])
        (at,) = _drawn([diagram], _OUTPUTS["c4_plantuml"])
        (row, place), (other_row, other_place) = (at[f"shop.{id_}"] for id_ in pair)
        # Where a boundary parts them, Graphviz decides who is the first.
        assert row == other_row, pair
        assert abs(place - other_place) == 1, pair


@pytest.mark.parametrize("output", ["aws_plantuml", "aws_diagrams"])
def test_what_stands_for_an_element_takes_its_place(
    output: str, reference: Loaded, engines: None
) -> None:
    (diagram,) = (
        d for d in diagrams(reference.model) if d.kind == "aws" and d.id == "aws-ecs-fargate"
    )
    (at,) = _drawn([diagram], _OUTPUTS[output])
    names = {node.element: node.name for node in diagram.walk()}
    rows = [sorted(names[id_] for id_ in row) for row in _rows(at, *at)]

    assert rows == [["Users"], ["Web service", "Worker service"], ["DB", "Redis", "S3 Bucket"]]


def test_the_order_of_a_view_comes_before_that_of_the_model() -> None:
    (given,) = _with_view(kind="container", of="shop", include=["*", "web"])
    (diagram,) = _with_view(kind="container", of="shop", order=["bank", "db", "web"])
    system = next(node for node in diagram.nodes if node.boundary)
    before = next(node for node in given.nodes if node.boundary)

    def names(nodes: tuple[Node, ...]) -> list[str]:
        return [node.id for top in nodes for node in top.walk() if not node.boundary]

    assert sorted(names(diagram.nodes)) == sorted(names(given.nodes))
    assert names((system,)).index("shop.db") < names((system,)).index("shop.web")
    assert names((before,)).index("shop.db") > names((before,)).index("shop.web")


def test_lanes_of_a_sequence_follow_the_order(engines: None) -> None:
    steps = ["user -> web: Opens", "web -> api: Asks", "api -> db: Looks"]
    diagram = _with_view(kind="dynamic", steps=steps, order=["db", "api", "web"])[-1]
    source = _OUTPUTS["c4_sequence"].emit(diagram).source

    assert source.index("shop_db") < source.index("shop_api,") < source.index("shop_web,")


def test_hints_of_what_a_picture_does_not_show_change_nothing() -> None:
    kind: dict[str, Any] = {"kind": "container", "of": "shop", "exclude": ["jobs"]}
    hinted = _with_view(**kind, rank=[["jobs"]], order=["jobs"], near=[["jobs", "db"]])

    assert hinted == _with_view(**kind)


def _loose(count: int, *relationships: str) -> Diagram:
    systems = "".join(f"      s{n}: {{name: System {n}}}\n" for n in range(count))
    said = f"    relationships: [{', '.join(relationships)}]\n" if relationships else ""
    views = "    views: {v: {kind: landscape}}\n"
    (diagram,) = diagrams(archdoc_model(f"    name: x\n    systems:\n{systems}{said}{views}"))
    return diagram


def test_what_nothing_ties_stands_in_rows_that_can_be_read(engines: None) -> None:
    at, grown = _drawn([_loose(14), _loose(15)], _OUTPUTS["c4_plantuml"])

    assert [len(row) for row in _rows(at, *at)] == [6, 6, 2]
    assert _rows(at, *at)[2] == ["s12", "s13"]
    assert _relations(at, set(at)) == _relations(grown, set(at))


def test_what_arrows_tie_is_not_wrapped() -> None:
    assert _loose(9, "s8 -> s0").layout.ahead == ()
