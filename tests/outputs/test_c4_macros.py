"""C4-PlantUML's own macros: each kind of element has its own, and legends explain colours."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from archdoc.model import Style
from archdoc.outputs.c4_plantuml import Calls
from archdoc.outputs.c4_plantuml.emit import emit
from archdoc.render import Job, Picture, render
from archdoc.views import Diagram, Edge, Node, Shape, diagrams
from helpers import loaded

MODEL = """
    name: Shop
    people:
      staff: {}
      guest: {external: true}
    systems:
      shop:
        containers:
          application: {kind: application, components: {part: {}}}
          api: {kind: api}
          web: {kind: web}
          mobile: {kind: mobile}
          desktop: {kind: desktop}
          cli: {kind: cli}
          function: {kind: function}
          worker: {kind: worker}
          proxy: {kind: proxy}
          database: {kind: database}
          search: {kind: search}
          cache: {kind: cache}
          queue: {kind: queue}
          topic: {kind: topic}
          files: {kind: file-store}
      bank:
        external: true
        containers:
          ledger: {kind: database, components: {book: {}}}
          jobs: {kind: queue}
          gate: {}
      post: {external: true}
    relationships: [staff -> shop, guest -> shop, part -> book, gate -> application]
    views:
      all: {kind: container, of: shop, include: ["*", staff, guest, post, {inside: bank}]}
      parts: {kind: component, of: application, include: ["*", book]}
"""
MACROS = {
    "staff": "Person", "guest": "Person_Ext", "post": "System_Ext",
    "shop": "System_Boundary", "bank": "System_Boundary",
    "application": "Container", "api": "Container", "desktop": "Container", "cli": "Container",
    "function": "Container", "worker": "Container", "proxy": "Container",
    "web": "Container+EightSided", "mobile": "Container+RoundedBox",
    "database": "ContainerDb", "search": "ContainerDb", "cache": "ContainerDb",
    "files": "ContainerDb", "queue": "ContainerQueue", "topic": "ContainerQueue",
    "ledger": "ContainerDb_Ext", "jobs": "ContainerQueue_Ext", "gate": "Container_Ext",
}  # fmt: skip


def _macros(diagram: Diagram) -> Mapping[str, str]:
    """The macro that draws each element, by its local id, and after `+` its shape."""
    calls = Calls(diagram)
    shapes = dict(re.findall(r'AddElementTag\("(\w+)".*\$shape=(\w+)Shape', "\n".join(calls.tags)))
    found = {}
    for node in diagram.walk():
        macro, _, rest = calls.node(node).partition("(")
        tag = re.search(r'\$tags="(\w+)"', rest)
        shape = f"+{shapes[tag[1]]}" if tag else ""
        found[node.element.rpartition(".")[2]] = macro + shape
    return found


def test_every_kind_of_element_is_drawn_by_its_own_macro(tmp_path: Path) -> None:
    containers, components = diagrams(loaded(tmp_path, MODEL).model)

    assert _macros(containers) == MACROS
    assert _macros(components) == {
        "application": "Container_Boundary", "part": "Component",
        "bank": "System_Boundary", "ledger": "Container_Boundary", "book": "Component_Ext",
    }  # fmt: skip


def _of(*shapes: Shape, external: bool = False, **about: object) -> Diagram:
    nodes = tuple(
        Node(f"n{number}", f"n{number}", shape, "x", external=external, tags=("t",))
        for number, shape in enumerate(shapes)
    )
    diagram = Diagram("t", "component", "t", legend=True, nodes=nodes)
    return replace(diagram, **about)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("diagram", "rows"),
    [
        (_of(), 0),
        (_of(Shape.CONTAINER, Shape.WEB, Shape.DATABASE), 0),
        (_of(Shape.CONTAINER, Shape.PERSON), 2),
        (_of(Shape.CONTAINER, styles={"t": Style(background="#aa0000")}), 2),
        (_of(Shape.CONTAINER, Shape.PERSON, legend=False), 0),
    ],
)
def test_a_legend_is_there_where_it_tells_colours_apart(diagram: Diagram, rows: int) -> None:
    source = emit(diagram).source

    assert len(re.findall(r"^\|", source, re.MULTILINE)) == rows
    assert ("\nlegend right\n" in source) == bool(rows)


@pytest.mark.parametrize("external", [False, True])
def test_the_colours_of_a_legend_are_those_of_the_boxes(external: bool, engines: None) -> None:
    shapes = (Shape.PERSON, Shape.SYSTEM, Shape.CONTAINER, Shape.COMPONENT)
    diagram = _of(*shapes, external=external)
    (result,) = render([Job("legend", "plantuml", emit(diagram).source, "x")])
    assert isinstance(result, Picture)
    root = ET.fromstring(result.svg)
    boxes = {
        next(shape.get("fill", "").lower() for shape in group if shape.get("fill"))
        for group in root.iter("{http://www.w3.org/2000/svg}g")
        if group.get("class") == "entity"
    }
    rows = {
        colour.lower() for colour in re.findall(r"^\|<(#\w+)>", emit(diagram).source, re.MULTILINE)
    }

    assert rows == boxes
    assert len(rows) == (3 if external else 4)


@pytest.mark.parametrize(
    ("style", "arrow", "shows"),
    [
        (Style(line="dotted"), True, ("#666666", "·····", "→")),
        (Style(border="#ff0000", line="dashed"), True, ("#ff0000", "\N{EN DASH} \N{EN DASH}", "→")),
        (Style(border="#ff0000"), True, ("#ff0000", "<s:#ff0000>", "→")),
        (Style(border="#ff0000", line="dotted"), False, ("#ff0000", "·····")),
        (Style(background="#00ff00", border="#ff0000"), False, ("<#00ff00>", "<s:#ff0000>")),
        (Style(background="#00ff00"), False, ("<#00ff00>",)),
        (Style(text="#ffff00"), False, ("<#2a6fb5>", "#ffff00")),
    ],
)
def test_the_legend_has_a_sample_of_each_style(
    style: Style, arrow: bool, shows: tuple[str, ...]
) -> None:
    edge = Edge("n0", "n1", "x", tags=("t",) if arrow else ())
    diagram = _of(Shape.CONTAINER, Shape.PERSON, edges=(edge,), styles={"t": style})
    source = emit(diagram).source
    row = source.partition("endlegend")[0].splitlines()[-1]

    assert all(part in row.partition("|<U+00A0>")[0] for part in shows)
    assert ("→" in row) == arrow


def test_the_words_of_a_legend_touch_no_edge(engines: None) -> None:
    diagram = _of(Shape.CONTAINER, Shape.SYSTEM, external=True)
    (result,) = render([Job("legend", "plantuml", emit(diagram).source, "x")])
    assert isinstance(result, Picture)
    svg = "{http://www.w3.org/2000/svg}"
    legend = next(
        g for g in ET.fromstring(result.svg).iter(f"{svg}g") if g.get("class") == "legend"
    )
    rects = [(float(r.get("x", 0)), float(r.get("width", 0))) for r in legend.iter(f"{svg}rect")]
    words = [t for t in legend.iter(f"{svg}text") if "".join(t.itertext()).strip("\xa0 ")]

    assert len(words) == 2
    assert all(float(word.get("x", 0)) >= left + width for word in words for left, width in rects)
