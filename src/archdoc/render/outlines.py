"""Texts as outlines: what makes pixels then draws shapes, and needs no fonts.

It would open a font for each letter, which takes half of its time, shape letters in ways of its
own, in any weight, and not from where they are read. Our own letters stand as browsers set them,
whose copy of the font has no kerning (`fontface`).
"""

from __future__ import annotations

import functools
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from archdoc.render.bidi import in_visual_order, levels
from archdoc.render.letters import Letters, placed_in
from archdoc.render.shaping import Placed
from archdoc.render.svg import SVG, style_of

if TYPE_CHECKING:
    import uharfbuzz

_TEXT, _PATH = f"{{{SVG}}}text", f"{{{SVG}}}path"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_OF_TEXT = {
    "x", "y", "textLength", "lengthAdjust", "direction", "text-anchor", "font-family", "font-size",
    "font-weight", "font-style", _SPACE,
}  # fmt: skip
"""Attributes that say where letters stand, and which ones."""
_BLANKS = re.compile("[ \t\r\n]+")


class _Glyph(NamedTuple):
    """An outline as a path in the font's units, from where it stands on its line."""

    path: str
    end: tuple[float, float]
    """Where the path ends."""


def outline(root: ET.Element, letters: Letters) -> None:
    """Put outlines in the places of all texts. Changes `root`."""
    for parent in list(root.iter()):
        for place, text in reversed(list(enumerate(parent))):
            if text.tag == _TEXT:
                parent[place : place + 1] = _outlines(text, letters)


def _outlines(text: ET.Element, letters: Letters) -> Iterator[ET.Element]:
    """A text in pieces of one font and one direction, from the left."""
    size, left = float(text.get("font-size", 0)), float(text.get("x", 0))
    said, style = text.text or "", style_of(text)
    if text.get(_SPACE) != "preserve":
        said = _BLANKS.sub(" ", said).strip(" ")
    pieces = _pieces(said, style, letters)
    wide = sum(piece.advance for piece in pieces) * size
    room = float(text.get("textLength", wide))
    stretch, gap = 1.0, 0.0
    if text.get("lengthAdjust") == "spacingAndGlyphs":
        stretch = room / wide if wide else 1.0
    elif (count := sum(len(piece.glyphs) for piece in pieces)) > 1:
        gap = (room - wide) / (count - 1)  # SVG 2, 11.5, "Resolve text length"
    if text.get("text-anchor") == "middle":
        left -= room / 2
    looks = {name: value for name, value in text.items() if name not in _OF_TEXT}
    for piece in pieces:
        unit = size / piece.font.face.upem
        path = _path(piece, gap / unit if unit else 0)
        scale = f"scale({unit * stretch:.8g} {-unit:.8g})"
        at = f"translate({left:.4f} {float(text.get('y', 0)):.4f}) {scale}"
        about = {**looks, "transform": at, "d": path}
        if unit and (stroke := looks.get("stroke-width")):
            about["stroke-width"] = f"{float(stroke) / unit:.4f}"
        if path:
            yield ET.Element(_PATH, about)
        left += piece.advance * size * stretch + gap * len(piece.glyphs)


@functools.lru_cache(maxsize=4096)
def _pieces(said: str, style: str, letters: Letters) -> tuple[Placed, ...]:
    """The shaped pieces of a text, from the left; most texts are in several pictures."""
    return tuple(
        placed_in(letters.runs(part, style)[0].face, part, style, letters, from_right=level % 2 > 0)
        for level, part in in_visual_order(_levelled(said, style, letters))
    )


def _levelled(said: str, style: str, letters: Letters) -> list[tuple[int, str]]:
    """Pieces of a text in one font and of one level each, in the order in which they are read."""
    if said.isascii():
        return [(0, said)] if said else []
    found: list[tuple[int, str]] = []
    deep = levels(said)
    start = 0
    for run in letters.runs(said, style):
        here = deep[start : start + len(run.text)]
        for level, group in groupby(zip(here, run.text, strict=True), lambda pair: pair[0]):
            found.append((level, "".join(letter for _, letter in group)))
        start += len(run.text)
    return found


@functools.lru_cache(maxsize=4096)
def _path(piece: Placed, gap: float) -> str:
    """The outlines of a piece, with some units more between its glyphs; y grows upwards."""
    parts: list[str] = []
    x, pen = 0.0, (0.0, 0.0)
    for place in piece.glyphs:
        glyph = _glyph(piece.font, place.glyph)
        if glyph.path:
            at = (x + place.x, place.y)
            parts.append(f"m{_said(at[0] - pen[0], at[1] - pen[1])}{glyph.path}")
            pen = (at[0] + glyph.end[0], at[1] + glyph.end[1])
        x += place.advance + gap
    return "".join(parts)


@functools.cache
def _glyph(font: uharfbuzz.Font, glyph: int) -> _Glyph:
    pen = _Pen()
    font.draw_glyph(glyph, _draw_functions(), pen)
    return _Glyph("".join(pen.path), pen.at)


@functools.cache
def _draw_functions() -> uharfbuzz.DrawFuncs:
    import uharfbuzz

    functions = uharfbuzz.DrawFuncs()
    functions.set_move_to_func(lambda x, y, pen: pen.move(x, y))
    functions.set_line_to_func(lambda *said: said[-1].draw("l", said[:-1]))
    functions.set_quadratic_to_func(lambda *said: said[-1].draw("q", said[:-1]))
    functions.set_cubic_to_func(lambda *said: said[-1].draw("c", said[:-1]))
    functions.set_close_path_func(lambda pen: pen.close())
    return functions


@dataclass
class _Pen:
    """Draws with steps from where it is: the same path wherever the letter stands."""

    path: list[str] = field(default_factory=list)
    at: tuple[float, float] = (0.0, 0.0)
    start: tuple[float, float] = (0.0, 0.0)

    def move(self, x: float, y: float) -> None:
        self.path.append(f"m{_said(x - self.at[0], y - self.at[1])}")
        self.at = self.start = (x, y)

    def draw(self, command: str, numbers: Sequence[float]) -> None:
        steps = (n - self.at[place % 2] for place, n in enumerate(numbers))
        self.path.append(command + _said(*steps))
        self.at = (numbers[-2], numbers[-1])

    def close(self) -> None:
        self.path.append("z")
        self.at = self.start


def _said(*numbers: float) -> str:
    return " ".join(f"{number:.6g}" for number in numbers)
