"""`archdoc compose --check` as people, hooks and CI run it."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

from conftest import REFERENCE
from helpers import archdoc


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    done = archdoc("compose", "compose", "--model", REFERENCE, "-o", "kept", cwd=tmp_path)
    assert done.returncode == 0
    return tmp_path / "kept"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--check", "kept/compose.yaml"],
        ["--check", "kept"],
        ["compose", "--check", "kept"],
        ["compose", "--check", "kept/compose.yaml"],
    ],
)
def test_what_the_model_says_passes_in_silence(kept: Path, arguments: list[str]) -> None:
    done = archdoc("compose", *arguments, "--model", REFERENCE, cwd=kept.parent)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_other_ends_of_lines_are_no_difference(kept: Path) -> None:
    file = kept / "compose.yaml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))

    assert archdoc("compose", "--check", "kept", "--model", REFERENCE, cwd=kept.parent).stdout == ""


def test_an_edited_file_fails_with_a_diff_and_stays_as_it_is(kept: Path) -> None:
    file = kept / "compose.yaml"
    edited = file.read_text().replace("postgres:15", "postgres:14")
    file.write_text(edited)
    done = archdoc("compose", "--check", file, "--model", REFERENCE, cwd=kept.parent)
    lines = done.stdout.splitlines()

    assert done.returncode == 1
    assert lines[:2] == [f"--- {file}", "+++ the model"]
    assert "-    image: postgres:14" in lines
    assert "+    image: postgres:15" in lines
    assert f"`archdoc compose compose -o {file} --model {REFERENCE}`" in done.stderr
    assert file.read_text() == edited


def test_what_lies_beside_it_is_checked_too(kept: Path) -> None:
    (kept / "nginx" / "default.conf").unlink()
    (kept / ".env.example").write_text("DB_PASSWORD=secret\n")
    done = archdoc("compose", "--check", "kept/compose.yaml", "--model", REFERENCE, cwd=kept.parent)

    assert done.returncode == 1
    assert "error: kept/nginx/default.conf is missing\n" in done.stderr
    assert "-DB_PASSWORD=******\n" in done.stdout


def test_a_file_may_have_any_name(kept: Path) -> None:
    (kept / "compose.yaml").rename(kept / "production.yml")
    done = archdoc(
        "compose", "--check", "kept/production.yml", "--model", REFERENCE, cwd=kept.parent
    )

    assert (done.returncode, done.stdout) == (0, "")


def test_one_of_several_projects_is_checked_by_itself(tmp_path: Path) -> None:
    archdoc("compose", "aws-multi-az", "--model", REFERENCE, "-o", "d", cwd=tmp_path)
    second = tmp_path / "d" / "project-b" / "compose.yaml"
    second.write_text(second.read_text().replace("10m", "20m"))
    first, other, both = (
        archdoc("compose", *arguments, "--model", REFERENCE, cwd=tmp_path)
        for arguments in (
            ["--check", "d/project-a/compose.yaml"],
            ["--check", "d/project-b/compose.yaml"],
            ["aws-multi-az", "--check", "d"],
        )
    )

    assert [done.returncode for done in (first, other, both)] == [0, 1, 1]
    assert other.stdout == both.stdout
    assert f"`archdoc compose aws-multi-az -o d --model {REFERENCE}`" in other.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--check", "none.yaml"], "none.yaml is missing"),
        (["--check", "own.yaml"], "own.yaml does not say which environment it is of"),
        (["compose", "--check", "own.yaml", "-o", "x"], "both -o and --check"),
        ([], "no environment is given"),
        (["aws-ecs-fargate", "--check", "own.yaml"], "runs under Docker Compose"),
    ],
)
def test_what_cannot_be_checked_is_said(tmp_path: Path, arguments: list[str], said: str) -> None:
    (tmp_path / "own.yaml").write_text("services: {}\n")
    done = archdoc("compose", *arguments, "--model", REFERENCE, cwd=tmp_path)

    assert done.returncode == 2
    assert said in done.stderr
    assert "help: " in done.stderr


def test_one_folder_of_several_projects_is_checked_by_itself(tmp_path: Path) -> None:
    archdoc("compose", "aws-multi-az", "--model", REFERENCE, "-o", "d", cwd=tmp_path)
    done = archdoc("compose", "--check", "d/project-a", "--model", REFERENCE, cwd=tmp_path)

    assert (done.returncode, done.stdout) == (0, "")


def test_advice_about_a_folder_of_several_projects_holds_when_it_is_followed(
    tmp_path: Path,
) -> None:
    wrote = archdoc("compose", "aws-multi-az", "--model", REFERENCE, cwd=tmp_path)
    write = shlex.split(wrote.stderr.split("`")[-2].replace("FOLDER", "d"))
    assert archdoc(*write[1:], cwd=tmp_path).returncode == 0
    done = archdoc("compose", "--check", "d", "--model", REFERENCE, cwd=tmp_path)
    advice = shlex.split(done.stderr.split("`")[-2])

    assert done.returncode == 2
    assert "d/compose.yaml is missing" in done.stderr
    assert advice[:5] == ["archdoc", "compose", "aws-multi-az", "--check", "d"]
    assert archdoc(*advice[1:], cwd=tmp_path).returncode == 0


def test_the_note_about_other_files_names_the_model_and_no_folder_of_its_own(
    tmp_path: Path,
) -> None:
    done = archdoc("compose", "compose", "--model", REFERENCE, cwd=tmp_path)

    assert f"`archdoc compose compose -o FOLDER --model {REFERENCE}` writes them" in done.stderr


def test_a_link_that_leads_nowhere_is_named(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("nowhere")
    for output in ("link", "link/deep"):
        done = archdoc("compose", "compose", "--model", REFERENCE, "-o", output, cwd=tmp_path)

        assert done.returncode == 2
        assert "cannot write link: it is a link that leads nowhere" in done.stderr
    assert not (tmp_path / "nowhere").exists()


def test_a_file_that_somebody_wrote_by_hand_is_not_lost(tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text("services: {}\n")
    done = archdoc("compose", "compose", "--model", REFERENCE, "-o", ".", cwd=tmp_path)

    assert done.returncode == 2
    assert "compose.yaml was not made by archdoc" in done.stderr
    assert (tmp_path / "compose.yaml").read_text() == "services: {}\n"
    assert not (tmp_path / ".env.example").exists()


def test_containers_can_read_what_they_mount_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        archdoc("compose", "compose", "--model", REFERENCE, "-o", "d", cwd=tmp_path)
    finally:
        os.umask(before)

    assert (tmp_path / "d" / "nginx" / "default.conf").stat().st_mode & 0o777 == 0o644
