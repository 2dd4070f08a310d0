"""Letters that our font lacks: Arabic, Chinese, emoji and others, in every picture."""

from __future__ import annotations

import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, sync_playwright

from archdoc.cli.doctor import _engine
from archdoc.pipeline import draw, lacking_letters, sources
from archdoc.render import Job, Picture, find_engines, letters, page_font_css, render, shaping
from archdoc.render.bidi import in_visual_order, is_right_to_left, levels
from archdoc.render.letters import Letters, width_in
from archdoc.render.picoweb import font_configuration
from archdoc.source import load_model
from archdoc.views import diagrams
from conftest import OFFLINE

ARABIC, HEBREW, CHINESE, JAPANESE, KOREAN = "خدمة الدفع", "שלום", "支付服务", "お支払い", "결제"
_SHOWN = """() => [...document.querySelectorAll("text")].map((text) => {
    const said = text.getAttribute("textLength");
    text.removeAttribute("textLength");
    return [text.textContent, Number(said), text.getComputedTextLength(),
            text.getAttribute("lengthAdjust"), text.getBBox().x];
})"""


@pytest.fixture(scope="module")
def page(chromium: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(OFFLINE))
        yield browser.new_page(viewport={"width": 600, "height": 400})
        browser.close()


_MIRRORED = str.maketrans("()", ")(")
"""HarfBuzz does that."""
_LANGUAGES: tuple[Literal["plantuml", "dot"], ...] = ("plantuml", "dot")


def _plantuml(*labels: str) -> str:
    boxes = "\n".join(f'rectangle "{label}" as a{n}' for n, label in enumerate(labels))
    return f"@startuml\n{boxes}\n@enduml\n"


def _dot(label: str) -> str:
    return f'digraph {{ a [label="{label}"] }}'


def _drawn(folder: Path, source: str, *, png: bool = False) -> Picture:
    job = Job("a", "plantuml", source, "t", png=png)
    (result,) = render([job], cache_dir=folder)
    assert isinstance(result, Picture), result
    return result


def _open(page: Page, svg: bytes) -> None:
    page.set_content(f"<body style='margin:0'>{svg.decode()}")
    page.evaluate("document.fonts.ready")


def _letters(said: str = "") -> Letters:
    return Letters.of(find_engines(os.environ), [said])


def test_labels_have_as_much_room_as_browsers_take_to_join_them(
    tmp_path: Path, page: Page, engines: None
) -> None:
    said = (ARABIC, HEBREW, CHINESE, JAPANESE, KOREAN, "🚀 ❤️ 👩<U+200D>💻", "भुगतान सेवा", "ไทย")
    _open(page, _drawn(tmp_path, _plantuml(*said)).svg)
    shown = page.evaluate(_SHOWN)

    assert len(shown) == len(said)
    for text, room, wide, adjust, _ in shown:
        assert room == pytest.approx(wide, rel=0.01), text
        assert adjust == "spacingAndGlyphs"


def test_arabic_letters_are_joined(tmp_path: Path, page: Page, engines: None) -> None:
    word = "خدمة"
    _open(page, _drawn(tmp_path, _plantuml(word)).svg)
    (shown,) = page.evaluate(_SHOWN)
    ((face, _),) = _letters().runs(word)
    assert face is not None
    joined, apart = width_in(face, word, "plain"), sum(width_in(face, c, "plain") for c in word)

    assert shown[2] == pytest.approx(14 * joined, rel=0.01)
    assert joined != pytest.approx(apart, rel=0.03)


def test_text_that_is_read_from_the_right_begins_there(
    tmp_path: Path, page: Page, engines: None
) -> None:
    svg = _drawn(tmp_path, _plantuml("(2) שלום")).svg
    _open(page, svg)
    ((_, _, _, _, left),) = page.evaluate(_SHOWN)
    (text,) = ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")

    assert (text.get("direction"), text.get("text-anchor")) == ("rtl", "end")
    assert left == pytest.approx(float(text.get("x", 0)), abs=1)
    assert page.evaluate(
        "() => { const t = document.querySelector('text');"
        "return t.getStartPositionOfChar(0).x > t.getStartPositionOfChar(5).x }"
    )


def test_letters_are_no_boxes(tmp_path: Path, page: Page, engines: None) -> None:
    """Boxes of the same width would look the same."""
    pairs = ("🚀🎉", "支付", "おす", "⚙☃")
    jobs = [
        Job(letter, language, _plantuml(letter) if language == "plantuml" else _dot(letter), "t",
            png=True)
        for letter in "".join(pairs)
        for language in _LANGUAGES
    ]  # fmt: skip
    jobs = [replace(job, name=f"{job.language}-{ord(job.name)}") for job in jobs]
    made = {picture.name: picture for picture in render(jobs, cache_dir=tmp_path)}
    for pair in pairs:
        for language in _LANGUAGES:
            shots, pixels = set(), set()
            for letter in pair:
                picture = made[f"{language}-{ord(letter)}"]
                assert isinstance(picture, Picture), picture
                _open(page, picture.svg)
                shots.add(page.screenshot())
                pixels.add(picture.png)
            assert len(shots) == len(pixels) == 2, (pair, language)


