"""Diagrams whose macros are worked out here are drawn as PlantUML draws them, to the byte."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from archdoc.kept import Cache
from archdoc.model import Model
from archdoc.outputs.c4_plantuml import OUTPUT as C4
from archdoc.outputs.c4_sequence import OUTPUT as SEQUENCES
from archdoc.pipeline import sources
from archdoc.render import c4, find_engines
from archdoc.render.archive import Archive
from archdoc.render.jobs import DiagramError
from archdoc.render.plantuml import PlantUml
from archdoc.source import load_model
from archdoc.views import Diagram, diagrams
from conftest import LARGER, PROOF, REFERENCE, ROOT, examples
from helpers import HOSTILE, INTERNATIONAL
from outputs.diagrams_of import hostile_c4, hostile_steps
from random_models import Chance

_TEXTS = (HOSTILE, INTERNATIONAL, "two\nlines", "a long text that goes on and on " * 3, "x" * 90)
_SAYS_WHERE = re.compile(
    rb"<\?plantuml-src.*?\?>|<!--SRC.*?-->| data-source-line=\"\d+\"", re.DOTALL
)
"""What PlantUML notes of a diagram's source, and no page shows."""
_HEAD = "@startuml\n' A view.\n!include <C4/C4_{library}>\n"


def _sources(every: Sequence[Diagram]) -> list[str]:
    found = sources(every, outputs=(C4, SEQUENCES))
    return [source.emitted.source for source in found]


def _random() -> Iterator[Diagram]:
    for number in range(examples(8, 400)):
        for diagram in diagrams(Chance(number).model()):
            yield replace(diagram, id=f"m{number}-{diagram.id}")


def _hostile() -> Iterator[Diagram]:
    for text in _TEXTS:
        yield from (hostile_c4(text), hostile_steps(text))


def _of(path: Path) -> tuple[Diagram, ...]:
    model: Model = load_model(path).model
    return tuple(diagrams(model))


def _drawn(wanted: Sequence[str], folder: Path) -> list[bytes]:
    engines, cache = find_engines(os.environ), Cache(folder)
    archive = Archive.wanted(engines, cache, os.environ)
    with PlantUml(engines, cache, archive) as plantuml, ThreadPoolExecutor(2) as pool:
        return [_SAYS_WHERE.sub(b"", d.svg) for d in pool.map(plantuml.svg, wanted)]


_MODELS = {
    "the reference model": lambda: _of(REFERENCE),
    "all that a model can say": lambda: _of(ROOT / "tests" / "models" / "everything.yaml"),
    "hostile texts": lambda: tuple(_hostile()),
    "random models": lambda: tuple(_random()),
} | {path.stem: lambda path=path: _of(path) for path in LARGER if PROOF}


@pytest.mark.parametrize("name", _MODELS)
def test_pictures_are_those_of_the_macros(
    name: str, engines: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = _sources(_MODELS[name]())
    here = _drawn(wanted, tmp_path)
    monkeypatch.setattr(c4, "PROVEN", "none")
    there = _drawn(wanted, tmp_path)

    assert wanted
    assert [s for s in wanted if "<C4/" in c4.worked_out(s) and HOSTILE[:3] not in s] == []
    for source, one, other in zip(wanted, here, there, strict=True):
        assert one == other, source


@pytest.mark.parametrize(
    ("library", "line"),
    [
        ("Container", 'Container(a, "A", $descr="x")'),
        ("Container", 'Container(a, "A", "B", "C", $link="https://example.com")'),
        ("Container", 'ContainerBoundary(a, "A") {'),
        ("Container", 'Rel(a, b, $label="x")'),
        ("Container", 'Rel(a, b, "x", $index=Index())'),
        ("Container", 'RelIndex(1, a, b, "x")'),
        ("Container", 'Container(a, "")'),
        ("Container", 'Container(a, "A", "B", "C", "sprite")'),
        ("Container", 'System(a, "A", "B", "sprite")'),
        ("Container", "Rel(a, b)"),
        ("Container", 'Rel(a, b, "x", "y", "z")'),
        ("Container", "Lay_R(a)"),
        ("Container", "SHOW_LEGEND()"),
        ("Container", "!$x = 1"),
        ("Container", 'UpdateElementStyle("robot", $bgColor="#123456")'),
        ("Container", 'UpdateElementStyle("container", "#123456")'),
        ("Container", 'UpdateElementStyle("container", $shadowing="true")'),
        ("Container", 'AddElementTag("a", $shape=StarShape())'),
        ("Container", 'AddElementTag("a", $legendText="A")'),
        ("Container", 'AddRelTag("a", $textColor="#123456")'),
        ("Container", 'AddRelTag("a", $lineStyle=BoldLine())'),
        ("Container", "note left of a : x"),
        ("Context", 'System(a, "A")'),
        ("Deployment", f'Deployment_Node_L(a, "A", "B", "{"🎉" * 20}") {{'),
        ("Deployment", "Deployment_Node_L(a)"),
        ("Deployment", 'Deployment_Node_L(a, "A", "B", "C", "sprite")'),
        ("Dynamic", 'Rel(a, b, "x")'),
        ("Container", f"Container({'a' * 200}!)"),
        ("Container", "Boundary_End()"),
        ("Container", 'HIDE_STEREOTYPE("a")'),
        ("Sequence", 'Container(a, "A", "B", $link="#a")'),
        ("Sequence", 'SHOW_ELEMENT_DESCRIPTIONS()\nContainer(a, "A", "B")'),
        ("Sequence", 'SHOW_ELEMENT_DESCRIPTIONS()\nContainer(a, "A\\nB", "B", $link="#a")'),
        ("Sequence", 'SHOW_ELEMENT_DESCRIPTIONS()\nRel_U(a, b, "x")'),
    ],
)
def test_what_is_not_known_is_left_to_plantuml(library: str, line: str) -> None:
    source = f"{_HEAD.format(library=library)}{line}\n@enduml\n"

    assert c4.worked_out(source) == source


def test_what_is_wrong_is_told_by_the_lines_that_people_know(engines: None, tmp_path: Path) -> None:
    source = f"{_HEAD.format(library='Container')}legend right\nnever ends\n@enduml\n"
    assert c4.worked_out(source) != source
    with pytest.raises(DiagramError) as raised:
        _drawn([source], tmp_path)

    assert raised.value.line == 5


def test_another_plantuml_works_out_its_own_macros(
    engines: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may bring another C4-PlantUML along."""
    found = find_engines(os.environ)
    assert found.plantuml.path is not None
    monkeypatch.setenv("ARCHDOC_PLANTUML", str(found.plantuml.path))
    monkeypatch.setattr(c4, "worked_out", pytest.fail)

    assert _drawn([f'{_HEAD.format(library="Container")}System(a, "A")\n@enduml\n'], tmp_path)
