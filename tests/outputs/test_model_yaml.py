"""A model written as YAML loads as the same model."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import archdoc
from archdoc.model import Model
from archdoc.rules import check
from archdoc.source import Loaded, Locations, load_model
from conftest import ROOT, examples
from strategies import MODELS


@settings(
    max_examples=examples(120, 4000),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(model=MODELS)
def test_any_model_survives_being_written_and_loaded(model: Model, tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_text(archdoc.dump(model), "utf-8")

    assert load_model(tmp_path / "model.yaml").model == model


@settings(max_examples=examples(100, 3000), suppress_health_check=[HealthCheck.too_slow])
@given(model=MODELS)
def test_every_rule_can_look_at_any_model(model: Model) -> None:
    assert all(finding.message and finding.help for finding in check(Loaded(model, Locations())))


@pytest.mark.parametrize("path", ["model", "examples/bookshop/model"])
def test_real_models_survive_and_read_as_people_write(path: str, tmp_path: Path) -> None:
    model = archdoc.load(ROOT / path)
    text = archdoc.dump(model)
    (tmp_path / "model.yaml").write_text(text, "utf-8")

    assert archdoc.load(tmp_path) == model
    assert "- user -> nginx: Requests over HTTPS\n" in text
    assert archdoc.dump(archdoc.load(tmp_path)) == text
