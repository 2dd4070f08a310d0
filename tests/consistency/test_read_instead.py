"""What Docker Compose reads beside a compose file of an output folder, or in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from archdoc.pipeline import build
from archdoc.source import load_model
from helpers import SMALL, archdoc, write

PROJECT = "build/compose/local"


@pytest.fixture
def place(tmp_path: Path, engines: None) -> Path:
    """A folder with a model, and what was built of it."""
    loaded = load_model(write(tmp_path / "model", app=SMALL))
    build(loaded, tmp_path / "build", with_site=False)
    return tmp_path


CHECKS = [["check", "--outputs", "build"], ["build", "--check", "--no-site"]]


@pytest.mark.parametrize("check", CHECKS)
def test_a_file_that_is_merged_is_an_error_whichever_command_looks(
    place: Path, check: list[str]
) -> None:
    (place / PROJECT / "compose.override.yaml").write_text("services: {}\n")
    done = archdoc(*check, cwd=place)

    assert done.returncode == 1
    assert done.stderr.count("foreign-output") == 1
    assert (
        f"error[foreign-output]: {PROJECT}/compose.override.yaml was not made by archdoc, "
        f"and `docker compose` merges it into {PROJECT}/compose.yaml\n"
    ) in done.stderr
    assert "is what the model says" not in done.stdout


@pytest.mark.parametrize("check", CHECKS)
def test_a_file_that_is_read_in_place_of_ours_is_an_error(place: Path, check: list[str]) -> None:
    main = place / PROJECT / "compose.yaml"
    main.rename(main.with_name("docker-compose.yml"))
    done = archdoc(*check, cwd=place)

    assert done.returncode == 1
    assert f"`docker compose` reads it in place of {PROJECT}/compose.yaml\n" in done.stderr


@pytest.mark.parametrize("check", CHECKS)
def test_a_file_that_compose_does_not_read_is_none(place: Path, check: list[str]) -> None:
    (place / PROJECT / "docker-compose.yml").write_text("services: {}\n")

    assert archdoc(*check, cwd=place).returncode == 0


def test_a_build_warns_of_it(place: Path) -> None:
    (place / PROJECT / "compose.override.yaml").write_text("services: {}\n")
    done = archdoc("build", "--no-site", cwd=place)

    assert done.returncode == 0
    assert "warning[foreign-output]" in done.stderr
