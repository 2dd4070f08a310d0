"""Texts of pictures in pixels: outlines that stand where browsers put letters."""

from __future__ import annotations

import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from archdoc.render import Job, Picture, find_engines, render
from archdoc.render.letters import Letters
from archdoc.render.outlines import outline
from archdoc.render.png import SCALE
from archdoc.render.svg import SVG
from archdoc.render.widths import drawn_width
from helpers import INTERNATIONAL
from looks import different

_ALIKE = 0.01
"""How much may look otherwise: browsers smooth letters in their own ways."""
_STYLES = {
    "plain": "", "bold": 'font-weight="bold"', "italic": 'font-style="italic"',
    "bolditalic": 'font-weight="bold" font-style="italic"',
}  # fmt: skip
_LABELED = f"""@startuml
rectangle "An AV To, **bold**, //italic// and **//both//**" as a
rectangle "{INTERNATIONAL} قسم (2) e\u0301" as b
a --> b : <b>Asks</b> a question\\nof two lines
@enduml
"""
_ALIKE_IN_A_WORD = 0.015
"""The same where there is nothing but a word: a square is more of it."""
_WORDS = (
    # Vowels that are drawn in two parts, of which one may stand before its letter.
    "น้ำ", "ทำงาน", "ນ້ຳ", "கொடு கோ கௌ", "কোটি", "കോ", "କୋଟି", "කොළ", "កោ", "ಕೋಟಿ", "क़ऩ",
    # Letters that make another one with the next.
    "Tie\u0302\u0301ng", "Tiê\u0301ng", "か\u3099", "\u1112\u1161\u11ab",
    # Marks on letters that have some already, and on letters that no mark is made for.
    "ẹ̀kọ́", "ọ̀rọ̀", "x\u0301\u0323", "q\u0308",
    # Numbers among letters that are read from the right.
    "שלום 123.", "التاريخ 2026-11-27", "50% خصم",
)  # fmt: skip


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(device_scale_factor=SCALE, color_scheme="light")
    yield page
    page.close()


def _text(attributes: str, said: str) -> ET.Element:
    return ET.fromstring(
        f'<svg xmlns="{SVG}"><g><text y="20" font-size="10" {attributes}>{said}</text></g></svg>'
    )


def _letters() -> Letters:
    return Letters.of(find_engines(os.environ), ())


def _outlined(root: ET.Element) -> list[ET.Element]:
    outline(root, _letters())
    assert not [*root.iter(f"{{{SVG}}}text")]
    return [*root.iter(f"{{{SVG}}}path")]


def _reach(path: ET.Element) -> tuple[float, float]:
    """From where to where an outline reaches: where its strokes end, which curves hardly leave."""
    placed = re.fullmatch(r"translate\((\S+) \S+\) scale\((\S+) \S+\)", path.get("transform", ""))
    assert placed
    at, start, found = 0.0, 0.0, list[float]()
    for command, numbers in re.findall("([a-z])([^a-z]*)", path.get("d", "")):
        steps = [float(number) for number in numbers.split()]
        at = start if command == "z" else at + steps[-2]
        start = at if command == "m" else start
        found += [at] if command in "lqc" else []
    left, unit = float(placed[1]), float(placed[2])
    return left + min(found) * unit, left + max(found) * unit


def _shot(page: Page, svg: bytes) -> bytes:
    root = ET.fromstring(svg)
    size = [round(float(root.get(side, 0))) for side in ("width", "height")]
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.set_content(f"<body style='margin:0;overflow:hidden'>{svg.decode()}")
    page.evaluate("document.fonts.ready")
    return page.screenshot()


@pytest.mark.parametrize("language", ["plantuml", "dot"])
def test_pixels_show_what_browsers_show(
    language: str, tmp_path: Path, page: Page, engines: None
) -> None:
    dot = f'digraph {{ a [label="AV To, {INTERNATIONAL}"] a -> b [label="Asks it"] }}'
    job = (
        Job("a", "plantuml", _LABELED, "t", png=True)
        if language == "plantuml"
        else Job("a", "dot", dot, "t", png=True)
    )
    (picture,) = render([job], cache_dir=tmp_path)
    assert isinstance(picture, Picture)
    assert picture.png is not None
    shown = _shot(page, picture.svg)
    page.evaluate("document.querySelectorAll('text').forEach((text) => text.remove())")
    without = page.screenshot()

    assert different(page, picture.png, shown) < _ALIKE
    assert different(page, picture.png, without) > 5 * _ALIKE


def test_words_of_every_script_are_in_pixels_what_they_are_in_browsers(
    tmp_path: Path, page: Page, engines: None
) -> None:
    jobs = [
        Job(f"w{place}", "dot", f'digraph {{ a [shape=plain, fontsize=40, label="{word}"] }}', "t",
            png=True)
        for place, word in enumerate(_WORDS)
    ]  # fmt: skip
    found = dict[str, float]()
    for word, picture in zip(_WORDS, render(jobs, cache_dir=tmp_path), strict=True):
        assert isinstance(picture, Picture)
        assert picture.png is not None
        found[word] = different(page, picture.png, _shot(page, picture.svg))

    assert {word: much for word, much in found.items() if much > _ALIKE_IN_A_WORD} == {}


@pytest.mark.parametrize("style", _STYLES)
def test_letters_fill_the_room_that_a_text_has(style: str, engines: None) -> None:
    for adjust in ("spacing", "spacingAndGlyphs"):
        said = f'x="7" textLength="60" lengthAdjust="{adjust}" {_STYLES[style]}'
        (path,) = _outlined(_text(said, "HnnH"))
        left, right = _reach(path)

        assert 7 < left < 10, adjust
        assert 64 < right < 67, adjust


def test_a_text_stands_around_its_middle(engines: None) -> None:
    root = _text('x="50" text-anchor="middle"', "HoH")
    wide = drawn_width(root[0][0], _letters())
    left, right = _reach(*_outlined(root))

    assert (left + right) / 2 == pytest.approx(50, abs=0.1)
    assert right - left == pytest.approx(wide, rel=0.15)


def test_what_is_around_letters_is_as_wide_as_it_was(engines: None) -> None:
    """The path is in units of the font, of which there are a thousand in a letter's height."""
    around = 'x="1" stroke="#fff" stroke-width="3" paint-order="stroke" fill="#123456"'
    (path,) = _outlined(_text(around, "H"))

    assert float(path.get("stroke-width", 0)) == pytest.approx(300)
    assert (path.get("fill"), path.get("paint-order")) == ("#123456", "stroke")
    assert "font-size" not in path.keys()  # noqa: SIM118 - attributes of an element, not parts


def test_blanks_are_as_in_svg(engines: None) -> None:
    """One where there are several, but for a text that says that they are to be kept."""
    narrow, wide = 'x="1"', 'x="1" xml:space="preserve"'
    (usual,), (several,), (kept,) = (
        _outlined(_text(said, text))
        for said, text in ((narrow, "a b"), (narrow, " a  b "), (wide, " a  b "))
    )

    assert usual.attrib == several.attrib
    assert _reach(kept)[1] > _reach(usual)[1] + 3
    assert _outlined(_text('x="1" textLength="5"', " ")) == []


def test_what_is_read_from_the_right_stands_from_the_right(engines: None) -> None:
    pieces = _outlined(_text('x="0"', "a שלום b"))
    reaches = [_reach(piece) for piece in pieces]

    assert len(pieces) == 3
    assert all(one[1] <= other[0] for one, other in pairwise(reaches))
