"""The output folder: brought up to date, and never left half-written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from archdoc.pipeline.tree import (
    MANIFEST,
    Artefact,
    Change,
    Manifest,
    OutputFolderError,
    _staging,
    read_manifest,
    update,
    write_files,
)
from conftest import ROOT


def _bring(folder: Path, **files: str) -> int:
    artefacts = {name: Artefact(text.encode(), "test") for name, text in files.items()}
    todo = update(folder, artefacts, Manifest(), "")
    todo.apply()
    return len(todo.changes.keys() - {MANIFEST})


def _files(folder: Path) -> dict[str, str]:
    return {
        f.relative_to(folder).as_posix(): f.read_text()
        for f in folder.rglob("*")
        if f.is_file() and f.name != "manifest.json"
    }


def test_what_is_not_made_any_more_is_removed_and_what_is_others_stays(tmp_path: Path) -> None:
    _bring(tmp_path, **{"a/b": "1", "c": "2"})
    (tmp_path / "mine").write_text("mine")
    changed = _bring(tmp_path, c="3")

    assert changed == 2
    assert _files(tmp_path) == {"c": "3", "mine": "mine"}
    assert not (tmp_path / "a").exists()


def test_an_unchanged_file_is_not_touched(tmp_path: Path) -> None:
    _bring(tmp_path, a="1", b="1")
    os.utime(tmp_path / "a", (1, 1))

    assert _bring(tmp_path, a="1", b="2") == 1
    assert (tmp_path / "a").stat().st_mtime == 1


def test_what_would_change_is_known_before_anything_is_written(tmp_path: Path) -> None:
    _bring(tmp_path, a="1", b="1", c="1")
    (tmp_path / "a").write_text("edited")
    (tmp_path / "b").unlink()
    (tmp_path / "mine").write_text("mine")
    before = _files(tmp_path)
    artefacts = {name: Artefact(b"1", "test") for name in "ab"}
    todo = update(tmp_path, artefacts, Manifest(), "")

    assert todo.changes == {
        "a": Change.CHANGED,
        "b": Change.MISSING,
        "c": Change.STALE,
        MANIFEST: Change.CHANGED,
    }
    assert _files(tmp_path) == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_what_is_no_file_is_replaced_or_said_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a")
    os.mkfifo(tmp_path / MANIFEST)

    assert _bring(tmp_path, a="1") == 1
    assert _files(tmp_path) == {"a": "1"}


def test_a_write_that_fails_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _bring(tmp_path, a="1", b="1")
    monkeypatch.setattr(Path, "write_bytes", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(OutputFolderError, match="full"):
        _bring(tmp_path, a="2", b="2")

    assert _files(tmp_path) == {"a": "1", "b": "1"}
    assert not list(tmp_path.glob(".archdoc-*"))


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "a\\..\\x"])
def test_no_path_leads_out_of_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(OutputFolderError, match="leads out"):
        write_files(tmp_path / "inside", {path: b"x"})

    assert not list(tmp_path.rglob("x"))


def test_a_hostile_manifest_removes_nothing_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("v")
    folder = tmp_path / "build"
    _bring(folder, a="1")
    entry = {"sha256": "0", "made_from": ""}
    hostile = {"version": 1, "site_inputs": "", "files": {"../victim": entry, "a": entry}}
    (folder / "manifest.json").write_text(json.dumps(hostile))
    _bring(folder, b="1")

    assert (tmp_path / "victim").exists()
    assert _files(folder) == {"b": "1"}


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"files": []}', '{"files": {"a": 1}}', "null", "[" * 100_000]
)
def test_a_broken_manifest_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content)

    assert read_manifest(tmp_path) == Manifest()


_MACHINES: tuple[tuple[str, dict[str, str]], ...] = (
    ("place", {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C", "PYTHONUTF8": "0"}),
    (
        "another pläce/with a longer name",
        {
            "PYTHONHASHSEED": "2",
            "TZ": "Asia/Kathmandu",
            "LC_ALL": "C.UTF-8",
            # A small I has a dot there, and numbers have a comma.
            "JAVA_TOOL_OPTIONS": "-Duser.language=tr -Duser.country=TR",
        },
    ),
)
"""Where two builds run: a folder, and what is set there."""


def _checkout(place: Path, *, reverse: bool) -> None:
    """The reference model and some pages: written in another order, and at another time."""
    pages = [ROOT / "docs" / "deployment-architecture.md", *(ROOT / "docs/decisions").glob("*.md")]
    listed = [*(ROOT / "model").rglob("*"), *pages]
    for number, file in enumerate(sorted(filter(Path.is_file, listed), reverse=reverse)):
        target = place / file.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
        os.utime(target, (number, number))


def test_the_same_model_gives_the_same_bytes_whatever_the_machine(
    tmp_path: Path, engines: None
) -> None:
    """Whatever the folder, the locale, the time zone, the hash seed, and the order of files."""
    built = []
    for number, (name, settings) in enumerate(_MACHINES):
        place = tmp_path / name
        _checkout(place, reverse=bool(number))
        environment = {**os.environ, **settings, "ARCHDOC_CACHE_DIR": str(place / "cache")}
        command = [sys.executable, "-m", "archdoc", "build", "-o", "out"]
        umask = (0o022, 0o077)[number]
        subprocess.run(
            command, cwd=place, env=environment, check=True, capture_output=True, umask=umask
        )
        out = place / "out"
        files = (file for file in out.rglob("*") if file.is_file())
        built.append({file.relative_to(out).as_posix(): file.read_bytes() for file in files})
    one, other = built

    assert [path for path in one.keys() | other.keys() if one.get(path) != other.get(path)] == []
    for path, content in one.items():
        assert str(tmp_path).encode() not in content, path
        assert b"site-packages" not in content, path


def test_what_a_killed_run_left_is_cleared_away(tmp_path: Path) -> None:
    left = tmp_path / ".archdoc-killed" / "site"
    left.mkdir(parents=True)
    (left / "half").write_text("half")
    _bring(tmp_path, a="1")

    assert not (tmp_path / ".archdoc-killed").exists()
    assert _files(tmp_path) == {"a": "1"}


def test_a_second_run_waits_until_the_first_has_written(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as pool:
        with _staging(tmp_path):
            second = pool.submit(_bring, tmp_path, a="1")
            with pytest.raises(TimeoutError):
                second.result(timeout=0.3)
            assert _files(tmp_path) == {}
        assert second.result(timeout=10) == 1


@pytest.mark.parametrize("wanted", ["blocked", "blocked/x", "new/blocked/x"])
def test_what_stands_in_the_way_is_named_and_nothing_is_written(
    tmp_path: Path, wanted: str
) -> None:
    folder = tmp_path / "out"
    _bring(folder, a="1")
    blocked = folder / wanted.removesuffix("/x")
    if wanted == "blocked":
        blocked.mkdir()
    else:
        blocked.parent.mkdir(exist_ok=True)
        blocked.write_text("mine")
    before = _files(folder)
    with pytest.raises(OutputFolderError) as error:
        write_files(folder, {"a": b"2", "b/c": b"2", wanted: b"2", "d": b"2"})

    kind = "folder" if wanted == "blocked" else "file"
    assert str(error.value) == f"cannot write {blocked}: a {kind} is in the way"
    assert _files(folder) == before
    assert not (folder / "b").exists()


def test_a_folder_that_was_made_for_nothing_is_gone_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: Path, _: bytes) -> int:
        raise OSError(28, "No space left on device", str(file))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputFolderError) as error:
        write_files(tmp_path / "new" / "out", {"b/c": b"2"})

    assert str(error.value) == f"cannot write {tmp_path}/new/out/b/c: No space left on device"
    assert error.value.help == "make room there"
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_up_halfway_costs_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Moving needs no room, but a new folder does."""
    _bring(tmp_path, **{"a": "1", "old/b": "1"})
    before = _files(tmp_path)
    mkdir = Path.mkdir

    def full(folder: Path, *rest: Any, **more: Any) -> None:
        if folder == tmp_path / "z":
            raise OSError(28, "No space left on device", str(folder))
        mkdir(folder, *rest, **more)

    monkeypatch.setattr(Path, "mkdir", full)
    with pytest.raises(OutputFolderError, match=r"cannot write .*/z: No space"):
        _bring(tmp_path, **{"a": "2", "x/y": "2", "z/b": "2"})

    assert _files(tmp_path) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "manifest.json", "old"]


def test_a_file_and_a_folder_of_one_name_take_each_others_places(tmp_path: Path) -> None:
    _bring(tmp_path, **{"a": "1", "b/c": "1"})
    _bring(tmp_path, **{"a/x": "2", "b": "2"})

    assert _files(tmp_path) == {"a/x": "2", "b": "2"}


def test_where_files_have_no_second_names_the_old_ones_come_back_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unable(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", unable)
    _bring(tmp_path, a="1")
    (tmp_path / "z").mkdir()
    with pytest.raises(OutputFolderError, match="a folder is in the way"):
        write_files(tmp_path, {"a": b"2", "z": b"2"})

    assert _files(tmp_path) == {"a": "1"}
