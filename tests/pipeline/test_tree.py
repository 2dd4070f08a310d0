"""The output folder: brought up to date, and never left half-written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from archdoc.pipeline.tree import (
    Artefact,
    Manifest,
    OutputFolderError,
    _staging,
    bring_up_to_date,
    read_manifest,
    write_files,
)
from conftest import REFERENCE


def _bring(folder: Path, **files: str) -> int:
    artefacts = {name: Artefact(text.encode(), "test") for name, text in files.items()}
    return bring_up_to_date(folder, artefacts, Manifest(), "")


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


@pytest.mark.parametrize("content", ["", "[]", "{", '{"files": []}', '{"files": {"a": 1}}', "null"])
def test_a_broken_manifest_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content)

    assert read_manifest(tmp_path) == Manifest()


def test_the_same_model_gives_the_same_bytes_whatever_the_place_and_the_hash_seed(
    tmp_path: Path, engines: None
) -> None:
    folders = []
    for number, (seed, zone, lang) in enumerate(
        (("1", "UTC", "C"), ("2", "Asia/Tokyo", "C.UTF-8"))
    ):
        place = tmp_path / f"place{number}"
        place.mkdir()
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": lang,
            "ARCHDOC_CACHE_DIR": str(place / "cache"),
        }  # fmt: skip
        command = [sys.executable, "-m", "archdoc", "build", str(REFERENCE), "-o", "out"]
        subprocess.run(command, cwd=place, env=environment, check=True, capture_output=True)
        folders.append(place / "out")
    one, other = (
        {f.relative_to(folder): f.read_bytes() for f in folder.rglob("*") if f.is_file()}
        for folder in folders
    )

    assert one == other
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
