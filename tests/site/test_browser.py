"""The built site in a real browser, opened from disk as a newcomer would."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright

from archdoc.pipeline import Report
from conftest import OFFLINE
from site_pages import looked_at

# In the picture's own units: how far texts reach beyond the canvas, or beyond the box that they
# stand in, and whether an icon is missing.
_FAULTS = r"""
() => {
  const faults = [];
  for (const svg of document.querySelectorAll('.archdoc-picture svg')) {
    const canvas = svg.viewBox.baseVal;
    const frame = svg.getBoundingClientRect();
    const scale = frame.width / canvas.width;
    for (const text of svg.querySelectorAll('text')) {
      const box = text.getBoundingClientRect();
      const left = (box.left - frame.left) / scale, right = (box.right - frame.left) / scale;
      const top = (box.top - frame.top) / scale, bottom = (box.bottom - frame.top) / scale;
      if (left < -1 || top < -1 || right > canvas.width + 1 || bottom > canvas.height + 1)
        faults.push(`"${text.textContent}" leaves the picture`);
    }
    for (const group of svg.querySelectorAll('g.entity')) {
      const shape = group.querySelector('rect, path');
      if (!shape) continue;
      const outer = shape.getBoundingClientRect();
      for (const text of group.querySelectorAll('text')) {
        const inner = text.getBoundingClientRect();
        if (inner.left < outer.left - 1 || inner.right > outer.right + 1)
          faults.push(`"${text.textContent}" leaves its box`);
      }
    }
    for (const image of svg.querySelectorAll('image')) {
      const href = image.getAttribute('xlink:href') || image.getAttribute('href') || '';
      const place = new URL('../icons/', document.querySelector('link[rel=icon]').href).href;
      const own = new URL(href, location.href).href.startsWith(place);
      if (!href.startsWith('data:image/') && !own) faults.push(`icon ${href} is not the site's`);
    }
  }
  return faults;
}
"""


@pytest.fixture(scope="module")
def page(chromium: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(OFFLINE))
        yield browser.new_page(viewport={"width": 1280, "height": 900})
        browser.close()


@pytest.fixture
def said(page: Page) -> Iterator[list[str]]:
    """What the browser complains of, and every request that leaves the machine."""
    said: list[str] = []

    def console(message: object) -> None:
        kind, text = getattr(message, "type", ""), getattr(message, "text", "")
        if kind in {"error", "warning"}:
            said.append(text)

    def request(asked: object) -> None:
        url = str(getattr(asked, "url", ""))
        if not url.startswith(("file:", "data:", "blob:")):
            said.append(url)

    page.on("console", console)
    page.on("request", request)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield said
    page.remove_listener("console", console)
    page.remove_listener("request", request)


def test_every_page_opens_without_complaint_and_no_label_is_clipped(
    page: Page, built: Report, said: list[str]
) -> None:
    site = built.folder / "site"
    faults = {}
    for file in looked_at(site):
        page.goto(file.as_uri())
        page.evaluate("document.fonts.ready")
        found = page.evaluate(_FAULTS)
        if found:
            faults[file.name] = found

    assert said == []
    assert faults == {}


def test_a_click_on_an_element_opens_its_page(page: Page, built: Report) -> None:
    page.goto((built.folder / "site" / "index.html").as_uri())
    page.locator('.archdoc-picture g[data-element="app.django"]').first.click()

    assert page.url.endswith("/elements/app.django.html")
    assert page.locator("h1").inner_text().startswith("Django")


def test_pictures_are_drawn_with_the_font_that_they_were_measured_with(
    page: Page, built: Report
) -> None:
    page.goto((built.folder / "site" / "index.html").as_uri())
    page.evaluate("document.fonts.ready")

    assert page.evaluate("document.fonts.check('16px \"Source Sans Pro\"', 'Django')")


def test_a_node_in_a_picture_leads_to_its_row_below_the_header(page: Page, built: Report) -> None:
    page.goto((built.folder / "site" / "environments" / "aws-advanced.html").as_uri())
    page.locator('#picture-aws-plantuml a[href="#node.rds"]').click()
    row = page.locator("tr", has=page.locator('[id="node.rds"]'))
    page.wait_for_function("() => scrollY > 0")
    box, header = row.bounding_box(), page.locator(".md-header").bounding_box()

    assert page.url.endswith("aws-advanced.html#node.rds")
    assert box is not None
    assert header is not None
    assert header["height"] <= box["y"] + 8 < 300
    assert "DB" in row.inner_text()
