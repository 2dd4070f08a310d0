"""The real Mermaid in a real browser, set up as GitHub does it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from conftest import OFFLINE, skip
from npm_scripts import pinned, script

_DRAW = """
async ([id, text]) => {
  try {
    const place = document.getElementById('place');
    place.innerHTML = (await mermaid.render(id, text)).svg;
    return new XMLSerializer().serializeToString(place.firstElementChild);
  } catch (error) {
    return 'not drawn: ' + error.message;
  }
}
"""


class Mermaid:
    """Draws, in one browser page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))

    def draw(self, sources: Mapping[str, str]) -> dict[str, bytes]:
        """The picture of each source; fails for what Mermaid does not take."""
        drawn = {name: self.page.evaluate(_DRAW, ["picture", text])
                 for name, text in sources.items()}  # fmt: skip
        assert {n: said for n, said in drawn.items() if not said.startswith("<svg")} == {}
        return {name: svg.encode() for name, svg in drawn.items()}


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One for all versions: it takes seconds to start. Playwright runs once in a process."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(OFFLINE))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def started(browser: Browser) -> Callable[[Path], Mermaid]:
    """Starts a version in a page of its own, once whatever the order of the tests is."""

    @cache
    def start(code: Path) -> Mermaid:
        page = browser.new_page(offline=True)
        page.set_content("<!doctype html><div id=place></div>")
        page.add_script_tag(content=code.read_text("utf-8"))
        page.evaluate("mermaid.initialize({startOnLoad: false, securityLevel: 'strict'})")
        return Mermaid(page)

    return start


@pytest.fixture(params=pinned("mermaid"), ids=lambda pin: pin.version)
def mermaid(request: pytest.FixtureRequest, started: Callable[[Path], Mermaid]) -> Mermaid:
    """One of the pinned versions, without a network, and strict about what it takes."""
    code = script(request.param)
    if not code.exists():
        skip(f"{request.param.version} is missing: make npm")
    return started(code)
