"""The font that a picture brings along: only the letters that it uses.

Text in a picture is measured with one font; where that font is missing a browser squeezes another
one into the same width. Embedded as TrueType without compression: a compressed form would differ
with the compression library of each machine. Without kerning, too: Java measures without it, and
what the tables of layout hold is most of the work.
"""

from __future__ import annotations

import base64
import os
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from archdoc.render.cache import Cache, default_folder, finishing, key_of
from archdoc.render.engines import FONT_FAMILY, FONT_FILES, find_engines
from archdoc.render.svg import texts as texts_of

_LAYOUT_TABLES = (b"BASE", b"GDEF", b"GPOS", b"GSUB")
_CSS = {
    "plain": "",
    "bold": "font-weight:bold;",
    "italic": "font-style:italic;",
    "bolditalic": "font-weight:bold;font-style:italic;",
}


def font_face_css(texts: Iterable[tuple[str, str]], fonts: Path) -> str:
    """`@font-face` rules for texts with their styles.

    Raises OSError where a font is missing, ValueError where a file is none.
    """
    letters: dict[str, set[str]] = defaultdict(set)
    for style, text in texts:
        letters[style] |= set(text)
    return "".join(
        f"@font-face{{font-family:'{FONT_FAMILY}';{_CSS[style]}"
        f"src:url(data:font/ttf;base64,{_subset(fonts / FONT_FILES[style], letters[style])})}}"
        for style in FONT_FILES
        if letters[style]
    )


def _subset(font: Path, letters: set[str]) -> str:
    import uharfbuzz

    face = uharfbuzz.Face(font.read_bytes())
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, letters))
    wanted.name_id_set.clear()
    wanted.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in _LAYOUT_TABLES)
    flags = uharfbuzz.SubsetFlags
    wanted.flags = flags.NO_HINTING | flags.NOTDEF_OUTLINE
    try:
        small = uharfbuzz.subset(face, wanted)
    except RuntimeError as error:
        raise ValueError(f"{font} is not a font that can be embedded") from error
    return base64.b64encode(small.blob.data).decode()


def page_font_css(svgs: Iterable[bytes], environ: Mapping[str, str] = os.environ) -> str:
    """The same for a page that shows several pictures; empty where the fonts are missing.

    Kept in the cache: a page's pictures seldom change.
    """
    texts = sorted({text for svg in svgs for text in texts_of(ET.fromstring(svg))})  # noqa: S314 - our own pictures
    engines = find_engines(environ)
    if engines.fonts.path is None or not engines.subsetter.found:
        return ""
    cache = Cache(default_folder(environ))
    key = key_of(finishing(), engines.fonts.version, *(part for text in texts for part in text))
    kept = cache.read(key)
    if kept is None:
        kept = font_face_css(texts, engines.fonts.path).encode()
        cache.write(key, kept)
    return kept.decode()
