"""Compose files that somebody keeps, in all the states in which machines and people leave them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archdoc.cli.compose import command
from helpers import SMALL, write

_MODEL = SMALL.replace(
    "service: {build: .}",
    "files: [{template: x.conf, to: /etc/x.conf}], service: {build: .}",
)


def _run(*arguments: str) -> Result:
    result = CliRunner().invoke(command, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path / "model", app=_MODEL)
    (tmp_path / "model" / "x.conf").write_text("port {{ web.port }}\n")
    monkeypatch.chdir(tmp_path)
    assert _run("local", "-o", "kept").exit_code == 0
    assert _run("--check", "kept").output == ""
    return tmp_path / "kept"


def _fifo(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _link_out(file: Path) -> None:
    (file.parents[2] / "secret").write_text("hunter2\n")
    file.unlink()
    file.symlink_to(file.parents[2] / "secret")


def _link_nowhere(file: Path) -> None:
    file.unlink()
    file.symlink_to(file.name)


STATES: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (Path.unlink, "is missing"),
    "a pipe": (_fifo, "is no regular file"),
    "a folder": (_folder, "is a folder"),
    "a link out of the project": (_link_out, "is a link that leads out of its project"),
    "a link to itself": (_link_nowhere, "cannot be read: Too many levels of symbolic links"),
    "with a NUL": (
        lambda f: f.write_bytes(b"a\nb\0"),
        "is no text: it has a NUL character in line 2",
    ),
    "huge": (lambda f: f.write_bytes(b"a" * 9_000_000), "is much larger than what the model says"),
}


@pytest.mark.parametrize("name", ["compose.yaml", "web/x.conf"])
@pytest.mark.parametrize("state", STATES)
def test_a_file_in_a_strange_state_is_said_at_once(kept: Path, name: str, state: str) -> None:
    change, said = STATES[state]
    if state == "a link out of the project":
        (kept / ".git").touch()  # a checkout of its own
    change(kept / name)
    result = _run("local", "--check", "kept")

    assert (result.exit_code, result.stdout) == (1, "")
    assert f"error: kept/{name} {said}\n" in result.stderr
    assert "= help: write anew: `archdoc compose local -o kept`" in result.stderr
    assert "hunter2" not in result.output


@pytest.mark.parametrize("state", ["missing", "a pipe", "a folder", "a link to itself"])
def test_without_an_environment_it_has_to_be_said(kept: Path, state: str) -> None:
    change, said = STATES[state]
    change(kept / "compose.yaml")
    result = _run("--check", "kept")

    assert (result.exit_code, result.stdout) == (2, "")
    assert f"error: kept/compose.yaml {said}\n" in result.stderr
    assert "archdoc compose ENVIRONMENT --check kept`" in result.stderr


def test_what_was_never_written_is_said_with_the_command_that_writes_it(kept: Path) -> None:
    result = _run("local", "--check", "new folder")

    assert (result.exit_code, result.stdout) == (1, "")
    for name in ("compose.yaml", ".env.example", "web/x.conf"):
        assert f"error: new folder/{name} is missing\n" in result.stderr
    assert "`archdoc compose local -o 'new folder'`" in result.stderr


def test_a_mark_of_windows_editors_is_shown_as_the_difference(kept: Path) -> None:
    file = kept / "compose.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    result = _run("--check", "kept")

    assert result.exit_code == 1
    assert "-<U+FEFF># Environment `local`" in result.stdout
    assert result.stdout.count("\n-") == 1


def test_what_stands_in_itself_is_a_difference(kept: Path) -> None:
    file = kept / "compose.yaml"
    head = file.read_text().partition("\nname:")[0]
    file.write_text(f"{head}\nservices: &a {{x: *a}}\n")
    result = _run("--check", "kept")

    assert result.exit_code == 1
    assert "-services: &a {x: *a}" in result.stdout


def test_bytes_that_are_no_text_are_a_difference(kept: Path) -> None:
    file = kept / "web" / "x.conf"
    file.write_bytes(file.read_bytes() + b"\xff")

    assert "-\\xff" in _run("--check", "kept").stdout


def test_a_link_within_the_project_is_followed(kept: Path) -> None:
    (kept / "compose.yaml").rename(kept / "real.yaml")
    (kept / "compose.yaml").symlink_to("real.yaml")

    assert _run("--check", "kept").exit_code == 0


@pytest.mark.parametrize("option", ["-o", "--check"])
def test_an_empty_path_is_not_the_folder_that_one_is_in(kept: Path, option: str) -> None:
    result = _run("local", option, "")

    assert result.exit_code == 2
    assert "it is empty" in result.stderr
    assert not (kept.parent / "compose.yaml").exists()


def test_a_file_in_the_place_of_the_folder_is_said(kept: Path) -> None:
    (kept.parent / "notes.txt").write_text("mine")
    result = _run("local", "-o", "notes.txt")

    assert result.exit_code == 2
    assert "error: cannot write notes.txt: a file is in the way\n" in result.stderr
    assert (kept.parent / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("name", ["web", "compose.yaml", ".env.example"])
def test_what_is_in_the_way_of_one_file_keeps_all_from_being_written(kept: Path, name: str) -> None:
    new = kept.parent / "new"
    new.mkdir()
    (new / name).mkdir() if name != "web" else (new / name).write_text("mine")
    result = _run("local", "-o", "new")

    assert result.exit_code == 2
    assert f"cannot write new/{name}: a {'file' if name == 'web' else 'folder'}" in result.stderr
    assert ".archdoc-" not in result.stderr
    assert [file.name for file in new.iterdir()] == [name]


def test_a_folder_that_ends_like_a_file_is_a_folder(kept: Path) -> None:
    (kept.parent / "deploy.yaml").mkdir()

    assert _run("local", "-o", "deploy.yaml").exit_code == 0
    assert (kept.parent / "deploy.yaml" / "compose.yaml").exists()


@pytest.mark.parametrize("name", [".env.example", "web/x.conf"])
def test_what_lies_beside_no_compose_file_of_ours_is_not_lost(kept: Path, name: str) -> None:
    (kept / "compose.yaml").unlink()
    (kept / name).write_text("mine")
    result = _run("local", "-o", "kept")

    assert result.exit_code == 2
    assert f"kept/{name} is there already, and would be lost" in result.stderr
    assert (kept / name).read_text() == "mine"
    assert not (kept / "compose.yaml").exists()


def test_a_folder_that_cannot_be_written_is_named(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, prefix: str, dir: Path) -> str:  # noqa: A002 - as it is called
        raise PermissionError(13, "Permission denied", f"{dir}/{prefix}x")

    monkeypatch.setattr("tempfile.mkdtemp", refused)
    result = _run("local", "-o", "new")

    assert "error: cannot write new: Permission denied\n" in result.stderr
    assert not (kept.parent / "new").exists()
