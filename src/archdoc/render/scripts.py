"""Texts in other scripts than ours: their fonts, their widths, and from where they are read."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import groupby

from archdoc.render.bidi import in_visual_order, is_right_to_left, levels, mirrored
from archdoc.render.letters import Letters, Stroke, outline_in, width_in
from archdoc.render.svg import FONT_STACK, SVG, style_of
from archdoc.render.widths import drawn_width

_TEXT, _PATH = f"{{{SVG}}}text", f"{{{SVG}}}path"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PLACED = {"x", "textLength", "lengthAdjust", "direction", "text-anchor"}


def name_fonts(root: ET.Element, letters: Letters) -> bool:
    """Name the fonts of texts that hold letters which ours lacks; whether there are any.

    Their letters may be joined, so they are fitted into their room as a whole, never letter by
    letter. They have no more room than the engine made, and stand in its middle where they need
    less: Java takes a joined emoji for several. Changes `root`.
    """
    found = False
    for text in root.iter(_TEXT):
        runs = letters.runs(text.text or "", style_of(text))
        families = dict.fromkeys(run.face.family for run in runs if run.face is not None)
        if not families:
            continue
        found = True
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
    return found


def outlined(svg: bytes, letters: Letters) -> bytes:
    """The same picture with the letters of other scripts as outlines, for resvg.

    It would shape them in ways of its own, in any weight, and not from where they are read.
    """
    root = ET.fromstring(svg)  # noqa: S314 - our own picture
    for parent in list(root.iter()):
        for place, text in reversed(list(enumerate(parent))):
            if text.tag == _TEXT and _is_foreign(text, letters):
                parent[place : place + 1] = _pieces(text, letters)
    return ET.tostring(root, encoding="unicode").encode()


def _is_foreign(text: ET.Element, letters: Letters) -> bool:
    runs = letters.runs(text.text or "", style_of(text))
    return any(run.face is not None for run in runs)


def _pieces(text: ET.Element, letters: Letters) -> Iterator[ET.Element]:
    """A text in pieces of one font and one direction, from the left."""
    left, size = float(text.get("x", 0)), float(text.get("font-size", 0))
    if text.get("text-anchor") == "middle":
        left -= drawn_width(text, letters) / 2
    looks = {name: value for name, value in text.items() if name not in _PLACED}
    style = style_of(text)
    for level, said in in_visual_order(_levelled(text, letters)):
        face, from_right = letters.runs(said, style)[0].face, level % 2 == 1
        if face is None:
            piece = ET.Element(_TEXT, {**looks, "x": f"{left:.4f}", _SPACE: "preserve"})
            piece.text = mirrored(said) if from_right else said
            left += drawn_width(piece, letters)
        else:
            strokes = outline_in(face, said, style, from_right=from_right)
            path = _path(strokes, size, left, float(text.get("y", 0)))
            piece = ET.Element(_PATH, {**looks, "d": path})
            left += width_in(face, said, style) * size
        yield piece


def _path(strokes: list[Stroke], size: float, left: float, line: float) -> str:
    """Outlines as a path, with their origin at a point of the picture."""
    return "".join(
        stroke.command
        + " ".join(
            f"{line - n * size if place % 2 else left + n * size:.3f}"
            for place, n in enumerate(stroke.numbers)
        )
        for stroke in strokes
    )


def _levelled(text: ET.Element, letters: Letters) -> list[tuple[int, str]]:
    """Pieces of a text in one font and of one level each, in the order in which they are read."""
    found: list[tuple[int, str]] = []
    deep = levels(text.text or "")
    start = 0
    for run in letters.runs(text.text or "", style_of(text)):
        here = deep[start : start + len(run.text)]
        for level, group in groupby(zip(here, run.text, strict=True), lambda pair: pair[0]):
            found.append((level, "".join(letter for _, letter in group)))
        start += len(run.text)
    return found
