"""Both pictures of an AWS environment say the same, and what the model says."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from archdoc.outputs import DIAGRAM_OUTPUTS
from archdoc.outputs.aws_diagrams.emit import anchor
from archdoc.pipeline import Source, draw, sources
from archdoc.source import load_model
from archdoc.views import Diagram, Graph, diagrams
from conftest import LARGER, REFERENCE
from helpers import archdoc_model, on_aws

_AWS = tuple(o for o in DIAGRAM_OUTPUTS if o.form == "aws" and o.drawing)


def _words(text: str | None) -> str:
    return "".join((text or "").split())


def _vertices(graph: Graph, names: dict[str, str]) -> set[tuple[str, str, str]]:
    """Who there is, called what, and in whom."""
    return {
        (names[v.id], _words(v.name), names[v.parent] if v.parent else "") for v in graph.vertices
    }


def _edges(graph: Graph, names: dict[str, str], diagram: Diagram) -> Counter[tuple[object, ...]]:
    """Who is joined to whom; without technologies, and at icons, as Graphviz's arrows end."""
    nodes = {node.id: node for node in diagram.walk()}

    def ends(*engine_names: str, two_headed: bool) -> tuple[str, ...]:
        found = [anchor(nodes[names[name]]).id for name in engine_names]
        return tuple(sorted(found) if two_headed else found)

    return Counter(
        (
            *ends(e.source, e.target, two_headed=e.two_headed),
            re.sub(r"\[[^]]*\]$", "", _words(e.label)),
            e.line,
            e.two_headed,
        )
        for e in graph.edges
    )


@pytest.mark.parametrize("path", [REFERENCE, *LARGER], ids=lambda path: path.stem)
def test_both_pictures_have_the_models_nodes_nesting_and_edges(path: Path, engines: None) -> None:
    shown = [d for d in diagrams(load_model(path).model) if d.kind == "aws"]
    wanted = sources(shown, outputs=_AWS)
    drawn = draw(wanted, png=False)

    assert not drawn.failures
    for diagram in shown:
        model, own = diagram.graph(), {node.id: node.id for node in diagram.walk()}
        both = [source for source in wanted if source.diagram is diagram]
        assert len(both) == 2
        for source in both:
            graph, names = _read(source, drawn.pictures[source.name].svg)
            assert _vertices(graph, names) == _vertices(model, own)
            assert _edges(graph, names, diagram) == _edges(model, own, diagram)


def _read(source: Source, svg: bytes) -> tuple[Graph, dict[str, str]]:
    return source.output.read(svg), dict(source.emitted.names)


def test_a_sample_has_an_environment_of_two_zones_and_twenty_services() -> None:
    drawn = [d for path in LARGER for d in diagrams(load_model(path).model) if d.kind == "aws"]
    zones = {
        d.id: sum(n.icon is not None and n.icon.macro == "AvailabilityZoneGroup" for n in d.walk())
        for d in drawn
        if sum(not n.boundary for n in d.walk()) >= 20
    }

    assert max(zones.values()) >= 2


@pytest.mark.parametrize("description", ["Moves money.", "What it does for us, at length. " * 6])
def test_a_box_without_an_icon_is_as_large_as_its_text(description: str, engines: None) -> None:
    said = f"bank: {{external: true, description: '{description}'}}\n  s: {{"
    text = on_aws("a: {kind: aws.ec2, in: vpc, runs: [web]}").replace("s: {", said, 1)
    model = archdoc_model(text + "relationships: [bank -> web: Pays]\n")
    (source,) = (s for s in sources(diagrams(model)) if s.output.name == "aws_diagrams")
    svg = draw([source], png=False).pictures[source.name].svg.decode()
    box = svg[svg.index('data-element="bank"') :].partition("</g>")[0]
    (path,) = re.findall(r'<path[^>]* d="([^"]+)"', box)
    border = sorted(float(y) for y in re.findall(r"[-\d.]+,([-\d.]+)", path))
    lines = [float(y) for y in re.findall(r'<text[^>]* y="([-\d.]+)"', box)]

    assert len(lines) >= 2
    assert 0 < border[-1] - lines[-1] < 25
    assert 0 < lines[0] - border[0] < 35
