"""Models as large as people's own: a shop of six systems, a hospital, telemetry in two regions."""

from __future__ import annotations

from pathlib import Path

import pytest

from archdoc.model import Model, ViewKind
from archdoc.pipeline import build
from archdoc.rules import check
from archdoc.source import load_model
from archdoc.views import Diagram, diagrams
from conftest import LARGER


def _model(file: Path) -> Model:
    return load_model(file).model


def _boxes(diagram: Diagram) -> int:
    return sum(not node.boundary for node in diagram.walk())


@pytest.mark.parametrize("file", LARGER, ids=lambda file: file.stem)
def test_a_larger_model_is_built_without_a_finding(
    file: Path, tmp_path: Path, engines: None
) -> None:
    loaded = load_model(file)
    assert check(loaded) == []
    report = build(loaded, tmp_path / "build", with_site=False)

    assert report.problems == ()
    assert report.not_drawn == 0


@pytest.mark.parametrize("file", LARGER, ids=lambda file: file.stem)
def test_a_larger_model_has_a_picture_of_thirty_boxes_and_a_sequence_of_twelve_steps(
    file: Path,
) -> None:
    drawn = diagrams(_model(file))

    assert max(map(_boxes, drawn)) >= 30
    assert max(len(diagram.edges) for diagram in drawn if diagram.kind == "dynamic") >= 12


def test_the_larger_models_have_views_of_every_kind() -> None:
    assert {view.kind for file in LARGER for view in _model(file).views.values()} == set(ViewKind)
