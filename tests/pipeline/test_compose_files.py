"""Where the compose files of an environment go."""

from __future__ import annotations

from pathlib import Path

import pytest

from archdoc.pipeline import ComposeFailedError, compose_files
from helpers import SMALL, loaded

_TWO = SMALL.replace(
    "project: {kind: docker.compose, runs: [web, db]}",
    "front: {kind: docker.compose, runs: [web]}\n"
    "          back: {kind: docker.compose, runs: [db]}",
)


def test_one_project_stands_at_the_top(tmp_path: Path) -> None:
    assert set(compose_files(loaded(tmp_path, SMALL), "local")) == {"compose.yaml", ".env.example"}


def test_several_projects_have_a_folder_each(tmp_path: Path) -> None:
    assert set(compose_files(loaded(tmp_path, _TWO), "local")) == {
        "front/compose.yaml", "front/.env.example", "back/compose.yaml", "back/.env.example"
    }  # fmt: skip


def test_what_cannot_be_derived_points_into_the_model(tmp_path: Path) -> None:
    model = loaded(tmp_path, SMALL.replace("{build: .}", '{image: "{{ db.hots }}"}'))
    with pytest.raises(ComposeFailedError) as caught:
        compose_files(model, "local")

    diagnostic = caught.value.diagnostic
    assert diagnostic.span is not None
    assert diagnostic.span.text[diagnostic.span.column - 1 :].startswith("db.hots }}")
