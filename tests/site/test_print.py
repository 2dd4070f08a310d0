"""Pages on paper: light, with whole pictures, and no more sheets than there is to read."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page

from archdoc.pipeline import Report

_SHEET = re.compile(rb"/Type\s*/Page\b")
_GROUND = "getComputedStyle(document.body).backgroundColor"
_PICTURE = "getComputedStyle(document.querySelector('.archdoc-picture')).backgroundColor"


def _page(browser: Browser, built: Report, name: str) -> Page:
    page = browser.new_page(color_scheme="dark")
    page.goto((built.folder / "site" / name).as_uri())
    return page


def test_paper_is_light_whatever_the_scheme_of_the_screen(browser: Browser, built: Report) -> None:
    page = _page(browser, built, "index.html")
    dark = [page.evaluate(_GROUND), page.evaluate(_PICTURE)]
    page.emulate_media(media="print")
    light = [page.evaluate(_GROUND), page.evaluate(_PICTURE)]
    page.close()

    white = {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    assert not white & {*dark}
    assert {*light} <= white


@pytest.mark.parametrize(("name", "most"), [("index.html", 6), ("environments.html", 6)])
def test_a_page_takes_few_sheets(browser: Browser, built: Report, name: str, most: int) -> None:
    """Thirty comparisons would be fifty sheets: those that nobody has opened stay closed."""
    page = _page(browser, built, name)
    sheets = len(_SHEET.findall(page.pdf(format="A4")))
    page.close()

    assert 1 <= sheets <= most


def test_what_was_opened_is_printed(browser: Browser, built: Report) -> None:
    page = _page(browser, built, "environments.html")
    change = page.locator(".archdoc-change").first
    change.locator("summary").click()
    page.emulate_media(media="print")

    assert change.locator("ul").first.is_visible()
    assert not page.locator(".archdoc-change").nth(1).locator("ul").first.is_visible()
    page.close()
