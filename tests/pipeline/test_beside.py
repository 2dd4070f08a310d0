"""Which files beside a compose file Docker Compose takes into account."""

from __future__ import annotations

from pathlib import Path

import pytest

from archdoc.pipeline.beside import mains_beside, overrides_beside, read_instead

OVERRIDES = [
    "compose.override.yml", "compose.override.yaml",
    "docker-compose.override.yml", "docker-compose.override.yaml",
]  # fmt: skip


def _names(found: list[Path]) -> list[str]:
    return [path.name for path in found]


@pytest.mark.parametrize("name", OVERRIDES)
@pytest.mark.parametrize("main", ["compose.yaml", "docker-compose.yml"])
def test_an_override_is_found_beside_what_compose_looks_for(
    tmp_path: Path, name: str, main: str
) -> None:
    (tmp_path / name).touch()

    assert overrides_beside(tmp_path / main) == [tmp_path / name]


def test_overrides_stand_in_the_order_in_which_compose_looks_for_them(tmp_path: Path) -> None:
    for name in reversed(OVERRIDES):
        (tmp_path / name).touch()

    assert _names(overrides_beside(tmp_path / "compose.yaml")) == OVERRIDES


def test_nothing_is_merged_into_a_file_that_is_read_with_its_name_only(tmp_path: Path) -> None:
    (tmp_path / "compose.override.yaml").touch()

    assert overrides_beside(tmp_path / "production.yaml") == []


def test_of_several_compose_files_the_first_one_is_read(tmp_path: Path) -> None:
    (tmp_path / "docker-compose.yml").touch()
    (tmp_path / "compose.yaml").touch()
    (tmp_path / "compose.yml").symlink_to("nowhere")

    found = mains_beside(tmp_path / "docker-compose.yml")
    assert _names(found) == ["compose.yaml", "docker-compose.yml"]
    assert mains_beside(tmp_path / "other.yaml") == []


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("COMPOSE_FILE=other.yaml", "other.yaml"),
        ("export COMPOSE_FILE = 'compose.yaml:more.yaml'  # both", "compose.yaml:more.yaml"),
        ("COMPOSE_FILE=./compose.yaml", ""),
        ("# COMPOSE_FILE=other.yaml", ""),
        ("MY_COMPOSE_FILE=other.yaml", ""),
        ("COMPOSE_FILE=compose.yaml\nCOMPOSE_FILE=other.yaml", "other.yaml"),
        ("COMPOSE_FILE=other.yaml\nCOMPOSE_FILE=compose.yaml", ""),
    ],
)
def test_what_a_dotenv_names_in_place_of_a_compose_file_is_told(
    tmp_path: Path, line: str, named: str
) -> None:
    (tmp_path / ".env").write_text(f"A=1\n{line}\n")
    found = [*read_instead(tmp_path / "compose.yaml")]

    assert len(found) == bool(named)
    assert all(f"reads {named} in place of" in f.message for f in found)


def test_a_dotenv_that_begins_with_a_mark_of_utf_8_is_read_as_compose_does(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("COMPOSE_FILE=other.yaml\n", "utf-8-sig")

    assert len([*read_instead(tmp_path / "compose.yaml")]) == 1


@pytest.mark.parametrize(("chosen", "count"), [("compose.yaml", 0), ("other.yaml", 1)])
def test_what_lies_beside_is_not_read_where_a_dotenv_names_files(
    tmp_path: Path, chosen: str, count: int
) -> None:
    (tmp_path / "compose.override.yaml").touch()
    (tmp_path / "compose.yaml").touch()
    (tmp_path / ".env").write_text(f"COMPOSE_FILE={chosen}\n")

    assert len([*read_instead(tmp_path / "compose.yaml")]) == count
    assert len([*read_instead(tmp_path / "docker-compose.yml")]) == 1


def test_what_a_dotenv_names_means_nothing_to_a_file_that_is_read_with_its_name_only(
    tmp_path: Path,
) -> None:
    (tmp_path / ".env").write_text("COMPOSE_FILE=other.yaml\n")

    assert [*read_instead(tmp_path / "production.yaml")] == []
