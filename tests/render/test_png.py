"""Pictures in pixels."""

from __future__ import annotations

import os
import struct
import xml.etree.ElementTree as ET
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from archdoc.render import Failure, Job, Picture, find_engines, png, render
from archdoc.render.jobs import DiagramError
from archdoc.render.layers import leave_bare
from archdoc.render.pixels import quick, thorough
from archdoc.render.svg import SVG, plain

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


def _paeth(left: int, above: int, corner: int) -> int:
    near = left + above - corner
    return min((left, above, corner), key=lambda one: abs(near - one))


def _pixels(made: bytes) -> list[bytes]:
    """The rows of a PNG with four bytes a pixel (PNG specification, 9.2)."""
    chunks, at = b"", 8
    while at < len(made):
        length = int.from_bytes(made[at : at + 4])
        chunks += made[at + 8 : at + 8 + length] if made[at + 4 : at + 8] == b"IDAT" else b""
        at += 12 + length
    width, packed = int.from_bytes(made[16:20]) * 4, zlib.decompress(chunks)
    rows = [bytes(width)]
    for start in range(0, len(packed), width + 1):
        way, row = packed[start], bytearray(packed[start + 1 : start + 1 + width])
        for n, above in enumerate(rows[-1]):
            left, corner = (row[n - 4], rows[-1][n - 4]) if n >= 4 else (0, 0)
            guess = (0, left, above, (left + above) // 2, _paeth(left, above, corner))[way]
            row[n] = (row[n] + guess) % 256
        rows.append(bytes(row))
    return rows[1:]


def test_both_ways_of_making_pixels_make_the_same(engines: None) -> None:
    pytest.importorskip("svg2png_py", reason="svg2png-py is missing: `make`, where it has a wheel")
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40" viewBox="0 0 90 40">'
        '<rect x="2.5" y="3" width="60" height="30" rx="5" fill="#1168bd" opacity=".7"/>'
        '<path d="M 5 38 L 85 2" stroke="#333"/><path transform="translate(8 24) scale(.1 -.1)"'
        ' d="m9 0c5 9 40-5 60 70l-9 60z" stroke="#fff" stroke-width="30" paint-order="stroke"/>'
        "</svg>"
    )
    pictures = [way()(svg, 2.0, (180, 80)) for way in (quick, thorough)]
    ours, theirs = map(_pixels, pictures)

    assert len(ours) == 80
    assert len(set(ours)) > 20
    assert ours == theirs


def test_what_is_white_on_white_is_not_painted(engines: None) -> None:
    def ground(x: int, fill: str) -> str:
        size = f'width="{56 - 2 * x}" height="{36 - 2 * x}"'  # each inside of the last
        shape = f'<rect x="{x}" y="{x}" {size} fill="{fill}" stroke="#333"/>'
        return f'<g class="ground">{shape}</g>'

    whites = ground(2, "#fff") + ground(5, "#fff")
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><title>t</title>'
        f'<rect width="60" height="40" fill="#fff"/><defs/><g>{whites}'
        f'{ground(9, "#1168bd")}{ground(12, "#fff")}<path d="M0 0L9 9" stroke="#333"/></g></svg>'
    )
    root = ET.fromstring(svg)
    leave_bare(root)
    fills = [rect.get("fill") for rect in root.iter(f"{{{SVG}}}rect")]

    assert fills == ["none", "none", "#1168bd", "#fff"]
    assert _made(plain(root)) == _made(svg.encode())


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
        ('<a width="5" height="5"/>', "resvg failed: .*root node"),
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
    serve = tmp_path / "serve.py"
    serve.write_text(end)
    monkeypatch.setattr(png, "_SERVE", serve)
    monkeypatch.setattr(png, "_SECONDS", 1)
    jobs = [Job("a", "dot", GOOD, "t", png=True), Job("b", "dot", GOOD, "t")]
    failed, drawn = render(jobs, cache_dir=tmp_path)

    assert isinstance(failed, Failure)
    assert said in failed.message
    assert isinstance(drawn, Picture)
