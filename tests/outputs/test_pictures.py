"""Every diagram output: what it writes, and what its engine's picture then shows."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from archdoc.consistency import differences
from archdoc.outputs import DIAGRAM_OUTPUTS
from archdoc.outputs.plantuml_text import aliases, label
from archdoc.pipeline import Source, draw, sources
from archdoc.source import Loaded
from archdoc.views import Diagram, Node, Shape, diagrams
from helpers import HOSTILE, INTERNATIONAL
from outputs.diagrams_of import changed, hostile_aws, hostile_c4, hostile_steps
from pictures import golden


def _wrong(source: Source, svg: bytes) -> list[str]:
    graph = source.output.read(svg)
    found = differences(source.output.shows(source.diagram), graph, source.emitted.names)
    return [str(difference) for difference in found]


def test_the_reference_models_sources_are_as_reviewed(reference: Loaded) -> None:
    """ARCHDOC_ACCEPT=1 accepts new ones; `make pictures` shows them before."""
    texts = golden.written(reference.model)
    if os.environ.get("ARCHDOC_ACCEPT"):
        golden.accept(texts)

    assert texts == golden.accepted()


def test_every_picture_of_the_reference_model_shows_what_its_diagram_says(
    reference: Loaded, engines: None
) -> None:
    wanted = [source for source in sources(diagrams(reference.model)) if source.is_drawn]
    drawn = draw(wanted, png=False)

    assert not drawn.failures
    for source in wanted:
        assert _wrong(source, drawn.pictures[source.name].svg) == []


def _all_outputs(*hostile: Diagram) -> tuple[Source, ...]:
    return tuple(
        Source(diagram, output, output.emit(diagram))
        for output in DIAGRAM_OUTPUTS
        for diagram in hostile
        if output.drawing and output.draws(diagram)
    )


@pytest.mark.parametrize(
    "text",
    [HOSTILE, INTERNATIONAL, "two\nlines", "x" * 60, "word " * 100, "~", "<b>", "-", "' c", "<a>",
     "#1", "a\tb", "a\u2028b\u2029c", "[[x]]", "&lt;", "\\", "%", "end", '"',
     'Person(a, "b") é.Index() RDS(x) TECHN_FONT_SIZE [#red]', 'a \t "x"'],
    ids=lambda text: text[:10],
)  # fmt: skip
def test_any_label_is_shown_as_it_is(text: str, engines: None) -> None:
    wanted = _all_outputs(hostile_c4(text), hostile_aws(text), hostile_steps(text))
    drawn = draw(wanted, png=False)

    assert {name: failure.message for name, failure in drawn.failures.items()} == {}
    for source in wanted:
        assert _wrong(source, drawn.pictures[source.name].svg) == []


def test_a_lane_of_a_sequence_has_a_long_description_of_anything(engines: None) -> None:
    """C4-PlantUML would break it letter by letter, until PlantUML suspects an endless loop."""
    steps = hostile_steps("x")
    first = replace(steps.nodes[0], description='"x" ' * 100 + "y")
    steps = replace(steps, nodes=(first, *steps.nodes[1:]))
    (source,) = (s for s in _all_outputs(steps) if s.output.name == "c4_sequence")
    drawn = draw([source], png=False)

    assert not drawn.failures
    assert _wrong(source, drawn.pictures[source.name].svg) == []


def test_a_label_reads_no_file_and_no_variable(engines: None, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("seen-by-the-engine")
    text = f'x\n!include {secret}\n%getenv("HOME") <img:file://{secret}>'
    wanted = _all_outputs(hostile_c4(text), hostile_aws(text), hostile_steps(text))
    drawn = draw(wanted, png=False)

    for picture in drawn.pictures.values():
        assert b"seen-by-the-engine" not in picture.svg
    assert not drawn.failures


@pytest.mark.parametrize("change", ["drop", "rename", "flip", "relabel", "line", "heads", "parent"])
def test_a_picture_that_departs_from_the_model_is_found(
    change: str, reference: Loaded, engines: None
) -> None:
    """Each change to the diagram behind a picture must show up as a difference."""
    (diagram,) = (d for d in diagrams(reference.model) if (d.id, d.kind) == ("aws-advanced", "aws"))
    departed = changed(diagram, change)
    for output in DIAGRAM_OUTPUTS:
        if output.drawing is None or not output.draws(diagram):
            continue
        source = Source(diagram, output, output.emit(diagram))
        svg = (
            draw([Source(departed, output, output.emit(departed))], png=False)
            .pictures[source.name]
            .svg
        )
        assert _wrong(source, svg)


@pytest.mark.parametrize("change", ["drop", "rename", "flip", "relabel", "line", "parent"])
def test_a_sequence_that_departs_from_the_model_is_found(
    change: str, reference: Loaded, engines: None
) -> None:
    (diagram,) = (d for d in diagrams(reference.model) if d.id == "page")
    departed = changed(diagram, change)
    (output,) = (o for o in DIAGRAM_OUTPUTS if o.name == "c4_sequence")
    source = Source(diagram, output, output.emit(diagram))
    svg = (
        draw([Source(departed, output, output.emit(departed))], png=False).pictures[source.name].svg
    )

    assert _wrong(source, svg)


def test_ordinary_labels_read_as_they_are_in_the_source() -> None:
    for text in ("Requests over HTTPS", "Django 4.2 on Python 3.10", "2 × Django, R&D (web) + x"):
        assert label(text) == text


def test_blanks_of_other_widths_are_spaces_in_the_source() -> None:
    assert [label(f"a{blank}b") for blank in "\t\u2028\u2029"] == ["a b"] * 3


def test_aliases_are_readable_unique_and_no_keywords() -> None:
    ids = ["app.django@project", "app.django@other", "end", "a-b", "a_b", "9x"]

    assert list(aliases(ids).values()) == [
        "app_django", "app_django_other", "end_", "a_b", "a_b_2", "9x_"
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"not xml", b"<html/>", b"<svg/>"])
def test_what_is_no_picture_is_a_value_error(content: bytes) -> None:
    for output in DIAGRAM_OUTPUTS:
        with pytest.raises(ValueError, match="not an SVG picture"):
            output.read(content)


def test_an_arrow_without_a_label_has_none(engines: None) -> None:
    c4, aws = hostile_c4("x"), hostile_aws("x")
    bare = [replace(d, edges=tuple(replace(e, label="") for e in d.edges)) for d in (c4, aws)]
    wanted = _all_outputs(*bare)
    drawn = draw(wanted, png=False)

    for source in wanted:
        assert _wrong(source, drawn.pictures[source.name].svg) == []


def test_a_boundary_with_nothing_in_it_is_read_like_any_other(engines: None) -> None:
    empty = Node("n", "e.n", Shape.DEPLOYMENT_NODE, "N", "T", "D", boundary=True)
    diagram = Diagram(id="x", kind="deployment", title="t", nodes=(empty,))
    (source,) = _all_outputs(diagram, replace(diagram, kind="landscape"))[:1]

    assert _wrong(source, draw([source], png=False).pictures[source.name].svg) == []
