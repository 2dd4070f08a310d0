"""The main pages look as they did when somebody looked at them.

ARCHDOC_ACCEPT=1 accepts what they look like now; look at tests/site/screens/*.png then.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from archdoc.pipeline import Report
from looks import different

GOLDEN = Path(__file__).parent / "screens"
PAGES = {
    "start": "index.html",
    "pictures": "views.html",
    "element": "elements/app.django.html",
    "environment": "environments/aws-advanced.html",
    "versions": "versions.html",
    "decision": "decisions/0001-one-instance-until-traffic-grows.html",
}
_SCHEMES = ("light", "dark")
_TOLERANCE = 0.01
"""How much of a picture may look otherwise: other Chromiums smooth letters in other ways."""


@pytest.fixture(scope="module", params=_SCHEMES)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A browser of somebody who has chosen a scheme, at half the size: the files are small."""
    page = browser.new_page(
        viewport={"width": 1280, "height": 900},
        device_scale_factor=0.5,
        color_scheme=request.param,
        reduced_motion="reduce",
    )
    yield page
    page.close()


def _shot(page: Page, file: Path) -> bytes:
    page.goto(file.as_uri())
    page.evaluate("document.fonts.ready")
    return page.screenshot(animations="disabled", caret="hide")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_did_when_it_was_accepted(name: str, page: Page, built: Report) -> None:
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    now = _shot(page, built.folder / "site" / PAGES[name])
    golden = GOLDEN / f"{name}-{_SCHEMES[dark]}.png"
    if os.environ.get("ARCHDOC_ACCEPT"):
        golden.write_bytes(now)

    assert different(page, now, golden.read_bytes()) <= _TOLERANCE, golden.name


def test_what_looks_otherwise_is_seen(page: Page, built: Report) -> None:
    """A tolerance that lets everything pass would prove nothing."""
    file = built.folder / "site" / PAGES["start"]
    before = _shot(page, file)
    same = different(page, before, _shot(page, file))
    page.add_style_tag(content="html { font-size: 130% !important }")
    larger = different(page, before, page.screenshot(animations="disabled"))
    page.add_style_tag(content=".archdoc-picture { display: none !important }")
    gone = different(page, before, page.screenshot(animations="disabled"))

    assert same == 0
    assert larger > _TOLERANCE
    assert gone > _TOLERANCE
