"""The commands as people run them: real processes, their output and their exit status."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from archdoc.render import find_engines
from conftest import REFERENCE
from helpers import SMALL, archdoc, write


def test_check_is_silent_about_a_good_model(tmp_path: Path) -> None:
    done = archdoc("check", REFERENCE, cwd=tmp_path)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "no findings\n")


def test_check_shows_the_place_and_the_remedy(tmp_path: Path) -> None:
    write(tmp_path / "model", app=SMALL.replace("web -> db: SQL", "web -> dbb: SQL"))
    done = archdoc("check", cwd=tmp_path)

    assert done.returncode == 1
    assert done.stderr == (
        "error[unknown-reference]: no element is called `dbb`\n"
        "  --> model/app.yaml:15:12\n"
        "   |\n"
        "15 |   - web -> dbb: SQL queries\n"
        "   |            ^^^ did you mean `db`?\n"
        "   = help: elements in reach: db, user, shop, web\n"
        "\n"
        "1 error\n"
    )


def test_each_format_says_the_same(tmp_path: Path) -> None:
    write(tmp_path / "model", app=SMALL.replace("web -> db", "web -> bd"))
    as_json = json.loads(archdoc("check", "--format", "json", cwd=tmp_path).stdout)
    sarif = json.loads(archdoc("check", "--format", "sarif", cwd=tmp_path).stdout)
    github = archdoc("check", "--format", "github", cwd=tmp_path).stdout
    concise = archdoc("check", "--format", "concise", cwd=tmp_path).stderr

    assert as_json[0]["place"] == {
        "file": "model/app.yaml", "line": 15, "column": 12, "end_column": 14
    }  # fmt: skip
    region = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 15, "startColumn": 12, "endColumn": 14}
    assert github.startswith(
        "::error title=archdoc unknown-reference,file=model/app.yaml,line=15,col=12::"
    )
    assert concise == ("model/app.yaml:15:12: error[unknown-reference] no element is called `bd`\n")


@pytest.mark.parametrize("command", [["check"], ["build"], ["compose", "x"], ["render"]])
def test_without_a_model_every_command_says_what_to_do(tmp_path: Path, command: list[str]) -> None:
    done = archdoc(*command, cwd=tmp_path)

    assert done.returncode == 2
    assert "there is no model at model" in done.stderr
    assert "= help: " in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_build_of_a_wrong_model_writes_nothing(tmp_path: Path) -> None:
    write(tmp_path / "model", app=SMALL.replace("web -> db", "web -> bd"))
    done = archdoc("build", cwd=tmp_path)

    assert done.returncode == 1
    assert not (tmp_path / "build").exists()


def test_a_build_says_where_to_look_and_a_second_one_renders_nothing(
    tmp_path: Path, engines: None
) -> None:
    write(tmp_path / "model", app=SMALL)
    cache = str(tmp_path / "cache")
    first = archdoc("build", cwd=tmp_path, ARCHDOC_CACHE_DIR=cache)
    files = {f: f.stat().st_mtime_ns for f in (tmp_path / "build").rglob("*") if f.is_file()}
    # No engine can start any more: whatever were rendered would fail.
    second = archdoc("build", cwd=tmp_path, ARCHDOC_CACHE_DIR=cache, PATH="/nowhere")
    after = {f: f.stat().st_mtime_ns for f in (tmp_path / "build").rglob("*") if f.is_file()}

    assert (first.returncode, first.stderr) == (0, "")
    assert "rendered 3 of 3 pictures" in first.stdout
    assert "open build/site/index.html" in first.stdout
    assert "nothing to render: all 3 pictures are current; no file changed" in second.stdout
    assert files == after


def test_a_missing_engine_is_one_message_and_the_rest_is_written(tmp_path: Path) -> None:
    write(tmp_path / "model", app=SMALL)
    done = archdoc(
        "build", "--no-site", cwd=tmp_path,
        ARCHDOC_CACHE_DIR=str(tmp_path / "cache"), ARCHDOC_JAVA=str(tmp_path / "nowhere"),
    )  # fmt: skip

    assert done.returncode == 1
    assert done.stderr.count("error[") == 1
    assert "ARCHDOC_JAVA names" in done.stderr
    assert (tmp_path / "build" / "model.json").exists()
    assert (tmp_path / "build" / "compose" / "local" / "compose.yaml").exists()


def test_an_engine_that_does_not_start_costs_only_its_pictures(tmp_path: Path) -> None:
    write(tmp_path / "model", app=SMALL)
    false = tmp_path / "java"
    false.write_text("#!/bin/sh\necho no java today\nexit 1\n")
    false.chmod(0o755)
    done = archdoc(
        "build", cwd=tmp_path, ARCHDOC_CACHE_DIR=str(tmp_path / "cache"), ARCHDOC_JAVA=str(false)
    )

    assert done.returncode == 1
    assert "no java today" in done.stderr
    assert "3 failed" in done.stdout
    assert (tmp_path / "build" / "compose" / "local" / "compose.yaml").exists()
    assert "no java today" in (tmp_path / "build" / "site" / "index.html").read_text()


@pytest.mark.parametrize("package", ["mkdocs", "pymdownx"])
def test_a_missing_package_of_the_site_costs_only_the_site(
    tmp_path: Path, engines: None, package: str
) -> None:
    write(tmp_path / "model", app=SMALL)
    hidden = tmp_path / "hidden" / package
    hidden.mkdir(parents=True)
    (hidden / "__init__.py").write_text(f"raise ModuleNotFoundError('no {package}')\n")
    done = archdoc("build", cwd=tmp_path, PYTHONPATH=str(tmp_path / "hidden"))

    assert done.returncode == 2
    assert "pip install 'archdoc-c4[site]'" in done.stderr
    assert "index.html" not in done.stdout
    assert (tmp_path / "build" / "diagrams" / "local.svg").exists()
    assert (tmp_path / "build" / "compose" / "local" / "compose.yaml").exists()


def test_compose_goes_to_standard_output_or_into_a_folder(tmp_path: Path) -> None:
    to_stdout = archdoc("compose", "compose", "--model", REFERENCE, cwd=tmp_path)
    to_folder = archdoc("compose", "compose", "--model", REFERENCE, "-o", "d", cwd=tmp_path)
    to_file = archdoc("compose", "compose", "--model", REFERENCE, "-o", "e/my.yaml", cwd=tmp_path)

    assert [done.returncode for done in (to_stdout, to_folder, to_file)] == [0, 0, 0]
    text = (tmp_path / "d" / "compose.yaml").read_text()
    assert to_stdout.stdout == text == (tmp_path / "e" / "my.yaml").read_text()
    assert "nginx/default.conf" in to_stdout.stderr
    assert (tmp_path / "d" / "nginx" / "default.conf").exists()
    assert (tmp_path / "d" / ".env.example").exists()


def test_a_wrong_name_gets_a_suggestion(tmp_path: Path) -> None:
    for arguments in (["compose", "aws-simpel"], ["render", "aws-simpel"]):
        done = archdoc(*arguments, "--model", REFERENCE, cwd=tmp_path)
        assert done.returncode == 2
        assert "did you mean `aws-simple`?" in done.stderr


def test_render_writes_the_formats_that_it_is_asked_for(tmp_path: Path, engines: None) -> None:
    formats = [word for name in ("svg", "png", "puml", "dot") for word in ("--format", name)]
    done = archdoc("render", "aws-simple", *formats, "--model", REFERENCE, "-o", "x", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert {file.name for file in (tmp_path / "x").iterdir()} == {
        "aws-simple.puml", "aws-simple.svg", "aws-simple.png",
        "aws-simple.aws.puml", "aws-simple.aws.svg", "aws-simple.aws.png",
        "aws-simple.aws.dot", "aws-simple.diagrams.svg", "aws-simple.diagrams.png",
    }  # fmt: skip


def test_doctor_names_every_engine_and_how_to_get_a_missing_one(
    tmp_path: Path, engines: None
) -> None:
    done = archdoc("doctor", cwd=tmp_path)
    wrong = archdoc("doctor", cwd=tmp_path, ARCHDOC_DOT="/nowhere/dot")

    assert done.returncode == 0
    for name in ("java", "plantuml", "graphviz", "fonts", "harfbuzz", "resvg", "mkdocs"):
        assert f"\n{name} " in done.stdout
    assert wrong.returncode == 2
    assert "ARCHDOC_DOT names /nowhere/dot" in wrong.stdout


def test_doctor_tries_every_engine(tmp_path: Path, engines: None) -> None:
    (tmp_path / "no.jar").write_text("no archive")
    done = archdoc("doctor", cwd=tmp_path, ARCHDOC_DOT="/bin/false", ARCHDOC_JAVA="/bin/true")
    jar = archdoc("doctor", cwd=tmp_path, ARCHDOC_PLANTUML=str(tmp_path / "no.jar"))
    states = {line.split()[0]: line.split()[1] for line in done.stdout.splitlines()[1:]}

    assert done.returncode == jar.returncode == 2
    assert (states["java"], states["graphviz"]) == ("broken", "broken")
    assert "Graphviz does not draw even a single box" in done.stderr
    assert "/bin/true is no Java" in done.stderr
    assert "correct ARCHDOC_JAVA" in done.stderr
    assert "no picture can be drawn" in jar.stderr
    assert "correct ARCHDOC_PLANTUML" in jar.stderr


def test_doctor_says_the_versions_of_what_settings_name(tmp_path: Path, engines: None) -> None:
    found = find_engines(os.environ)
    done = archdoc(
        "doctor", cwd=tmp_path,
        ARCHDOC_DOT=str(found.graphviz.path), ARCHDOC_JAVA=str(found.java.path),
    )  # fmt: skip

    assert done.returncode == 0
    assert re.search(r"^java +Java \d+[\d.]* +setting", done.stdout, re.MULTILINE)
    assert re.search(r"^graphviz +Graphviz \d+[\d.]* +setting", done.stdout, re.MULTILINE)


def test_doctor_says_which_servers_answer(tmp_path: Path, real: str) -> None:
    gone = "http://127.0.0.1:1"
    done = archdoc("doctor", cwd=tmp_path, ARCHDOC_SERVERS=f"{real} http://me:hunter2@127.0.0.1:1")
    lines = [line.split() for line in done.stdout.splitlines() if line.startswith("server ")]

    assert done.returncode == 2
    assert lines[0][1] == "PlantUML"
    assert lines[0][-2:] == ["setting", real]
    assert lines[1] == ["server", "missing", gone, "refuses", "connections"]
    assert "hunter2" not in done.stdout + done.stderr


def test_explain_tells_a_rule(tmp_path: Path) -> None:
    done = archdoc("explain", "impossible-topology", cwd=tmp_path)

    assert done.returncode == 0
    assert "What to do: " in done.stdout


def test_an_output_folder_that_cannot_be_written_is_said_so(tmp_path: Path, engines: None) -> None:
    (tmp_path / "taken").write_text("a file")
    done = archdoc("build", REFERENCE, "--no-site", "-o", "taken/build", cwd=tmp_path)

    assert done.returncode == 2
    assert "cannot write" in done.stderr
    assert (tmp_path / "taken").read_text() == "a file"


@pytest.mark.parametrize("command", [["build"], ["render"], ["compose", "local"]])
def test_nothing_is_written_into_the_models_own_folder(tmp_path: Path, command: list[str]) -> None:
    write(tmp_path / "model", app=SMALL)
    done = archdoc(*command, "-o", "model/out", cwd=tmp_path)

    assert done.returncode == 2
    assert "inside the model's folder" in done.stderr
    assert not (tmp_path / "model" / "out").exists()


def test_a_format_that_no_view_has_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "model", app=SMALL)
    done = archdoc("render", "context", "--format", "dot", cwd=tmp_path)

    assert done.returncode == 2
    assert "none of these views" in done.stderr


def test_a_site_that_cannot_be_built_leaves_the_last_good_one(
    tmp_path: Path, engines: None
) -> None:
    write(tmp_path / "model", app=SMALL)
    archdoc("build", cwd=tmp_path)
    good = (tmp_path / "build" / "site" / "index.html").read_bytes()
    (tmp_path / "mkdocs.yml").write_text("site_name: [\n")
    done = archdoc("build", cwd=tmp_path)

    assert done.returncode == 2
    assert "mkdocs" in done.stderr
    assert (tmp_path / "build" / "site" / "index.html").read_bytes() == good


def test_mermaid_needs_no_engine_and_no_package(tmp_path: Path) -> None:
    hidden = tmp_path / "hidden" / "diagrams"
    hidden.mkdir(parents=True)
    (hidden / "__init__.py").write_text("raise ImportError('no diagrams')\n")
    path = os.pathsep.join([str(tmp_path / "hidden"), os.environ.get("PYTHONPATH", "")])
    done = archdoc(
        "render", "aws-simple", "page", "--format", "mermaid", "--model", REFERENCE, "-o", "x",
        cwd=tmp_path, ARCHDOC_JAVA="/nowhere", PYTHONPATH=path,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert {file.name for file in (tmp_path / "x").iterdir()} == {
        "aws-simple.mmd", "aws-simple.aws.mmd", "page.mmd", "page.sequence.mmd"
    }  # fmt: skip


def test_render_names_what_a_format_has_no_room_for(tmp_path: Path) -> None:
    write(tmp_path / "model", app=SMALL)
    done = archdoc("render", "context", "containers", "--format", "puml", cwd=tmp_path)

    assert done.returncode == 0
    assert done.stderr == "note: containers.puml: not shown: the description of Shop\n"
