"""Pictures in pixels."""

from __future__ import annotations

import os
import struct
from contextlib import closing
from pathlib import Path

import pytest

from archdoc.render import Failure, Job, Picture, find_engines, png, render
from archdoc.render.jobs import DiagramError

GOOD = "digraph { a -> b }"


def _size(width: int, height: int) -> tuple[int, int]:
    """The pixels of a picture of this size (PNG specification, IHDR)."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"/>'
    made = _made(svg.encode())
    pixels: tuple[int, int] = struct.unpack(">II", made[16:24])
    return pixels


def _made(svg: bytes) -> bytes:
    with closing(png.Rasteriser(find_engines(os.environ))) as rasteriser:
        return rasteriser.png(svg)


def test_an_ordinary_picture_is_sharp_on_dense_screens(engines: None) -> None:
    assert _size(1400, 1200) == (2800, 2400)


def test_a_large_picture_has_as_many_pixels_as_programs_show_but_one_a_unit(engines: None) -> None:
    width, height = _size(4000, 3000)

    assert 0.99 * png.PIXELS < width * height < 1.01 * png.PIXELS
    assert _size(9000, 4000) == (9000, 4000)


@pytest.mark.parametrize(
    ("svg", "said"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>', "has no size"),
        ('<a width="5" height="5"/>', "resvg failed: .*NoRootNode"),
    ],
)
def test_what_cannot_be_drawn_is_said_so(svg: str, said: str, engines: None) -> None:
    with pytest.raises(DiagramError, match=said):
        _made(svg.encode())


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("import os; os.kill(os.getpid(), 9)", "ended by signal 9"),
        ("raise SystemExit(3)", "resvg failed: code 3"),
        ("import nothing_like_it", "No module named 'nothing_like_it'"),
        ("print('half a')", "resvg failed: code 0"),
        ("print('[5, \"\"]')", "resvg failed: code 0"),
        ("import time; time.sleep(60)", "longer than 1 s"),
    ],
)
def test_pixels_that_end_resvg_cost_only_their_picture(
    end: str, said: str, tmp_path: Path, engines: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(png, "_SERVE", end)
    monkeypatch.setattr(png, "_SECONDS", 1)
    jobs = [Job("a", "dot", GOOD, "t", png=True), Job("b", "dot", GOOD, "t")]
    failed, drawn = render(jobs, cache_dir=tmp_path)

    assert isinstance(failed, Failure)
    assert said in failed.message
    assert isinstance(drawn, Picture)
