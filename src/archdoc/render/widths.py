"""How wide texts are drawn, where an engine does not say so."""

from __future__ import annotations

import functools
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

from archdoc.render.engines import FONT_FILES
from archdoc.render.letters import Letters, width_in
from archdoc.render.svg import style_of


def width_with(letters: Letters) -> Callable[[ET.Element], float]:
    """What measures a text of a picture, in the picture's units."""

    def width(text: ET.Element) -> float:
        said = text.get("textLength")
        return float(said) if said is not None else drawn_width(text, letters)

    return width


def drawn_width(text: ET.Element, letters: Letters) -> float:
    """How wide its fonts make a text, whatever room it has."""
    style = style_of(text)
    advance = _advances(letters.ours / FONT_FILES[style])
    ems = sum(
        sum(map(advance, run.text)) if run.face is None else width_in(run.face, run.text, style)
        for run in letters.runs(text.text or "", style)
    )
    return ems * float(text.get("font-size", 0))


@functools.cache
def _advances(file: Path) -> Callable[[str], float]:
    """How far a letter of a font reaches, in ems; one that it does not have takes a whole one."""
    import uharfbuzz

    face = uharfbuzz.Face(file.read_bytes())
    font = uharfbuzz.Font(face)

    def advance(letter: str) -> float:
        glyph = font.get_nominal_glyph(ord(letter))
        return 1.0 if glyph is None else font.get_glyph_h_advance(glyph) / face.upem

    return advance
