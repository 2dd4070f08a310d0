"""The cache: keys that say all, files that are whole, and nothing that is kept forever."""

from __future__ import annotations

import errno
import os
import threading
import time
from pathlib import Path

import pytest

from archdoc.kept import Cache, Usage, scratch, sweep
from archdoc.render import Job, Picture, render
from helpers import archdoc

DAY = 24 * 60 * 60
DOT = Job("x", "dot", 'digraph { a [label="" image="icon.png" shape=none] }', "t")
ICONS = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)


def _aged(path: Path, days: float) -> None:
    then = time.time() - days * DAY
    os.utime(path, (then, then))


def _files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def test_another_icon_of_the_same_name_gives_another_picture(tmp_path: Path, engines: None) -> None:
    def draw() -> Picture:
        (result,) = render([DOT], cache_dir=tmp_path / "cache", icon_root=tmp_path)
        assert isinstance(result, Picture), result
        return result

    icon = tmp_path / "icon.png"
    icon.write_bytes(ICONS)
    first = draw()
    icon.write_bytes(ICONS + b"more")
    changed = draw()

    assert (first.fresh, changed.fresh, draw().fresh) == (True, True, False)
    assert first.svg != changed.svg


def test_pixels_of_another_scale_are_another_picture(
    tmp_path: Path, engines: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = Job("x", "dot", "digraph { a }", "t", png=True)
    render([job], cache_dir=tmp_path)
    monkeypatch.setattr("archdoc.render.run.PNG_FORMAT", "png-3")
    (result,) = render([job], cache_dir=tmp_path)

    assert isinstance(result, Picture)
    assert result.fresh


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("archdoc.kept.cache.os.replace", full)
    cache.write("ab12", b"content")

    assert cache.read("ab12") is None
    assert _files(tmp_path) == []


def test_two_runs_that_write_the_same_both_read_it(tmp_path: Path) -> None:
    content = os.urandom(100_000)
    wrong: list[bytes | None] = []

    def run() -> None:
        cache = Cache(tmp_path)
        for _ in range(100):
            cache.write("ab12", content)
            read = cache.read("ab12")
            if read != content:
                wrong.append(read)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []


def test_what_killed_runs_left_is_swept_and_what_is_held_is_not(tmp_path: Path) -> None:
    (tmp_path / "half").write_text("written")
    (tmp_path / "just-now").write_text("written")
    (tmp_path / "run-killed" / "deep").mkdir(parents=True)
    with scratch(tmp_path) as held:
        for path in (tmp_path / "half", tmp_path / "run-killed", held):
            _aged(path, 1)
        sweep(tmp_path)

        assert sorted(path.name for path in tmp_path.iterdir()) == sorted([held.name, "just-now"])
    assert not held.exists()


def test_a_run_sweeps_before_it_starts_an_engine(tmp_path: Path, engines: None) -> None:
    left = tmp_path / "new" / "half"
    left.parent.mkdir()
    left.write_text("written")
    _aged(left, 1)
    render([Job("x", "plantuml", "@startuml\nA -> B\n@enduml\n", "t")], cache_dir=tmp_path)

    assert list(left.parent.iterdir()) == []


def test_reading_notes_the_use_once_a_day(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.write("ab12", b"content")
    (entry,) = _files(tmp_path)
    for days, noted in ((0.5, False), (2, True)):
        _aged(entry, days)
        before = entry.stat().st_mtime
        cache.read("ab12")
        assert (entry.stat().st_mtime > before) is noted


def test_pruning_removes_what_was_not_used_lately(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for key, days in (("ab1", 40), ("ab2", 20), ("cd3", 40)):
        cache.write(key, b"content")
        _aged(tmp_path / key[:2] / key, days)
    removed = cache.prune(30)

    assert removed == Usage(2, 2 * (32 + 7))
    assert cache.read("ab2") == b"content"
    assert cache.prune(10).files == 0  # reading has noted its use
    assert cache.prune(0).files == 1


def test_the_command_shows_and_prunes(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    cache.write("ab12", b"x" * 2_000_000)
    (tmp_path / "mine.txt").write_text("kept")
    setting = {"ARCHDOC_CACHE_DIR": str(cache.folder)}
    shown = archdoc("cache", cwd=tmp_path, **setting)
    kept = archdoc("cache", "prune", cwd=tmp_path, **setting)
    pruned = archdoc("cache", "prune", "--all", cwd=tmp_path, **setting)

    assert f"cache: {cache.folder}\npictures: 1 file, 2.0 MB\n" in shown.stdout
    assert "removed 0 files" in kept.stdout
    assert "removed 1 file, 2.0 MB" in pruned.stdout
    assert cache.pictures() == Usage()


def test_an_empty_cache_is_no_error(tmp_path: Path) -> None:
    done = archdoc("cache", cwd=tmp_path, ARCHDOC_CACHE_DIR=str(tmp_path / "none"))

    assert done.returncode == 0
    assert "pictures: 0 files" in done.stdout
