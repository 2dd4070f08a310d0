"""How letters become shapes of a font: joined, in their order, and each in its place."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import uharfbuzz

LAYOUT_TABLES = ("BASE", "GDEF", "GPOS", "GSUB")
"""Those that say how letters are joined, kerned, and where their marks stand."""


class Glyph(NamedTuple):
    """One of a font's shapes, in the font's units: where it is drawn, and how far it reaches."""

    glyph: int
    x: int
    y: int
    advance: int


class Placed(NamedTuple):
    """A piece of a text whose letters are shaped and joined, from the left."""

    font: uharfbuzz.Font
    glyphs: tuple[Glyph, ...]

    @property
    def advance(self) -> float:
        """How far it reaches, in ems."""
        return sum(glyph.advance for glyph in self.glyphs) / float(self.font.face.upem)


def shaped(font: uharfbuzz.Font, text: str, direction: str = "") -> Iterator[Glyph]:
    """The shapes of a text of one direction, from the left."""
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    if direction:
        buffer.direction = direction
    uharfbuzz.shape(font, buffer)
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True):
        yield Glyph(info.codepoint, place.x_offset, place.y_offset, place.x_advance)


@functools.cache
def opened(file: Path, index: int) -> uharfbuzz.Face:
    """A font of a file, of which only what is needed is read. Raises OSError, ValueError."""
    import uharfbuzz

    if not file.is_file():
        raise FileNotFoundError(f"there is no font {file}")
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file)), index)


@functools.cache
def font_of(file: Path, index: int, weight: int | None = None) -> uharfbuzz.Font:
    """A font in one weight, where it has several."""
    import uharfbuzz

    font = uharfbuzz.Font(opened(file, index))
    if weight is not None:
        font.set_variations({"wght": weight})
    return font


@functools.cache
def letter_by_letter(file: Path) -> uharfbuzz.Font:
    """A font as browsers set its copy in a picture, which has no tables of layout (`fontface`).

    Without them HarfBuzz centres marks above any letter; ours has places for marks on a few.
    """
    import uharfbuzz

    def table(_: uharfbuzz.Face, tag: str, __: object) -> bytes | None:
        return None if tag in {*LAYOUT_TABLES, "kern"} else _table(file, tag)

    return uharfbuzz.Font(uharfbuzz.Face.create_for_tables(table, None))


@functools.cache
def _table(file: Path, tag: str) -> bytes:
    """A table of a font; kept, since HarfBuzz reads it where it is."""
    return bytes(opened(file, 0).reference_table(tag).data)


def asked_for(font: uharfbuzz.Font, text: str) -> frozenset[str]:
    """A text's letters, and those that may be drawn in their place: their parts, what they make.

    The parts of a vowel stand on both sides of its letter. HarfBuzz says what it asks a font for.
    """
    import uharfbuzz

    found = set(text)

    def glyph_of(_: uharfbuzz.Font, code: int, __: object) -> int:
        glyph = font.get_nominal_glyph(code)
        if glyph is not None:
            found.add(chr(code))
        return glyph or 0

    functions = uharfbuzz.FontFuncs()
    functions.set_nominal_glyph_func(glyph_of)
    spied = uharfbuzz.Font(font.face)
    spied.funcs = functions
    list(shaped(spied, text))
    return frozenset(found)
