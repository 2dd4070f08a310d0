"""Every output shows what it declares, and nothing else: one change at a time tells."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from archdoc.model import CATALOGUE, PEOPLE_ICON, Style
from archdoc.outputs import DIAGRAM_OUTPUTS, DiagramOutput, Feature, feature_page
from archdoc.outputs.base import Form
from archdoc.pipeline import Source, draw
from archdoc.render import bare
from archdoc.views import Diagram, Edge, Layout, Node, Shape, diagrams
from conftest import ROOT
from helpers import SMALL, archdoc_model

_SERVICE = {
    "map": {"shape": Shape.CONTAINER},
    "sequence": {"shape": Shape.CONTAINER},
    "aws": {"shape": Shape.ICON, "icon": CATALOGUE["aws.ec2"].icon},
}
_GROUP = {
    "map": {"shape": Shape.DEPLOYMENT_NODE},
    "sequence": {"shape": Shape.SYSTEM},
    "aws": {"shape": Shape.ICON, "icon": CATALOGUE["aws.vpc"].icon},
}
_KINDS = {"map": "deployment", "sequence": "dynamic", "aws": "aws"}


def _probe(form: Form) -> Diagram:
    """A diagram with little in it: a plain box, a group of two services, and three arrows."""
    service, group = _SERVICE[form], _GROUP[form]
    inner: dict[str, Any]
    inner = {id_: Node(id_, id_, name=id_.upper(), **service) for id_ in ("a", "b")}  # type: ignore[arg-type]
    around = Node("g", "g", name="G", boundary=True, children=tuple(inner.values()), **group)  # type: ignore[arg-type]
    arrows = (Edge("x", "a", "says"), Edge("a", "b", "asks"), Edge("x", "b", "tells"))
    return Diagram(
        "probe", _KINDS[form], "Title",  # type: ignore[arg-type]
        nodes=(Node("x", "x", Shape.SYSTEM, "X"), around, Node("y", "y", Shape.SYSTEM, "Y")),
        edges=_numbered(arrows) if form == "sequence" else arrows,
    )  # fmt: skip


def _numbered(edges: tuple[Edge, ...]) -> tuple[Edge, ...]:
    return tuple(replace(edge, number=number) for number, edge in enumerate(edges, 1))


Change = Callable[[Diagram], Diagram]


def _node(id_: str, **about: Any) -> Change:
    """Another node of that id."""

    def inside(nodes: tuple[Node, ...]) -> Iterator[Node]:
        for node in nodes:
            changed = replace(node, children=tuple(inside(node.children)))
            yield replace(changed, **about) if node.id == id_ else changed

    return lambda diagram: replace(diagram, nodes=tuple(inside(diagram.nodes)))


def _edge(**about: Any) -> Change:
    return lambda d: replace(d, edges=(replace(d.edges[0], **about), *d.edges[1:]))


def _diagram(**about: Any) -> Change:
    return lambda diagram: replace(diagram, **about)


def _both(first: Change, second: Change) -> Change:
    return lambda diagram: second(first(diagram))


def _moved_out(diagram: Diagram) -> Diagram:
    first, group, last = diagram.nodes
    return replace(diagram, nodes=(first, replace(group, children=group.children[:1]),
                                   group.children[1], last))  # fmt: skip


def _swapped(diagram: Diagram) -> Diagram:
    return replace(diagram, nodes=tuple(reversed(diagram.nodes)))


def _steps(diagram: Diagram) -> Diagram:
    """The same as a map of what happens, which is the only one with numbers."""
    if diagram.kind != "deployment":
        return diagram
    in_system = _node("g", shape=Shape.SYSTEM)(diagram)
    return replace(in_system, kind="dynamic", edges=_numbered(diagram.edges))


_STYLED = _diagram(styles={"t": Style(background="#123456", border="#fedcba")})
_DASHED = _edge(line="dashed")

_PLAIN = _node("y", shape=Shape.CONTAINER)

BEFORE: dict[Feature, Change] = {
    Feature.DATABASE: _PLAIN,
    Feature.QUEUE: _PLAIN,
    Feature.WEB: _PLAIN,
    Feature.MOBILE: _PLAIN,
    Feature.DOTS: _DASHED,
    Feature.TECHNOLOGY_ICONS: lambda d: replace(
        _node("a", technology="PostgreSQL 15")(d), icons=False
    ),
    Feature.STEPS: _steps,
    Feature.BOX_STYLE: _node("x", tags=("t",)),
    Feature.BOUNDARY_STYLE: _node("g", tags=("t",)),
    Feature.ARROW_STYLE: _edge(tags=("t",)),
}
"""What the probe has before the change; only here where that is something."""
CHANGES: dict[Feature, Change] = {
    Feature.NAME: _node("a", name="Renamed"),
    Feature.TECHNOLOGY: _node("a", technology="Django 4.2"),
    Feature.DESCRIPTION: _node("a", description="Serves."),
    Feature.BOUNDARY_TECHNOLOGY: _node("g", technology="Debian 12"),
    Feature.BOUNDARY_DESCRIPTION: _node("g", description="Is around."),
    Feature.NESTING: _moved_out,
    Feature.DATABASE: _node("y", shape=Shape.DATABASE),
    Feature.QUEUE: _node("y", shape=Shape.QUEUE),
    Feature.WEB: _node("y", shape=Shape.WEB),
    Feature.MOBILE: _node("y", shape=Shape.MOBILE),
    Feature.EXTERNAL: _node("y", external=True),
    Feature.TECHNOLOGY_ICONS: _diagram(icons=True),
    Feature.AWS_ICONS: _node("a", icon=CATALOGUE["aws.rds"].icon),
    Feature.LABEL: _edge(label="says something else"),
    Feature.ARROW_TECHNOLOGY: _edge(technology="HTTPS"),
    Feature.LINE: _DASHED,
    Feature.DOTS: _edge(line="dotted"),
    Feature.TWO_HEADS: _edge(two_headed=True),
    Feature.BOUNDARY_ENDS: _edge(target="g"),
    Feature.STEPS: _edge(number=7),
    Feature.BOX_STYLE: _STYLED,
    Feature.BOUNDARY_STYLE: _STYLED,
    Feature.ARROW_STYLE: _STYLED,
    Feature.LEGEND: _diagram(legend=True),
    Feature.DIRECTION: _diagram(direction="right"),
    Feature.ORDER: _swapped,
    Feature.ROWS: _diagram(layout=Layout(rows=(("a",), ("y",)), ahead=(("a", "y"),))),
    Feature.NEAR: _diagram(layout=Layout(near=(("b", "y"),), beside=(("b", "y"),))),
    Feature.TITLE: _diagram(title="Another title"),
    Feature.LINKS: _node("a", element="another"),
}
"""The change that shows whether a picture shows a feature."""


def _people(form: Form) -> Change:
    if form == "aws":  # where people are icons themselves
        return _node("y", shape=Shape.ICON, icon=PEOPLE_ICON)
    return _node("y", shape=Shape.PERSON)


def _pair(feature: Feature, form: Form) -> tuple[Diagram, Diagram]:
    """Two diagrams that differ in nothing but one feature."""
    if feature is Feature.REPLICAS:
        return _placed(form, replicas=1), _placed(form, replicas=3)
    same: Change = lambda diagram: diagram  # noqa: E731 - a name for nothing
    before = BEFORE.get(feature, same)(_probe(form))
    change = _people(form) if feature is Feature.PERSON else CHANGES[feature]
    return before, change(before)


_PLACED = (
    "nodes:\n"
    "          c: {kind: aws.cloud}\n"
    "          r: {kind: aws.region, in: c}\n"
    "          v: {kind: aws.vpc, in: r}\n"
    "          e: {kind: aws.ec2, in: v}\n"
)
_VIEWS = """
    views:
      local: {kind: deployment, environment: local}
      steps: {kind: dynamic, steps: [user -> web, web -> db]}
