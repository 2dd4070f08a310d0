"""No label lies over another one or over a box, none is clipped, and all have enough contrast."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from archdoc.pipeline import draw, sources
from archdoc.source import load_model
from archdoc.views import diagrams
from conftest import LARGER, OFFLINE, PROOF, REFERENCE

_MODELS = [REFERENCE, *(LARGER if PROOF else LARGER[1:2])]
"""Those whose pictures are looked at; a browser takes a minute for a larger one."""
_FAULTS = (Path(__file__).parent / "faults.js").read_text("utf-8")


@pytest.fixture(scope="module")
def page(chromium: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(OFFLINE))
        yield browser.new_page(viewport={"width": 1280, "height": 900})
        browser.close()


def _faults(page: Page, svg: bytes, scheme: str) -> list[str]:
    """What a person could not read; without the part of it that is the same in both schemes."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_content(f"<body style='margin:0'>{svg.decode()}")
    page.evaluate("document.fonts.ready")
    return list(page.evaluate(_FAULTS))


@pytest.mark.parametrize("path", _MODELS, ids=lambda path: path.stem)
def test_every_picture_can_be_read(path: Path, page: Page, engines: None) -> None:
    wanted = [s for s in sources(diagrams(load_model(path).model)) if s.is_drawn]
    drawn = draw(wanted, png=False)
    faults = {
        f"{name} ({scheme})": found
        for name, picture in drawn.pictures.items()
        for scheme in ("light", "dark")
        if (found := _faults(page, picture.svg, scheme))
    }

    assert not drawn.failures
    assert faults == {}


_RECT = '<rect x="20" y="2" width="60" height="30" fill="#fff"/>'
_BOX = f'<g class="entity" data-element="web">{_RECT}{{}}</g>'
_ARROW = '<g class="link"><text x="{x}" y="20" fill="{fill}">{said}</text></g>'

_TORN = '<g class="link"><path d="M200,5 L290,5"/><text x="2" y="30">Reads</text></g>'
_VPC = (
    '<g class="cluster" data-element="vpc"><rect x="1" y="1" width="298" height="38" fill="none"/>'
    '<image x="2" y="2" width="28" height="28"/></g>{}'
)


def _arrow(said: str, x: int, fill: str = "#000000") -> str:
    return _ARROW.format(said=said, x=x, fill=fill)


@pytest.mark.parametrize(
    ("drawing", "fault"),
    [
        (_arrow("Reads", 270), '"Reads" leaves the picture'),
        (_arrow("Reads", 2) + _arrow("Writes", 8), '"Reads" lies over "Writes"'),
        (_BOX.format("") + _arrow("Reads", 60), '"Reads" lies over the box web'),
        (_BOX.format('<text x="22" y="20">Web server</text>'), '"Web server" leaves its box'),
        (_TORN, '"Reads" is torn off its arrow'),
        (_VPC.format(_arrow("Reads", 8)), '"Reads" lies over the icon of vpc'),
        (_VPC.format('<g class="cluster" data-element="zone"><rect x="60" y="2" width="20" '
                     'height="30" fill="none"/><text x="62" y="20">Zone A</text></g>'),
         '"Zone A" leaves the boundary zone'),
        (_arrow("Pale", 2, "#aaaaaa"), '"Pale" has a contrast of 2.32'),
    ],
    ids=["clipped", "over another", "over a box", "out of its box", "torn off", "over an icon",
         "out of its boundary", "pale"],
)  # fmt: skip
def test_what_cannot_be_read_is_found(page: Page, drawing: str, fault: str) -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40" viewBox="0 0 300 40">'
        f'<rect width="300" height="40" fill="#ffffff"/>{drawing}</svg>'
    )

    assert _faults(page, svg.encode(), "light") == [fault]
