"""Texts in other scripts than ours: their fonts, their widths, and from where they are read."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from archdoc.render.bidi import is_right_to_left
from archdoc.render.letters import Letters
from archdoc.render.svg import FONT_STACK, SVG, style_of
from archdoc.render.widths import drawn_width

_TEXT = f"{{{SVG}}}text"


def name_fonts(root: ET.Element, letters: Letters) -> None:
    """Name the fonts of texts that hold letters which ours lacks.

    Their letters may be joined, so they are fitted into their room as a whole, never letter by
    letter. They have no more room than the engine made, and stand in its middle where they need
    less: Java takes a joined emoji for several. Changes `root`.
    """
    for text in root.iter(_TEXT):
        runs = letters.runs(text.text or "", style_of(text))
        families = dict.fromkeys(run.face.family for run in runs if run.face is not None)
        if not families:
            continue
        ours, _, others = FONT_STACK.partition(", ")
        text.set("font-family", ", ".join((ours, *map("'{}'".format, families), others)))
        if text.get("textLength") is not None:
            room = float(text.get("textLength", 0))
            wide = min(room, drawn_width(text, letters))
            text.set("x", f"{float(text.get('x', 0)) + (room - wide) / 2:.4f}")
            text.set("textLength", f"{wide:.4f}")
            text.set("lengthAdjust", "spacingAndGlyphs")
        if is_right_to_left(text.text or ""):
            text.set("direction", "rtl")
            if text.get("text-anchor", "start") == "start":
                text.set("text-anchor", "end")  # where it is read to its end: at its left
