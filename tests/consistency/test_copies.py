"""Outputs that stand elsewhere: in a README, beside a Dockerfile, on a wiki."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from archdoc.pipeline.kept.copies import check_copies
from archdoc.pipeline.kept.expected import Expected
from archdoc.report import Diagnostic, Severity, in_order
from archdoc.report.machine import as_json, github, sarif
from archdoc.report.mend import Mend
from conftest import ROOT
from helpers import archdoc

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
"""One pixel, by somebody else."""


def _check(expected: Expected, path: Path) -> list[Diagnostic]:
    return [*check_copies(expected, path, Mend())]


@pytest.fixture
def copies(without_site: Path, tmp_path: Path) -> Path:
    """A repository that shows some outputs, under names of its own."""
    folder = tmp_path / "repository"
    (folder / "docs").mkdir(parents=True)
    shutil.copytree(without_site / "compose" / "compose", folder / "deploy")
    diagrams = without_site / "diagrams"
    shutil.copy(diagrams / "aws-advanced.aws.svg", folder / "docs" / "on aws.svg")
    mermaid = (diagrams / "containers.mmd").read_text()
    aws = (diagrams / "aws-advanced.aws.mmd").read_text()
    (folder / "README.md").write_text(
        "# Shop\n\n![On AWS](docs/on%20aws.svg)\n![elsewhere](https://example.org/x.svg)\n\n"
        f"```mermaid\n{mermaid}```\n\n~~~~mermaid\n{aws}~~~~\n\n```mermaid\npie\n```\n"
        "`````\n```mermaid\nflowchart\n```\n`````\n"
    )
    shutil.copy(diagrams / "page.sequence.mmd", folder / "docs" / "sequence.mmd")
    return folder


def test_copies_that_are_right_pass_whatever_they_are_called(
    copies: Path, expected: Expected
) -> None:
    shutil.move(copies / "deploy" / "compose.yaml", copies / "deploy" / "production.yml")

    for path in ("README.md", "docs/on aws.svg", "docs/sequence.mmd", "deploy/production.yml", "."):
        assert _check(expected, copies / path) == [], path


def test_a_block_of_mermaid_is_told_with_its_line_in_the_file(
    copies: Path, expected: Expected
) -> None:
    readme = copies / "README.md"
    readme.write_text(readme.read_text().replace("[PostgreSQL 15]", "[PostgreSQL 14]"))
    found = _check(expected, readme)

    assert [f.message.partition(": ")[2] for f in found] == [
        "app.postgres: technology is 'PostgreSQL 14', and should be 'PostgreSQL 15'",
    ]
    for finding in found:
        assert finding.span is not None
        assert "PostgreSQL 14" in readme.read_text().split("\n")[finding.span.line - 1]
        lines = readme.read_text().split("\n")
        said = re.fullmatch(
            "write it anew: `archdoc render containers --format mermaid -o diagrams`, and put "
            rf"diagrams/containers.mmd in place of lines (\d+) to (\d+) of {readme}",
            finding.help,
        )
        assert said is not None
        assert lines[int(said[1]) - 2] == "```mermaid"
        assert lines[int(said[2])] == "```"


def test_a_picture_that_a_readme_shows_is_read(copies: Path, expected: Expected) -> None:
    picture = copies / "docs" / "on aws.svg"
    picture.write_text(picture.read_text().replace(">DB<", ">Database<"))
    readme = copies / "README.md"
    (by_readme,), (by_itself,) = _check(expected, readme), _check(expected, picture)
    (note,) = by_readme.notes

    assert note.message == f"{readme} shows it"
    assert note.span is not None
    assert "docs/on%20aws.svg" in note.span.text[note.span.column - 1 : note.span.end_column - 1]
    assert replace(by_readme, notes=()) == by_itself
    assert in_order([by_readme, by_itself]) == [by_readme]
    assert ": rds: name is 'Database', and should be 'DB'" in by_itself.message
    assert "archdoc render aws-advanced --format svg -o" in by_itself.help


def test_programs_are_told_the_file_where_no_line_is_known(
    tmp_path: Path, expected: Expected
) -> None:
    picture = tmp_path / "a b.svg"
    picture.touch()
    for path in (picture, tmp_path / "gone.svg"):
        (finding,) = _check(expected, path)
        (result,) = json.loads(sarif([finding], {}, "1"))["runs"][0]["results"]

        assert f"file={path}::" in github([finding])
        assert json.loads(as_json([finding]))[0]["file"] == str(path)
        (place,) = result["locations"]
        assert place["physicalLocation"] == {"artifactLocation": {"uri": quote(str(path))}}


def test_a_compose_file_is_checked_with_what_lies_beside_it(
    copies: Path, expected: Expected
) -> None:
    deploy = copies / "deploy"
    file = deploy / "compose.yaml"
    file.write_text(file.read_text().replace("postgres:15", "postgres:14"))
    (deploy / "nginx" / "default.conf").unlink()
    by_folder, by_file = _check(expected, deploy), _check(expected, file)

    assert by_folder == by_file
    assert {(f.code, Path(f.subject).name) for f in by_file} == {
        ("stale-output", "compose.yaml"),
        ("missing-output", "default.conf"),
    }
    assert all(f"`archdoc compose compose -o {deploy}`" in f.help for f in by_file)


@pytest.mark.parametrize(
    ("beside", "what"),
    [
        ("compose.override.yaml", "merges it into"),
        ("docker-compose.override.yml", "merges it into"),
        ("compose.yml", "reads it in place of"),
    ],
)
def test_what_docker_compose_reads_beside_a_compose_file_is_an_error(
    copies: Path, expected: Expected, beside: str, what: str
) -> None:
    deploy = copies / "deploy"
    main = deploy / "compose.yaml"
    if what != "merges it into":
        main = Path(shutil.move(main, deploy / "docker-compose.yml"))
    (deploy / beside).write_text("services: {}\n")
    (finding,) = _check(expected, main)

    assert (finding.code, finding.severity) == ("foreign-output", Severity.ERROR)
    assert finding.message.startswith(f"{deploy / beside} was not made by archdoc")
    assert what in finding.message


def test_a_page_is_recognised_by_the_id_on_it(
    whole: Path, expected: Expected, tmp_path: Path
) -> None:
    page = tmp_path / "wiki.html"
    shutil.copy(whole / "site" / "elements" / "app.redis.html", page)
    right = _check(expected, page)
    page.write_text(page.read_text().replace("5&#46;x", "6&#46;x"))

    assert right == []
    assert any("Technology is 'Redis 6.x'" in finding.message for finding in _check(expected, page))


_PAGES = [
    *("index.html", "views.html", "versions.html", "environments.html"),
    *("environments/compose.html", "environments/aws-multi-az.html", "elements/app.redis.html"),
    "deployment-architecture.html",
]


@pytest.mark.parametrize("page", _PAGES)
@pytest.mark.parametrize("kept", ["page.html", "a/b/index.html", "environments/x.html"])
def test_a_page_is_told_by_what_is_on_it_wherever_it_stands(
    whole_build: Path, tmp_path: Path, expected: Expected, page: str, kept: str
) -> None:
    copy = tmp_path / kept
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(whole_build / "site" / page, copy)

    assert _check(expected, copy) == []
    text = re.sub(r'<meta name="archdoc-seal"[^>]*>', "", copy.read_text())  # others write none
    copy.write_text(text)
    assert _check(expected, copy) == []
    start, cell = text.index("<article"), "5&#46;x" if "redis" in page else "</td>"
    copy.write_text(text[:start] + text[start:].replace(cell, f"x{cell}", 1))
    found = _check(expected, copy)
    assert {finding.code for finding in found} == {"stale-output"}
    assert len(found) < 5
    where = "" if page == "deployment-architecture.html" else f": site/{page}"
    assert found[0].help.endswith(f"from the output folder of `archdoc build`{where}")


def test_a_view_that_the_model_has_no_more_is_told(copies: Path, expected: Expected) -> None:
    picture = copies / "docs" / "on aws.svg"
    picture.write_text(picture.read_text().replace("aws-advanced.aws", "aws-old.aws"))
    (finding,) = _check(expected, picture)

    assert finding.code == "stale-output"
    assert "does not say any more" in finding.message


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'></svg>"),
        ("a.png", PNG),
        ("a.yaml", b"services: {}"),
        ("a.md", b"# nothing"),
        ("a.mmd", b"flowchart TB\n  a --> b\n"),
        ("a.json", b"{}"),
        ("a.html", b"<!doctype html><html></html>"),
        ("a", b"x"),
        ("\udcff\x1b[31m.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ],
)
def test_what_says_not_what_it_is_of_is_an_error_where_it_is_named(
    tmp_path: Path, expected: Expected, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    (finding,) = _check(expected, path)

    assert (finding.code, finding.severity) == ("foreign-output", Severity.ERROR)
    assert finding.help


@pytest.mark.parametrize("name", ["a.svg", "a.md", "a.yaml", "a.html", "a.json", "a.mmd"])
@pytest.mark.parametrize("kind", ["enormous", "pipe", "binary", "loop"])
def test_what_cannot_be_read_is_a_finding(
    tmp_path: Path, expected: Expected, name: str, kind: str
) -> None:
    path = tmp_path / name
    if kind == "enormous":
        with path.open("wb") as file:
            file.truncate(5 * 2**30)
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "loop":
        path.symlink_to(path)
    else:
        path.write_bytes(b"\xff\xfe" * 5000)
    (finding,) = _check(expected, path)

    assert finding.code in {"unreadable-output", "foreign-output"}
    assert finding.severity is Severity.ERROR


def test_the_command_names_what_is_wrong_and_exits_with_1(copies: Path) -> None:
    readme = copies / "README.md"
    readme.write_text(readme.read_text().replace("SQL queries", "Queries"))
    model = ROOT / "model"
    wrong = archdoc("check", model, "--outputs", "README.md", cwd=copies)
    right = archdoc("check", model, "--outputs", "deploy", "--outputs", "docs", cwd=copies)
    gone = archdoc("check", model, "--outputs", "gone", "--format", "json", cwd=copies)

    assert wrong.returncode == 1
    assert "error[stale-output]: README.md does not show what the model says" in wrong.stderr
    assert f"--model {model}`" in wrong.stderr
    assert (right.returncode, right.stderr) == (0, "no findings\n")
    assert gone.returncode == 1
    assert '"missing-output"' in gone.stdout


def test_a_model_that_is_wrong_is_told_before_its_outputs(tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_text("name: x\nsystems: {a: {}}\nrelationships: [a -> b]\n")
    done = archdoc("check", "model.yaml", "--outputs", "gone", cwd=tmp_path)

    assert done.returncode == 1
    assert "unknown-reference" in done.stderr
    assert "missing-output" not in done.stderr
