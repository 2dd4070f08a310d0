"""Commands for authors: beginning a model, explaining rules, the schema."""

from __future__ import annotations

import re
from pathlib import Path

from helpers import SMALL, archdoc, write


def test_init_begins_a_model_that_is_right_from_the_start(tmp_path: Path) -> None:
    done = archdoc("init", "--name", 'Bob & "Al": #1', "shop", cwd=tmp_path)
    assert done.returncode == 0
    project = tmp_path / "shop"

    assert archdoc("check", cwd=project).stderr == "no findings\n"
    assert (project / "mkdocs.yml").exists()
    out = archdoc("compose", "local", cwd=project).stdout
    assert "postgres:17" in out
    assert "name: bob-al-1" in out


def test_projects_of_models_in_letters_that_docker_does_not_take_are_told_apart(
    tmp_path: Path,
) -> None:
    names = set()
    for name in ("Магазин", "Склад"):
        assert archdoc("init", "--name", name, name, cwd=tmp_path).returncode == 0
        done = archdoc("compose", "local", cwd=tmp_path / name)
        assert done.returncode == 0, done.stderr
        names |= set(re.findall("(?m)^name: (.+)$", done.stdout))

    assert len(names) == 2
    assert all(re.fullmatch("m-[0-9a-f]{4}-local", name) for name in names)


def test_init_changes_nothing_that_exists(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: mine\n")
    assert archdoc("init", cwd=tmp_path).returncode == 0
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    again = archdoc("init", cwd=tmp_path)

    assert again.returncode == 2
    assert "exists here already" in again.stderr
    assert before == {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    assert (tmp_path / "mkdocs.yml").read_text() == "site_name: mine\n"


def test_explain_takes_names_and_codes_and_lists_all(tmp_path: Path) -> None:
    by_name = archdoc("explain", "unknown-reference", cwd=tmp_path)
    by_code = archdoc("explain", "a101", cwd=tmp_path)
    every = archdoc("explain", cwd=tmp_path)

    assert by_name.returncode == 0
    assert by_name.stdout == by_code.stdout
    assert len(every.stdout.splitlines()) > 40
    assert archdoc("explain", "unknown-refrence", cwd=tmp_path).stderr.endswith(
        "did you mean `unknown-reference`? rules: "
        + archdoc("explain", "x", cwd=tmp_path).stderr.partition("rules: ")[2]
    )


def test_schema_prints_what_init_writes(tmp_path: Path) -> None:
    archdoc("init", cwd=tmp_path)

    assert archdoc("schema", cwd=tmp_path).stdout == (tmp_path / "archdoc.schema.json").read_text()


def test_check_looks_further_where_a_value_is_wrong(tmp_path: Path) -> None:
    wrong = SMALL.replace("port: 8000", "port: x").replace("web -> db", "web -> dbb")
    write(tmp_path / "model", app=wrong)
    done = archdoc("check", "--format", "concise", cwd=tmp_path)

    assert done.returncode == 1
    assert [line.partition("[")[2].partition("]")[0] for line in done.stderr.splitlines()] == [
        "invalid-value", "unknown-reference"
    ]  # fmt: skip
