"""Flowcharts and sequences are read back as they are written, without drawing them."""

from __future__ import annotations

from pathlib import Path

import pytest

from archdoc.consistency import differences
from archdoc.outputs import DIAGRAM_OUTPUTS
from archdoc.outputs.mermaid.read_text import read_text as read_flowchart
from archdoc.outputs.mermaid_sequence.read_text import read_text as read_sequence
from archdoc.pipeline.kept.copies import check_copies
from archdoc.pipeline.kept.expected import Expected
from archdoc.report.mend import Mend
from archdoc.source import Loaded, load_model
from archdoc.views import Diagram, diagrams
from conftest import LARGER, ROOT
from helpers import HOSTILE, INTERNATIONAL
from outputs.diagrams_of import changed, hostile_aws, hostile_c4, hostile_steps
from outputs.mermaid.conftest import Mermaid
from outputs.mermaid.test_mermaid import _MEANT_FOR_MERMAID
from random_models import Chance

_OUTPUTS = [output for output in DIAGRAM_OUTPUTS if output.read_text is not None]


def _wrong(written: Diagram, said: Diagram) -> list[str]:
    found: list[str] = []
    for output in _OUTPUTS:
        if output.draws(written) and output.read_text:
            emitted = output.emit(written)
            graph = output.read_text(emitted.source)
            wrong = differences(output.shows(said), graph, emitted.names)
            found += [f"{output.name}, {written.id}: {difference}" for difference in wrong]
    return found


def test_every_view_is_read_back_as_its_diagram_says(reference: Loaded) -> None:
    everything = ROOT / "tests" / "models" / "everything.yaml"
    models = [reference.model, *(load_model(path).model for path in (*LARGER, everything))]
    shown = [diagram for model in models for diagram in diagrams(model)]

    assert {output.name for output in _OUTPUTS} == {"mermaid", "mermaid_sequence", "mermaid_aws"}
    assert [wrong for diagram in shown for wrong in _wrong(diagram, diagram)] == []


@pytest.mark.parametrize(
    "text", [HOSTILE, INTERNATIONAL, *_MEANT_FOR_MERMAID, '"] b["', '(x)"', ""]
)
def test_any_text_is_read_back_as_it_is(text: str) -> None:
    shown = (hostile_c4(text), hostile_aws(text), hostile_steps(text))

    assert [wrong for diagram in shown for wrong in _wrong(diagram, diagram)] == []


def test_random_models_are_read_back(engines: None) -> None:
    for number in range(60):
        for diagram in diagrams(Chance(number).model()):
            assert _wrong(diagram, diagram) == [], number


@pytest.mark.parametrize("change", ["flip", "relabel", "line", "heads", "drop", "rename", "move"])
@pytest.mark.parametrize("view", ["aws-advanced", "page"])
def test_every_change_is_told(reference: Loaded, view: str, change: str) -> None:
    kinds = {"aws", "dynamic"}
    (shown,) = (d for d in diagrams(reference.model) if d.id == view and d.kind in kinds)
    wrong = _wrong(changed(shown, change), shown)

    assert wrong


@pytest.mark.parametrize(
    ("read", "source"),
    [
        *(
            (read_flowchart, text)
            for text in ("", "graph", "\0", "pie", "flowchart TB\n  nonsense")
        ),
        *((read_flowchart, f"flowchart TB\n{rest}") for rest in ("end", 'subgraph a["x"]')),
        (read_flowchart, 'flowchart TB\na["<b>A</b>"]\na --> b'),
        (read_flowchart, "flowchart TB\n" + 'subgraph a["x"]\n' * 200_000),
        *((read_sequence, text) for text in ("", "pie", "sequenceDiagram\nend")),
        *((read_sequence, f"sequenceDiagram\n{rest}") for rest in ("box x", "a->>b: x", "loop x")),
        (read_sequence, "sequenceDiagram\n" + "autonumber\n" * 200_000),
    ],
)
def test_what_is_none_is_a_value_error(read: object, source: str) -> None:
    assert callable(read)
    with pytest.raises(ValueError, match=r"."):
        read(source)


def test_deep_nesting_is_read() -> None:
    depth = 20_000
    begins = "".join(f'subgraph a{number}["<b>A</b>"]\n' for number in range(depth))
    graph = read_flowchart("flowchart TB\n" + begins + "end\n" * depth + "class a0 legend\n")

    assert graph.vertices == ()


@pytest.mark.parametrize("view", ["containers", "page.sequence", "aws-advanced.aws"])
def test_a_picture_that_mermaid_made_elsewhere_is_recognised(
    mermaid: Mermaid, reference: Loaded, tmp_path: Path, view: str
) -> None:
    expected = Expected(reference)
    (source,) = (s for s in expected.sources if s.path == f"diagrams/{view}.mmd")
    picture = tmp_path / "picture.svg"
    drawn = mermaid.draw({"x": source.emitted.source})["x"]
    picture.write_bytes(drawn)
    right = [*check_copies(expected, picture, Mend())]
    picture.write_bytes(drawn.replace(b"Redis", b"Valkey"))
    wrong = [*check_copies(expected, picture, Mend())]

    assert right == []
    assert any("'Valkey', and should be 'Redis'" in finding.message for finding in wrong)
    assert all(f"archdoc render {source.diagram.id} --format mermaid" in f.help for f in wrong)
