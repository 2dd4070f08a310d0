"""How wide texts are drawn, where an engine does not say so."""

from __future__ import annotations

import functools
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

from archdoc.render.engines import FONT_FILES
from archdoc.render.svg import style_of


def width_with(fonts: Path) -> Callable[[ET.Element], float]:
    """What measures a text of a picture, in the picture's units; `fonts` is the fonts' folder."""

    def width(text: ET.Element) -> float:
        said = text.get("textLength")
        if said is not None:
            return float(said)
        advance = _advances(fonts / FONT_FILES[style_of(text)])
        ems = sum(map(advance, text.text or ""))
        return ems * float(text.get("font-size", 0))

    return width


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