def test_two_runs_give_the_same_bytes(tmp_path: Path, engines: None) -> None:
    source = _plantuml(ARABIC, f"{JAPANESE} 🚀")
    one, other = (_drawn(tmp_path / name, source, png=True) for name in ("one", "other"))

    assert (one.svg, one.png) == (other.svg, other.png)


def test_latin_pictures_open_no_other_font(
    tmp_path: Path, engines: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shaping, "opened", pytest.fail)
    svg = _drawn(tmp_path, _plantuml("Web server"), png=True).svg

    assert b"Noto" not in svg
    assert b"unicode-range" not in svg
    assert 'lengthAdjust="spacing"' in svg.decode()


def test_java_is_told_of_other_fonts_as_fallbacks() -> None:
    files = dict.fromkeys(("plain", "bold", "italic", "bolditalic"), Path("/more/emoji.ttf"))
    lines = font_configuration(Path("/fonts"), {"Noto Emoji": files}).splitlines()

    assert "filename.Noto_Emoji_bold=/more/emoji.ttf" in lines
    assert "dialog.bold.more-0=Noto Emoji bold" in lines
    assert lines[-2:] == ["sequence.allfonts=latin-1", "sequence.fallback=more-0"]
    assert "sequence.fallback" not in font_configuration(Path("/fonts"))


def test_pages_bring_the_fonts_of_all_their_pictures(tmp_path: Path, engines: None) -> None:
    svgs = [_drawn(tmp_path, _plantuml(said)).svg for said in (JAPANESE, KOREAN)]
    css = page_font_css(svgs, {**os.environ, "ARCHDOC_CACHE_DIR": str(tmp_path)})

    assert set(re.findall("Noto Sans CJK ..", css)) == {"Noto Sans CJK JP", "Noto Sans CJK KR"}


def test_what_is_drawn_as_one_comes_from_one_font(engines: None) -> None:
    runs = [(run.face and run.face.family, run.text) for run in _letters().runs("1 1️⃣ 👩‍💻🇩🇪a")]

    assert runs == [(None, "1 "), ("Noto Emoji", "1️⃣"), (None, " "), ("Noto Emoji", "👩‍💻🇩🇪"),
                    (None, "a")]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "family"), [(CHINESE, "SC"), (f"{JAPANESE}支", "JP"), (f"{KOREAN}支", "KR")]
)
def test_east_asian_letters_look_as_their_language_writes_them(
    said: str, family: str, engines: None
) -> None:
    assert {run.face and run.face.family for run in _letters(said).runs(said)} == {
        f"Noto Sans CJK {family}"
    }


_MODEL = """name: M
people: {user: {name: User}}
systems: {shop: {name: Shop, containers: {web: {name: "Web \U00013001\U00013000"}}}}
relationships: [user -> web: Requests]
"""


def test_letters_that_no_font_has_are_named(tmp_path: Path, engines: None) -> None:
    (tmp_path / "model.yaml").write_text(_MODEL, "utf-8")
    loaded = load_model(tmp_path / "model.yaml")
    wanted = sources(diagrams(loaded.model))
    (found,) = lacking_letters(loaded, wanted, draw(wanted, png=False))

    assert (found.code, found.severity.value) == ("missing-letter", "warning")
    assert "no font has \U00013000 (U+13000), \U00013001 (U+13001)" in found.message
    assert found.span is not None


def test_without_the_wheels_pictures_are_as_before_and_the_lack_is_said(
    tmp_path: Path, engines: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = find_engines(os.environ)
    none = {
        name: replace(getattr(found, name), path=None, origin="missing", remedy="install")
        for name in ("more_fonts", "cjk_fonts")
    }
    for module in ("run", "letters"):
        monkeypatch.setattr(
            f"archdoc.render.{module}.find_engines", lambda _: replace(found, **none)
        )
    svg = _drawn(tmp_path, _plantuml("🚀"), png=True).svg
    lacks = letters.lacking({"rocket": svg, "ours": "<svg>é×</svg>".encode()})

    assert b"Noto" not in svg
    assert lacks == {"rocket": letters.Lack(("🚀",), "install")}
    assert _engine(none["more_fonts"], None)[2] == "optional"


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("אב", "בא"),
        ("אב (2).", ".(2) בא"),
        ("אב Django 4.2", "Django 4.2 בא"),
        ("Django אב 1.5 גד x", "Django דג 1.5 בא x"),
        ("a אב", "a בא"),
        ("plain", "plain"),
    ],
)
def test_letters_stand_where_unicode_says(said: str, seen: str) -> None:
    pieces = list(zip(levels(said), said, strict=True))
    shown = in_visual_order(pieces)

    assert "".join(c.translate(_MIRRORED) if level % 2 else c for level, c in shown) == seen
    assert is_right_to_left(said) == (said[0] > "\u0590")
