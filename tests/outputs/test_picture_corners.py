"""Corners that ordinary models reach: empty groups, arrows without labels, odd names."""

from __future__ import annotations

import re

import pytest

from archdoc.consistency import differences
from archdoc.model import CATALOGUE
from archdoc.outputs import DIAGRAM_OUTPUTS
from archdoc.pipeline import Source, draw
from archdoc.views import Diagram, Edge, Node, Shape


def _icon(id_: str, kind: str, *children: Node, boundary: bool = False, name: str = "") -> Node:
    return Node(
        id_, id_, Shape.ICON, name or id_, icon=CATALOGUE[f"aws.{kind}"].icon,
        boundary=boundary or bool(children), children=children,
    )  # fmt: skip


def _aws(*nodes: Node, edges: tuple[Edge, ...] = ()) -> Diagram:
    return Diagram("t", "aws", "t", nodes=nodes, edges=edges)


def _c4(*nodes: Node, edges: tuple[Edge, ...] = ()) -> Diagram:
    return Diagram("t", "deployment", "t", nodes=nodes, edges=edges)


def _box(id_: str, shape: Shape = Shape.CONTAINER, **about: object) -> Node:
    return Node(id_, id_, shape, **{"name": id_, **about})  # type: ignore[arg-type]


_IN_BRACKETS = _box(
    "b", Shape.DEPLOYMENT_NODE, name="EC2 [blue]", technology="t [q]", description="[d] e",
    boundary=True, children=(_box("z"),),
)  # fmt: skip

CORNERS = {
    "a group with nothing in it": _aws(_icon("u", "ec2"), _icon("v", "vpc", boundary=True)),
    "an arrow to a group with nothing in it": _aws(
        _icon("u", "ec2"), _icon("v", "vpc", boundary=True), edges=(Edge("u", "v", "x"),)
    ),
    "an icon called as dot calls a group": _aws(
        _icon("x", "vpc", _icon("q", "ec2")),
        _icon("cluster_x", "rds"),
        edges=(Edge("q", "cluster_x", "x"),),
    ),
    "a label that says image=": _aws(_icon("a", "ec2", name="x image=aws/compute/ec2.png")),
    "an arrow label in typographic quotes": _aws(
        _icon("a", "ec2"),
        _icon("b", "rds"),
        edges=(Edge("a", "b", "\N{LEFT DOUBLE QUOTATION MARK}q\N{RIGHT DOUBLE QUOTATION MARK}"),),
    ),
    "a backslash before a t": _aws(
        _icon("a", "ec2", name="C:\\temp"), _icon("b", "rds"), edges=(Edge("a", "b", "C:\\temp"),)
    ),
    "a system with nothing in it": _c4(_box("s", Shape.SYSTEM, boundary=True), _box("b")),
    "a node with nothing in it": _c4(
        _box("n", Shape.DEPLOYMENT_NODE, technology="VPC", boundary=True), _box("b")
    ),
    "an arrow without a label": _c4(
        _box("a"), _box("b"), edges=(Edge("a", "b", ""), Edge("b", "a", "", "HTTP"))
    ),
    "brackets in a boundary's name, technology and description": _c4(_IN_BRACKETS),
    "an external deployment node": _c4(
        _box("n", Shape.DEPLOYMENT_NODE, boundary=True, external=True, children=(_box("z"),))
    ),
}


_DRAWN = [output for output in DIAGRAM_OUTPUTS if output.drawing]


@pytest.mark.parametrize("corner", CORNERS)
def test_a_picture_is_read_back_as_it_was_meant_with(corner: str, engines: None) -> None:
    diagram = CORNERS[corner]
    wanted = [Source(diagram, o, o.emit(diagram)) for o in _DRAWN if o.draws(diagram)]
    drawn = draw(wanted, png=False)

    assert {name: failure.message for name, failure in drawn.failures.items()} == {}
    for source in wanted:
        shown = source.output.read(drawn.pictures[source.name].svg)
        assert differences(source.output.shows(diagram), shown, source.emitted.names) == ()


def _luminance(colour: str) -> float:
    """As WCAG 2 defines it: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_white_text_on_c4_boxes_is_legible(engines: None) -> None:
    shapes = (Shape.PERSON, Shape.SYSTEM, Shape.CONTAINER, Shape.DATABASE, Shape.QUEUE)
    diagram = _c4(*(_box(f"{s.name}{x}", s, external=x) for s in shapes for x in (False, True)))
    output = DIAGRAM_OUTPUTS[0]
    source = Source(diagram, output, output.emit(diagram))
    svg = draw([source], png=False).pictures[source.name].svg.decode()

    fills = re.findall(
        r'class="entity".*?<(?:rect|path|polygon)[^>]* fill="(#[0-9A-F]{6})"', svg, re.DOTALL
    )
    assert len(fills) == len(diagram.nodes)
    assert min(1.05 / (_luminance(fill) + 0.05) for fill in fills) >= 4.5


@pytest.mark.parametrize("about", ["name", "technology", "description"])
@pytest.mark.parametrize("boundary", [False, True])
def test_a_word_without_an_end_makes_no_box_too_wide(
    about: str, boundary: bool, engines: None
) -> None:
    shape = Shape.DEPLOYMENT_NODE if boundary else Shape.CONTAINER
    inner = (_box("z"),) if boundary else ()
    node = _box("a", shape, boundary=boundary, children=inner, **{about: "word " + "N" * 500})
    diagram = _c4(node)
    output = next(output for output in DIAGRAM_OUTPUTS if output.name == "c4_plantuml")
    source = Source(diagram, output, output.emit(diagram))
    svg = draw([source], png=False).pictures[source.name].svg
    width = re.search(rb'viewBox="0 0 ([\d.]+) ', svg)

    assert width is not None
    assert float(width[1]) < 600
    assert not differences(output.shows(diagram), output.read(svg), source.emitted.names)
