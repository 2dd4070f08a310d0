"""The fonts that a picture brings along: only the letters that it uses, and what these become.

Text in a picture is measured with one font; where that font is missing a browser squeezes another
one into the same width. Embedded as TrueType without compression: a compressed form would differ
with the compression library of each machine. Without kerning, too: Java measures without it, and
what the tables of layout hold is most of the work. Fonts of other scripts keep those tables: they
say how letters are joined.
"""

from __future__ import annotations

import base64
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from archdoc.kept import Cache, default_folder, key_of
from archdoc.render.engines import FONT_FAMILY, FONT_FILES, Engines, find_engines
from archdoc.render.finishing import finishing
from archdoc.render.letters import WEIGHTS, Face, Letters, drawn_with
from archdoc.render.shaping import LAYOUT_TABLES, opened
from archdoc.render.svg import texts_in

_UNUSED_TABLES = ("BASE", "STAT", "VORG", "vhea", "vmtx")
_CSS = {
    "plain": "",
    "bold": "font-weight:bold;",
    "italic": "font-style:italic;",
    "bolditalic": "font-weight:bold;font-style:italic;",
}
_ESCAPED = re.compile(r"<U\+([0-9A-F]{4,6})>")
_NAME_IDS = (1, 4)
"""Of family and font: without both Java ignores a font."""

_PAGE_STYLES: tuple[tuple[str, None], ...] = (("plain", None), ("bold", None))
_PAGE_RANGES = ((0x20, 0x7E), (0xA0, 0x17F), (0x2013, 0x2026), (0x2190, 0x2194), (0x2264, 0x2265))
_PAGE_LETTERS = frozenset(chr(n) for first, last in _PAGE_RANGES for n in range(first, last + 1))
"""Latin scripts, their punctuation, arrows: other text of a page is shown in the reader's fonts."""

Used = Mapping[tuple[str, Face | None], frozenset[str]]
"""Style and font → the letters that are drawn with them. The font None is our own."""


def letters_used(texts: Iterable[tuple[str, str]], letters: Letters) -> Used:
    """What draws texts with their styles."""
    used: dict[tuple[str, Face | None], set[str]] = defaultdict(set)
    for style, text in texts:
        for run in letters.runs(text, style):
            plain = run.text.isascii()
            used[style, run.face].update(run.text if plain else drawn_with(run, style, letters))
    return {key: frozenset(found) for key, found in used.items()}


def font_face_css(used: Used, fonts: Path) -> str:
    """`@font-face` rules; `fonts` is the folder of our own fonts.

    Raises OSError where a font is missing, ValueError where a file is none.
    """
    rules = [
        f"@font-face{{font-family:'{FONT_FAMILY}';{_CSS[style]}"
        f"src:url(data:font/ttf;base64,{_subset(fonts / FONT_FILES[style], used[style, None])})}}"
        for style in FONT_FILES
        if used.get((style, None))
    ]
    for face, style, found in _foreign(used):
        data = base64.b64encode(_piece(face, WEIGHTS[style], found)).decode()
        # Only these letters: the rest of a text stays in our font, digits and spaces too.
        ranges = ",".join(f"U+{ord(letter):X}" for letter in sorted(found))
        rules.append(
            f"@font-face{{font-family:'{face.family}';{_CSS[style]}unicode-range:{ranges};"
            f"src:url(data:font/ttf;base64,{data})}}"
        )
    return "".join(rules)


def write_fonts(
    sources: Iterable[str], engines: Engines, folder: Path
) -> dict[str, dict[str, Path]]:
    """Write the fonts of other scripts that diagrams in PlantUML need, for Java to measure with.

    Family → style → file; empty where all letters are ours.
    """
    said = {_unescaped(source) for source in sources}
    letters = Letters.of(engines, said)
    used = letters_used(((style, text) for style in FONT_FILES for text in said), letters)
    files: dict[str, dict[str, Path]] = defaultdict(dict)
    for face, style, found in _foreign(used):
        file = folder / f"{face.family} {WEIGHTS[style]}.ttf".replace(" ", "-")
        file.write_bytes(_named_by_weight(_piece(face, WEIGHTS[style], found), face, style))
        files[face.family][style] = file
    return {family: styles for family, styles in files.items() if len(styles) == len(FONT_FILES)}


