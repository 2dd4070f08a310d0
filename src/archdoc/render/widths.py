"""How wide texts are drawn, where an engine does not say so."""

from __future__ import annotations

import functools
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from pathlib import Path

from archdoc.render.engines import FONT_FILES
from archdoc.render.svg import style_of


def width_with(fonts: Path) -> Callable[[ET.Element], float]:
    """What measures a text of a picture, in the picture's units; `fonts` is the fonts' folder."""

    def width(text: ET.Element) -> float:
        said = text.get("textLength")
        if said is not None:
            return float(said)
        advances, usual = _advances(fonts / FONT_FILES[style_of(text)])
        ems = sum(advances.get(ord(letter), usual) for letter in text.text or "")
        return ems * float(text.get("font-size", 0))

    return width


@functools.cache
def _advances(font: Path) -> tuple[Mapping[int, float], float]:
    """How far each letter of a font reaches, in ems; and letters that it does not have."""
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as opened:
        em, metrics = opened["head"].unitsPerEm, opened["hmtx"]
        letters = opened.getBestCmap()
        return {code: metrics[name][0] / em for code, name in letters.items()}, 1.0
