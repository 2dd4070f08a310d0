"""Nothing on a page keeps people from using it: axe finds no violation, in either scheme."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from archdoc.pipeline import Report
from conftest import skip
from npm_scripts import pinned, script

_MADE = ("index", "views", "versions", "environments", "deployment-architecture", "model", "kinds")
"""At the top of the site: all that the model makes, and the longest of those written by hand."""
_RUN = """
async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(
  ({id, nodes}) => `${id}: ${nodes.length} × ${nodes[0].html.slice(0, 120)}`)
"""


@pytest.fixture(scope="module")
def axe() -> str:
    """What finds violations of the Web Content Accessibility Guidelines."""
    [pin] = pinned("axe-core")
    if not script(pin).exists():
        skip(f"{pin.version} is missing: make npm")
    return script(pin).read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_keeps_people_out(browser: Browser, built: Report, axe: str, scheme: str) -> None:
    """Pages in one folder are alike: the longest of each; at the top, those made from the model."""
    page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
    site, found = built.folder / "site", {}
    folders = {file.parent for file in site.rglob("*.html")} - {site}
    longest = [max(f.glob("*.html"), key=lambda file: file.stat().st_size) for f in folders]
    made = [site / f"{name}.html" for name in _MADE]
    chosen = sorted([*made, *longest])
    for file in chosen if scheme == "light" else chosen[::2]:  # they differ in colours only
        path = file.relative_to(site).as_posix()
        page.goto(file.as_uri())
        page.evaluate(axe)
        if violations := page.evaluate(_RUN):
            found[path] = violations
    page.close()

    assert found == {}
