"""Java's start-up archive: made once, beside the first run, and never believed blindly."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from pathlib import Path

import pytest

from archdoc.kept import Cache
from archdoc.render import Job, Picture, find_engines, render
from archdoc.render.archive import Archive
from archdoc.render.picoweb import Picoweb

C4 = "@startuml\n!include <C4/C4_Container>\nPerson(u, U)\nSystem(s, S)\nRel(u, s, x)\n@enduml\n"
JOB = Job("x", "plantuml", C4, "t")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, engines: None) -> Archive:
    """An archive, made once for all tests."""
    archive = Archive(find_engines(os.environ), Cache(tmp_path_factory.mktemp("archive")))
    archive.make([C4])
    assert archive.flags()
    return archive


@pytest.fixture
def copy(made: Archive, tmp_path: Path) -> Archive:
    """A copy of it to do harm to."""
    archive = Archive(made.engines, Cache(tmp_path / "cache"))
    archive.path.parent.mkdir(parents=True, mode=0o700)
    archive.path.write_bytes(made.path.read_bytes())
    archive.path.chmod(0o600)
    return archive


def _drawn(cache: Cache, archive: str = "on") -> bytes:
    (result,) = render(
        [JOB], environ={**os.environ, "ARCHDOC_ARCHIVE": archive}, cache_dir=cache.folder
    )
    assert isinstance(result, Picture), result
    return result.svg


@pytest.fixture
def trained(monkeypatch: pytest.MonkeyPatch) -> list[Archive]:
    """The archives that would be made in the background."""
    found: list[Archive] = []

    def would_make(self: Archive, *_: object) -> None:
        if not self.path.exists():
            found.append(self)

    monkeypatch.setattr(Archive, "make_in_background", would_make)
    return found


def test_java_accepts_the_archive_and_draws_the_same(
    copy: Archive, tmp_path: Path, trained: list[Archive]
) -> None:
    process = Picoweb(copy.engines, tmp_path, (*copy.flags(), "-XX:AOTMode=on"))
    try:
        process.wait_until_ready()  # "on": Java would not start without
    finally:
        process.end()

    assert _drawn(copy.cache) == _drawn(Cache(tmp_path / "other"), "off")
    assert trained == []


@pytest.mark.parametrize("damage", ["cut", "flipped"])
def test_a_damaged_archive_harms_nothing_and_is_replaced(
    copy: Archive, tmp_path: Path, trained: list[Archive], damage: str
) -> None:
    content = bytearray(copy.path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 8] = b"" if damage == "cut" else b"\xff" * 8
    copy.path.write_bytes(content if damage == "flipped" else content[:middle])

    assert _drawn(copy.cache) == _drawn(Cache(tmp_path / "other"), "off")
    assert trained == [copy]


def test_a_folder_of_archives_is_used_and_left_as_it_is(
    copy: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = copy.path.parent
    cache = Cache(tmp_path / "other")
    archive = Archive.wanted(copy.engines, cache, {"ARCHDOC_ARCHIVE": str(given)})
    assert archive is not None
    assert archive.flags() == copy.flags() != ()

    copy.path.write_bytes(copy.path.read_bytes()[:1000])
    monkeypatch.setattr(subprocess, "Popen", None)
    archive.discard()
    archive.make_in_background([C4], {})
    copy.path.rename(tmp_path / "gone")
    archive.make_in_background([C4], {})
    assert list(given.iterdir()) == []
    assert not cache.archives.exists()


def test_an_archive_that_others_may_write_is_not_used(copy: Archive) -> None:
    assert copy.flags()
    copy.path.chmod(0o622)
    assert copy.flags() == ()
    copy.path.chmod(0o600)
    copy.path.parent.chmod(0o777)
    assert copy.flags() == ()


def test_two_that_make_it_at_once_make_it_once(tmp_path: Path, engines: None) -> None:
    archive = Archive(find_engines(os.environ), Cache(tmp_path))
    outcomes: list[str] = []

    def make() -> None:
        try:
            archive.make([C4])
            outcomes.append("made")
        except BlockingIOError:
            outcomes.append("left to the other")

    threads = [threading.Thread(target=make) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["left to the other", "made"]
    assert archive.flags()


def test_the_first_run_has_it_made_and_does_not_wait(tmp_path: Path, engines: None) -> None:
    cache = Cache(tmp_path / "cache")
    archive = Archive(find_engines(os.environ), cache)
    _drawn(cache)
    assert not archive.path.exists()
    for _ in range(600):
        if archive.path.exists():
            break
        time.sleep(0.05)
    assert archive.flags()
    for _ in range(100):  # it cleans up behind itself
        if not list(cache.unfinished.iterdir()):
            return
        time.sleep(0.05)
    pytest.fail(f"left behind: {list(cache.unfinished.iterdir())}")


def test_a_java_that_makes_no_archive_is_asked_once(
    tmp_path: Path, engines: None, trained: list[Archive]
) -> None:
    old = tmp_path / "java"
    java = find_engines(os.environ).java.path
    # As a Java before 25: it knows no such option, and was told to pass over those.
    old.write_text(
        "#!/bin/bash\nargs=()\nfor arg; do case $arg in -XX:AOTMode*) exit 1;; -XX:AOT*) ;;"
        f' *) args+=("$arg");; esac; done\nexec {java} "${{args[@]}}"\n'
    )
    old.chmod(0o755)
    archive = Archive(
        find_engines({**os.environ, "ARCHDOC_JAVA": str(old)}), Cache(tmp_path / "cache")
    )
    archive.make([C4])

    assert archive.path.exists()
    assert archive.flags() == ()


def test_a_cache_that_cannot_be_written_stops_nothing(tmp_path: Path, engines: None) -> None:
    (tmp_path / "file").write_text("")

    assert _drawn(Cache(tmp_path / "file" / "cache"))