"""


def _placed(form: Form, replicas: int) -> Diagram:
    """The same of a model, in which a container runs so often."""
    runs = f"in: e, runs: [{{container: web, replicas: {replicas}}}, db]"
    text = SMALL.replace("runs: [web, db]", runs).replace("nodes:\n", _PLACED) + _VIEWS
    return next(d for d in diagrams(archdoc_model(text)) if d.kind == _KINDS[form])


_FACTS = {
    Feature.NAME, Feature.TECHNOLOGY, Feature.DESCRIPTION, Feature.BOUNDARY_TECHNOLOGY,
    Feature.BOUNDARY_DESCRIPTION, Feature.REPLICAS, Feature.NESTING, Feature.LABEL, Feature.LINE,
    Feature.ARROW_TECHNOLOGY, Feature.DOTS, Feature.TWO_HEADS, Feature.STEPS,
}  # fmt: skip
"""What is read back from pictures, and compared as such."""
_LOOKS = {
    Feature.PERSON, Feature.DATABASE, Feature.QUEUE, Feature.WEB, Feature.MOBILE, Feature.EXTERNAL,
    Feature.BOX_STYLE, Feature.BOUNDARY_STYLE, Feature.ARROW_STYLE,
}  # fmt: skip
"""What eyes alone can tell."""


def _shown(output: DiagramOutput, probed: Sequence[Feature]) -> set[Feature]:
    """The features whose change changes what becomes of a diagram.

    That is its picture, or its text where no engine draws it here.
    """
    pairs = [_pair(feature, output.form) for feature in probed]
    numbered = [
        replace(d, id=f"probe-{n}") for n, d in enumerate(d for pair in pairs for d in pair)
    ]
    written = [Source(diagram, output, output.emit(diagram)) for diagram in numbered]
    drawn = draw(written, png=False)
    assert not drawn.failures

    def seen(source: Source, feature: Feature) -> object:
        if not source.is_drawn:
            return source.emitted.source.replace(source.diagram.id, "probe")
        svg = drawn.pictures[source.name].svg
        if feature in _FACTS:
            return output.read(svg)
        # Its seal says what it was drawn from: that is no part of what is seen.
        text = bare(svg).decode().replace(source.diagram.id, "probe")
        return _drawn(text) if feature in _LOOKS else text

    both = zip(probed, written[::2], written[1::2], strict=True)
    return {feature for feature, *two in both if len({seen(s, feature) for s in two}) > 1}


def _probed(form: Form) -> list[Feature]:
    """What a change can tell of. Steps lead one way, so that no sequence has two heads."""
    never = {Feature.DARK} | ({Feature.TWO_HEADS} if form == "sequence" else set())
    return [feature for feature in Feature if feature not in never]


@pytest.mark.parametrize("output", DIAGRAM_OUTPUTS, ids=lambda output: output.name)
def test_an_output_shows_what_it_declares_and_nothing_else(
    output: DiagramOutput, engines: None
) -> None:
    probed = _probed(output.form)

    assert _shown(output, probed) == output.can.keys() & set(probed)


_STYLING = [output for output in DIAGRAM_OUTPUTS if Feature.BOX_STYLE in output.can]


@pytest.mark.parametrize("output", _STYLING, ids=lambda output: output.name)
@pytest.mark.parametrize(("id_", "line"), [("x", "dotted"), ("x", "dashed"), ("g", "dotted")])
def test_the_line_of_a_style_is_that_of_borders(
    output: DiagramOutput, id_: str, line: Any, engines: None
) -> None:
    before = _node(id_, tags=("t",))(_probe(output.form))
    after = _diagram(styles={"t": Style(line=line)})(before)
    sources = [Source(d, output, output.emit(d)) for d in (before, replace(after, id="after"))]
    texts = [source.emitted.source for source in sources]
    if output.drawing:
        pictures = draw(sources, png=False).pictures
        texts = [_drawn(pictures[source.name].svg.decode()) for source in sources]

    broken = [text.count("stroke-dasharray") for text in texts]
    partly = output.can[Feature.BOUNDARY_STYLE if id_ == "g" else Feature.BOX_STYLE]
    assert (broken[1] > broken[0]) == (not partly)


def _drawn(svg: str) -> str:
    """Only what is seen: without ids, and what is there for tools."""
    return re.sub(r'(?:id|data-[\w-]+|aria-[\w-]+)="[^"]*"|<(title|desc)\b.*?</\1>', "", svg)


@pytest.mark.parametrize("output", DIAGRAM_OUTPUTS, ids=lambda output: output.name)
def test_pictures_follow_the_readers_scheme_where_they_say_so(
    output: DiagramOutput, engines: None
) -> None:
    source = Source(_probe(output.form), output, output.emit(_probe(output.form)))
    if source.is_drawn:
        follows = (
            b"prefers-color-scheme:dark" in draw([source], png=False).pictures[source.name].svg
        )
    else:  # whoever draws it chooses the colours of all that has none of its own
        lines = source.emitted.source.splitlines()
        grounds = [line for line in lines if "fill:none" in line or "theme" in line]
        follows = not any("color:" in line or "theme" in line for line in grounds)

    assert follows == (Feature.DARK in output.can)


def test_the_page_of_what_outputs_show_is_current() -> None:
    """ARCHDOC_ACCEPT=1 accepts a new one."""
    page, content = ROOT / "docs" / "outputs.md", feature_page.emit(DIAGRAM_OUTPUTS)
    if os.environ.get("ARCHDOC_ACCEPT"):
        page.write_bytes(content)

    assert page.read_bytes() == content
