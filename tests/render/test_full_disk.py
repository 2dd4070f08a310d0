"""Where a disk is full, pictures are drawn elsewhere or not at all: never without their icons."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest

from archdoc.kept import scratch
from archdoc.kept.scratch import ROOM
from archdoc.render import Failure, Job, Picture, render
from archdoc.render.picoweb import Picoweb

_JOB = Job("x", "plantuml", "@startuml\nrectangle A\n@enduml\n", "t")


class _Disk(NamedTuple):
    total: int
    used: int
    free: int


_FULL = _Disk(9 * ROOM, 9 * ROOM, 0)
_Fill = Callable[..., None]


@pytest.fixture
def fill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> _Fill:
    """Lets the disks of some folders be full, or as said; `tmp` is where temporary files are."""
    full: dict[Path, _Disk] = {}
    really = shutil.disk_usage

    def usage(path: Path) -> object:
        found = (disk for folder, disk in full.items() if Path(path).is_relative_to(folder))
        return next(found, None) or really(path)

    def add(*names: str, disk: _Disk = _FULL) -> None:
        full.update({tmp_path / name: disk for name in names})

    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.setattr(shutil, "disk_usage", usage)
    return add


def test_a_run_works_elsewhere_where_its_own_disk_is_full(tmp_path: Path, fill: _Fill) -> None:
    with scratch(tmp_path / "cache") as there:
        assert there.parent == tmp_path / "cache"
    fill("cache")
    with scratch(tmp_path / "cache") as there:
        assert there.parent == tmp_path / "tmp"
    fill("tmp")
    with ExitStack() as stack, pytest.raises(OSError, match="No space left") as error:
        stack.enter_context(scratch(tmp_path / "cache"))

    assert (error.value.errno, error.value.filename) == (errno.ENOSPC, str(tmp_path / "tmp"))


def test_a_disk_that_does_not_say_how_large_it_is_is_used(tmp_path: Path, fill: _Fill) -> None:
    fill("cache", disk=_Disk(0, 0, 0))
    with scratch(tmp_path / "cache") as there:
        assert there.parent == tmp_path / "cache"


@pytest.mark.parametrize("full", [("cache",), ("cache", "tmp")])
def test_a_full_disk_costs_no_icon(
    tmp_path: Path, engines: None, fill: _Fill, full: tuple[str, ...]
) -> None:
    fill(*full)
    (result,) = render([_JOB], cache_dir=tmp_path / "cache")

    if full == ("cache",):
        assert isinstance(result, Picture)
        return
    assert isinstance(result, Failure)
    assert result.message == f"no room is left in {tmp_path / 'tmp'}"
    assert result.remedy.startswith("make room there")
    assert result.cause == "engine"


def test_a_picture_during_which_the_disk_became_full_is_not_believed(
    tmp_path: Path, engines: None, fill: _Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = Picoweb._post

    def filling(self: Picoweb, source: str) -> object:
        fill("cache")
        return post(self, source)

    monkeypatch.setattr(Picoweb, "_post", filling)
    (result,) = render([_JOB], cache_dir=tmp_path / "cache")

    assert isinstance(result, Failure)
    assert result.message.startswith(f"no room is left in {tmp_path / 'cache'}")