def _foreign(used: Used) -> Iterator[tuple[Face, str, frozenset[str]]]:
    """What is not drawn in our own font, in an order of its own."""
    for face in sorted({face for _, face in used if face is not None}):
        for style in FONT_FILES:
            if (style, face) in used:
                yield face, style, used[style, face]


def _subset(font: Path, letters: frozenset[str]) -> str:
    import uharfbuzz

    face = uharfbuzz.Face(font.read_bytes())
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, letters))
    wanted.name_id_set.clear()
    wanted.drop_table_tag_set.update(_numbers(LAYOUT_TABLES))
    flags = uharfbuzz.SubsetFlags
    wanted.flags = flags.NO_HINTING | flags.NOTDEF_OUTLINE
    try:
        small = uharfbuzz.subset(face, wanted)
    except RuntimeError as error:
        raise ValueError(f"{font} is not a font that can be embedded") from error
    return base64.b64encode(small.blob.data).decode()


def _piece(font: Face, weight: int, letters: frozenset[str]) -> bytes:
    """Some letters of a font in one weight, with what joins them, and with its name."""
    import uharfbuzz

    face = opened(font.file, font.number)
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, {*letters, " "}))
    wanted.name_id_set.clear()
    wanted.name_id_set.update(_NAME_IDS)
    wanted.drop_table_tag_set.update(_numbers(_UNUSED_TABLES))
    wanted.pin_axis_location(face, "wght", weight)
    flags = uharfbuzz.SubsetFlags
    # Java reads outlines of the older form, and no variable ones.
    wanted.flags = flags.NO_HINTING | flags.NOTDEF_OUTLINE | flags.DOWNGRADE_CFF2
    try:
        return bytes(uharfbuzz.subset(face, wanted).blob.data)
    except RuntimeError as error:
        raise ValueError(f"{font.file} is not a font that can be embedded") from error


def _numbers(tags: Iterable[str]) -> Iterator[int]:
    return (int.from_bytes(tag.encode(), "big") for tag in tags)


def _named_by_weight(data: bytes, face: Face, style: str) -> bytes:
    """A font whose full name tells its weight: of two with one name, Java uses one."""
    name = opened(face.file, face.number).get_name(4) or ""
    other = f"{WEIGHTS[style]}{name}"[: len(name)]
    return data.replace(name.encode("utf-16-be"), other.encode("utf-16-be"))


def _unescaped(source: str) -> str:
    """A source of PlantUML with the letters that it names by number (plantuml.com/unicode)."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), source)


def page_font_css(svgs: Iterable[bytes], environ: Mapping[str, str] = os.environ) -> str:
    """The same for a page that shows several pictures, and is written in their font itself.

    Empty where the fonts are missing. Kept in the cache: a page's pictures seldom change.
    """
    pictures = [texts_in(svg) for svg in svgs]
    engines = find_engines(environ)
    if engines.fonts.path is None or not engines.subsetter.found:
        return ""
    used: dict[tuple[str, Face | None], frozenset[str]] = dict.fromkeys(_PAGE_STYLES, _PAGE_LETTERS)
    for texts in pictures:
        letters = Letters.of(engines, (text for _, text in texts))
        for drawn, found in letters_used(texts, letters).items():
            used[drawn] = used.get(drawn, frozenset()) | found
    facts = sorted((style, face or (), sorted(found)) for (style, face), found in used.items())
    cache = Cache(default_folder(environ))
    key = key_of(finishing(), engines.finishing, repr(facts))
    kept = cache.read(key)
    if kept is None:
        kept = font_face_css(used, engines.fonts.path).encode()
        cache.write(key, kept)
    return kept.decode()
