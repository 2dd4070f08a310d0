"""Whatever a picture does not show is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from archdoc.consistency import left_out
from archdoc.model import Style
from archdoc.outputs import DIAGRAM_OUTPUTS, Feature
from archdoc.source import Loaded
from archdoc.views import Diagram, Edge, Graph, Layout, Node, Shape, diagrams
from helpers import archdoc_model

_C4 = next(output for output in DIAGRAM_OUTPUTS if output.name == "c4_plantuml")

_DIAGRAM = Diagram(
    "d", "container", "D",
    nodes=(
        Node("s", "s", Shape.SYSTEM, "System", boundary=True, children=(
            Node("a", "a", Shape.CONTAINER, "Api", "Django 4.2", "Serves."),
        )),
        Node("u", "u", Shape.SYSTEM, "Bank", description="Pays."),
    ),
    edges=(Edge("a", "u", "charges", "HTTPS", line="dashed", two_headed=True), Edge("u", "a", "")),
)  # fmt: skip


def _faithful(diagram: Diagram) -> Graph:
    return diagram.graph()


def _vertex(**about: object) -> Callable[[Graph], Graph]:
    return lambda graph: replace(
        graph,
        vertices=tuple(replace(v, **about) if v.id == "a" else v for v in graph.vertices),  # type: ignore[arg-type]
    )


def _edge(**about: object) -> Callable[[Graph], Graph]:
    return lambda graph: replace(
        graph,
        edges=(replace(graph.edges[0], **about), *graph.edges[1:]),  # type: ignore[arg-type]
    )


LOSSES: dict[str, tuple[Callable[[Graph], Graph], list[str]]] = {
    "nothing": (lambda graph: graph, []),
    "a name": (_vertex(name=""), ["the name of Api"]),
    "a technology": (_vertex(technology=None), ["the technology of Api"]),
    "a technology that is said elsewhere": (
        _vertex(technology=None, description="Django 4.2 Serves."), []
    ),
    "a description": (_vertex(description=""), ["the description of Api"]),
    "nesting": (_vertex(parent=None), ["what is inside System"]),
    "a boundary": (
        lambda graph: replace(graph, vertices=graph.vertices[1:]), ["the boundary System"]
    ),
    "a label": (_edge(label=""), ["the label “charges”"]),
    "a technology of an arrow": (_edge(technology=None), ["the technology of “charges”"]),
    "a line": (_edge(line="solid"), ["that a line is dashed: “charges”"]),
    "a head": (_edge(two_headed=False), ["that an arrow leads both ways: “charges”"]),
    "an end": (_edge(target="s"), ["where an arrow ends: “charges”"]),
    "arrows": (
        lambda graph: replace(graph, edges=graph.edges[:1]),
        ["the arrow Bank → Api"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("loss", LOSSES)
def test_every_fact_that_an_output_loses_is_named(loss: str) -> None:
    losing, named = LOSSES[loss]
    output = replace(_C4, shows=lambda diagram: losing(_faithful(diagram)))

    assert list(left_out(_DIAGRAM, output)) == named


def test_what_a_diagram_asks_for_is_named_where_an_output_cannot_do_it() -> None:
    asking = replace(
        _DIAGRAM,
        nodes=(
            *(Node(s, s, s, s, external=s is Shape.WEB, tags=("t",))
              for s in (Shape.PERSON, Shape.DATABASE, Shape.QUEUE, Shape.WEB, Shape.MOBILE)),
            Node("g", "g", Shape.GROUP, "G", boundary=True, tags=("t",)),
        ),
        edges=(Edge("web", "queue", "x", tags=("t",)),),
        styles={"t": Style(border="#123456")},
        legend=True,
        layout=Layout(rows=(("web",),), near=(("web", "queue"),)),
    )  # fmt: skip
    wanted = {
        Feature.PERSON, Feature.DATABASE, Feature.QUEUE, Feature.WEB, Feature.MOBILE,
        Feature.EXTERNAL, Feature.BOX_STYLE, Feature.BOUNDARY_STYLE, Feature.ARROW_STYLE,
        Feature.LEGEND, Feature.ROWS, Feature.NEAR,
    }  # fmt: skip
    none, every = (
        replace(_C4, shows=_faithful, can=can) for can in ({}, dict.fromkeys(Feature, ""))
    )

    assert set(left_out(asking, none)) == {feature.value for feature in wanted}
    assert left_out(asking, every) == ()


def test_pictures_of_the_reference_model_leave_out_what_is_known(reference: Loaded) -> None:
    found = {
        (output.name, phrase)
        for diagram in diagrams(reference.model)
        for output in DIAGRAM_OUTPUTS
        if output.draws(diagram)
        for phrase in left_out(diagram, output)
    }

    assert found == {
        ("c4_plantuml", "the description of Django application"),
        ("c4_sequence", "the description of Django application"),
        ("mermaid_sequence", "the description of Django application"),
        ("c4_sequence", Feature.DATABASE.value),
        ("mermaid_sequence", Feature.DATABASE.value),
        ("c4_plantuml", MANAGES),
        ("mermaid", MANAGES),
    }


MANAGES = (
    "the arrow Magnet staff → Django application “Manages”, which is shown where Django "
    "application is one box"
)

WHOLES = """
    name: Wholes
    systems:
      s: {name: Shop, containers: {web: {name: Web}, db: {name: Database}}}
      t: {name: Tickets, external: true, containers: {desk: {name: Desk}}}
      u: {name: Unseen}
    relationships:
      - s -> t: Whole
      - web -> t: Part
      - u -> t: Elsewhere
    views:
      inside: {kind: container, of: s}
      both: {kind: container, of: s, include: ["*", {inside: t}]}
      outside: {kind: context, of: s}
"""


def test_what_is_said_of_a_whole_is_named_in_pictures_of_its_inside() -> None:
    found = {d.id: left_out(d, _C4) for d in diagrams(archdoc_model(WHOLES))}

    assert found["outside"] == ()
    assert len(found["inside"]) == 1
    assert found["inside"][0].startswith(
        "the arrow Shop → Tickets “Whole”, which is shown where Shop "
    )
    assert any("“Whole”" in phrase for phrase in found["both"])
    assert not any("Elsewhere" in phrase for phrases in found.values() for phrase in phrases)
