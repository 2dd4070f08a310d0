"""Which font draws which letter: ours, or one of those for letters that ours lacks.

Letters that are drawn as one (a letter and its marks, the parts of a joined emoji) come from one
font, as in browsers. Fonts are opened when a text first needs one: Latin letters open none.
"""

from __future__ import annotations

import functools
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from archdoc.render.engines import FONT_FILES, Engines, find_engines
from archdoc.render.shaping import Placed, asked_for, font_of, letter_by_letter, shaped
from archdoc.render.svg import texts_in

if TYPE_CHECKING:
    import uharfbuzz

WEIGHTS = {"plain": 400, "bold": 600, "italic": 400, "bolditalic": 600}
"""How heavy each style is: these fonts are variable, and ours has one file a style."""

_FAMILIES = (
    "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Armenian", "Noto Sans Georgian",
    "Noto Sans Devanagari", "Noto Sans Bengali", "Noto Sans Gurmukhi", "Noto Sans Gujarati",
    "Noto Sans Oriya", "Noto Sans Tamil", "Noto Sans Telugu", "Noto Sans Kannada",
    "Noto Sans Malayalam", "Noto Sans Sinhala", "Noto Sans Thai", "Noto Sans Lao",
    "Noto Sans Myanmar", "Noto Sans Khmer", "Noto Sans Ethiopic", "Noto Emoji",
    "Noto Sans Symbols",
)  # fmt: skip
"""In the order in which they are asked."""
_JAPANESE = re.compile("[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9d]")
_KOREAN = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_FOREIGN = re.compile(r"[^\x00-\x7f\xa0]")
"""What has to be looked up; a space is never seen."""
_JOINER, _VARIANTS = "\u200d", range(0xFE00, 0xFE10)
_SKIN_TONES, _FLAGS = range(0x1F3FB, 0x1F400), range(0x1F1E6, 0x1F200)
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"}


@dataclass(frozen=True, slots=True)
class Lack:
    """Letters of a picture that are drawn as empty boxes, and how to get more fonts, if any."""

    letters: tuple[str, ...]
    remedy: str


class Face(NamedTuple):
    """One of the fonts for letters that ours lacks."""

    family: str
    file: Path
    number: int = 0
    """Which of the fonts in the file."""


class Run(NamedTuple):
    """A piece of a text in one font."""

    face: Face | None
    """None: our own."""
    text: str


@dataclass(frozen=True, slots=True)
class Letters:
    """The fonts of a picture. A folder that is None has no fonts."""

    ours: Path
    more: Path | None
    cjk: Path | None
    cjk_face: tuple[str, int] = ("SC", 2)
    """Chinese, Japanese and Korean write the same letters in shapes of their own."""

    @classmethod
    def of(cls, engines: Engines, said: Iterable[str]) -> Letters:
        """Those for a picture that holds these texts."""
        folders = (engines.fonts.path or Path(), engines.more_fonts.path, engines.cjk_fonts.path)
        foreign = "".join(text for text in said if not text.isascii())
        if _JAPANESE.search(foreign):
            return cls(*folders, ("JP", 0))
        return cls(*folders, ("KR", 1)) if _KOREAN.search(foreign) else cls(*folders)

    def runs(self, text: str, style: str = "plain") -> list[Run]:
        """A text in pieces of one font each."""
        if self._are_ours(text, style):
            return [Run(None, text)]
        runs: list[Run] = []
        for cluster in _clusters(text):
            face = self._face(cluster, style)
            if runs and runs[-1].face == face:
                runs[-1] = Run(face, runs[-1].text + cluster)
            else:
                runs.append(Run(face, cluster))
        return runs

    def lacking(self, text: str) -> set[str]:
        """The letters of a text that no font has: they are drawn as empty boxes."""
        if self._are_ours(text, "plain"):
            return set()
        left = (run.text for run in self.runs(text) if run.face is None)
        ours = self.ours / FONT_FILES["plain"]
        return {c for text in left for c in text if not _is_unseen(c) and not _has(ours, 0, c)}

    def _are_ours(self, text: str, style: str) -> bool:
        file = self.ours / FONT_FILES[style]
        return text.isascii() or all(c.isascii() or _has(file, 0, c) for c in set(text))

    def _face(self, cluster: str, style: str) -> Face | None:
        """The font that has all of what is drawn as one, else that of its first letter, else ours.

        What is not seen, such as a space, is ours too.
        """
        seen = [letter for letter in cluster if not _is_unseen(letter)]
        for wanted in (seen, seen[:1]):
            if all(_has(self.ours / FONT_FILES[style], 0, letter) for letter in wanted):
                return None
            for face in self._faces():
                if all(_has(face.file, face.number, letter) for letter in wanted):
                    return face
        return None

    def _faces(self) -> Iterator[Face]:
        if self.more is not None:
            for family in _FAMILIES:
                yield Face(family, self.more / f"{family.replace(' ', '')}[wght].ttf")
        if self.cjk is not None:
            language, index = self.cjk_face
            yield Face(f"Noto Sans CJK {language}", self.cjk / "NotoSansCJK-VF.otf.ttc", index)


