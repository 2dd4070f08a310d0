"""`archdoc compare` as people and programs run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archdoc.source import Loaded
from conftest import REFERENCE, ROOT
from helpers import SMALL, archdoc, write

TWO = """
      live:
        description: There.
        extends: local
        nodes: {project: {runs: [web]}, rds: {kind: aws.rds, in: vpc, realises: db},
                vpc: {kind: aws.vpc, in: r}, r: {kind: aws.region, in: c}, c: {kind: aws.cloud}}
"""


def test_all_environments_fit_into_eighty_columns(tmp_path: Path, reference: Loaded) -> None:
    done = archdoc("compare", "--model", REFERENCE, cwd=tmp_path, COLUMNS="80")
    lines = done.stdout.splitlines()

    assert (done.returncode, done.stderr) == (0, "")
    assert max(map(len, lines)) <= 80
    assert "  aws-advanced     realised by Amazon RDS (DB)" in lines
    for environment in reference.model.environments:
        assert sum(line.startswith(f"  {environment} ") for line in lines) == 7


def test_a_table_that_fits_is_a_table(tmp_path: Path) -> None:
    write(tmp_path / "model", app=SMALL + TWO)
    done = archdoc("compare", cwd=tmp_path, COLUMNS="100")

    head, rule, web, db = done.stdout.splitlines()

    assert head.split() == ["Container", "local", "live"]
    assert set(rule) == {"-", " "}
    assert web.count("in the Docker Compose project") == 2
    assert db.endswith("realised by Amazon RDS")


def test_one_environment_is_compared_with_the_one_that_it_extends(tmp_path: Path) -> None:
    one = archdoc("compare", "aws-advanced", "--model", REFERENCE, cwd=tmp_path)
    two = archdoc("compare", "aws-simple", "aws-advanced", "--model", REFERENCE, cwd=tmp_path)
    none = archdoc("compare", "compose", "--model", REFERENCE, cwd=tmp_path)

    assert one.stdout == two.stdout
    assert "PostgreSQL moves from the Docker Compose project to Amazon RDS (DB)." in one.stdout
    assert none.returncode == 2
    assert "extends no other" in none.stderr


def test_json_says_where_everything_is_with_ids(tmp_path: Path, reference: Loaded) -> None:
    said = archdoc("compare", "--format", "json", "--model", REFERENCE, cwd=tmp_path).stdout
    document = json.loads(said)
    environments = list(reference.model.environments)
    postgres = next(c for c in document["containers"] if c["id"] == "app.postgres")

    assert [e["id"] for e in document["environments"]] == environments
    assert [e["extends"] for e in document["environments"]] == [
        None, "compose", "aws-simple", "aws-advanced", "aws-ecs-ec2", "aws-advanced",
    ]  # fmt: skip
    assert postgres["environments"]["aws-advanced"] == {
        "summary": "realised by Amazon RDS (DB)",
        "places": [
            {
                "node": "aws-advanced.rds",
                "name": "DB",
                "kind": "aws.rds",
                "product": "Amazon RDS",
                "how": "realised",
                "replicas": 1,
                "around": [
                    {"node": "aws-advanced.vpc", "name": "VPC", "product": "VPC"},
                    {"node": "aws-advanced.region", "name": "us-east-1", "product": "Region"},
                    {"node": "aws-advanced.aws", "name": "AWS Cloud", "product": "AWS Cloud"},
                ],
            }
        ],
    }


def test_json_says_what_changes(tmp_path: Path) -> None:
    command = ("compare", "compose", "aws-advanced", "--format", "json", "--model", REFERENCE)
    said = {archdoc(*command, cwd=tmp_path, PYTHONHASHSEED=seed).stdout for seed in "12"}
    document = json.loads(said.pop())

    assert said == set()
    assert (document["from"]["id"], document["to"]["id"]) == ("compose", "aws-advanced")
    assert document["changes"][0] == {
        "kind": "container-moves",
        "sentence": "PostgreSQL moves from the Docker Compose project to Amazon RDS (DB).",
        "elements": ["app.postgres"],
        "nodes": ["compose.project", "aws-advanced.rds"],
        "before": "the Docker Compose project",
        "after": "Amazon RDS (DB)",
    }


@pytest.mark.parametrize("arguments", [["aws-simpel"], ["compose", "aws-simpel"]])
def test_an_unknown_environment_gets_a_suggestion(tmp_path: Path, arguments: list[str]) -> None:
    done = archdoc("compare", *arguments, "--model", REFERENCE, cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no environment `aws-simpel`" in done.stderr
    assert "did you mean `aws-simple`?" in done.stderr


def test_three_environments_and_none_at_all_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "model", app=SMALL.partition("    environments:")[0])
    none = archdoc("compare", cwd=tmp_path)
    three = archdoc("compare", "a", "b", "c", "--model", REFERENCE, cwd=tmp_path)

    assert (none.returncode, three.returncode) == (2, 2)
    assert "this model has no environments" in none.stderr
    assert "two environments at most" in three.stderr


def test_the_same_environment_twice_changes_nothing(tmp_path: Path) -> None:
    done = archdoc("compare", "compose", "compose", "--model", REFERENCE, cwd=tmp_path)

    assert done.returncode == 0
    assert done.stdout.endswith("\n\nNothing changes.\n")


def test_names_cannot_play_with_the_terminal(tmp_path: Path) -> None:
    app = SMALL.replace("local:\n", 'local:\n        name: "evil \\u202e name"\n') + TWO
    write(tmp_path / "model", app=app)
    for command in (["compare"], ["compare", "live"]):
        done = archdoc(*command, cwd=tmp_path, COLUMNS="200")
        assert done.returncode == 0, done.stderr
        assert "evil <U+202E> name" in done.stdout


def test_the_docs_explain_every_kind_of_change() -> None:
    from archdoc.views import ChangeKind

    page = (ROOT / "docs" / "compare.md").read_text()

    assert all(f"`{kind.value}`" in page for kind in ChangeKind)