def lacking(svgs: Mapping[str, bytes], environ: Mapping[str, str] = os.environ) -> dict[str, Lack]:
    """What no font has of pictures that were made, by their names; only of those that lack some.

    Letters that are ours in every picture cost a look at the texts, and no more.
    """
    shown = {name: "".join(text for _, text in texts_in(svg)) for name, svg in svgs.items()}
    said = {name: set(_FOREIGN.findall(text)) for name, text in shown.items()}
    if not any(said.values()):
        return {}
    engines = find_engines(environ)
    if engines.fonts.path is None or not engines.subsetter.found:
        return {}
    letters = Letters.of(engines, ())
    suspects = letters.lacking("".join(set().union(*said.values())))
    remedies = (font.remedy for font in (engines.more_fonts, engines.cjk_fonts) if not font.found)
    remedy = next(remedies, "")
    found: dict[str, Lack] = {}
    for name in (name for name, its_letters in said.items() if its_letters & suspects):
        if lacks := tuple(sorted(letters.lacking(shown[name]))):
            found[name] = Lack(lacks, remedy)
    return found


def width_in(face: Face, text: str, style: str) -> float:
    """How far a text reaches when its letters are shaped and joined, in ems."""
    font = font_of(face.file, face.number, WEIGHTS[style])
    return Placed(font, tuple(shaped(font, text))).advance


def placed_in(
    face: Face | None, text: str, style: str, letters: Letters, *, from_right: bool = False
) -> Placed:
    """A text of one font and one direction; the font None is our own."""
    font = _font_for(face, style, letters)
    return Placed(font, tuple(shaped(font, text, "rtl" if from_right else "ltr")))


@functools.lru_cache(maxsize=4096)
def drawn_with(run: Run, style: str, letters: Letters) -> frozenset[str]:
    """The letters that a font must have to draw a piece of a text."""
    return asked_for(_font_for(run.face, style, letters), run.text)


def _font_for(face: Face | None, style: str, letters: Letters) -> uharfbuzz.Font:
    if face is None:
        return letter_by_letter(letters.ours / FONT_FILES[style])
    return font_of(face.file, face.number, WEIGHTS[style])


@functools.cache
def _has(file: Path, index: int, letter: str) -> bool:
    return font_of(file, index).get_nominal_glyph(ord(letter)) is not None


def _clusters(text: str) -> Iterator[str]:
    """What is drawn as one (a simpler form of Unicode's grapheme clusters, UAX 29)."""
    cluster = ""
    for letter in text:
        if cluster and not _joins(cluster, letter):
            yield cluster
            cluster = ""
        cluster += letter
    if cluster:
        yield cluster


def _joins(cluster: str, letter: str) -> bool:
    """Whether a letter is drawn as one with those before it."""
    code = ord(letter)
    if code in _FLAGS:  # flags are pairs of them
        return len(cluster) == 1 and ord(cluster) in _FLAGS
    category = unicodedata.category(letter)
    return (
        category in {"Mn", "Mc", "Me", "Cf"}
        or code in _SKIN_TONES
        or (cluster[-1] == _JOINER and category == "So")
    )


def _is_unseen(letter: str) -> bool:
    return ord(letter) in _VARIANTS or unicodedata.category(letter) in _UNSEEN
