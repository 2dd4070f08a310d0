"""The site works under the Content-Security-Policy that comes with it, and weighs little."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response

from archdoc.pipeline import Report, build
from archdoc.site import finish
from archdoc.source import load_model
from helpers import SMALL, write
from site_pages import looked_at
from site_server import serving

_WATCH = """
window.refused = [];
addEventListener('securitypolicyviolation',
  (event) => refused.push([event.violatedDirective, event.blockedURI, event.sample]));
"""
_ASSETS = Path(finish.__file__).parent / "assets"


def _header(site: Path) -> str:
    text = (site / "_headers").read_text("utf-8")
    [header] = re.findall(r"^  Content-Security-Policy: (.*)$", text, re.MULTILINE)
    return str(header)


@pytest.fixture(scope="module")
def strict(built: Report) -> Iterator[str]:
    site = built.folder / "site"
    with serving(site, {"Content-Security-Policy": _header(site)}) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.add_init_script(_WATCH)
    yield page
    page.close()


def test_no_page_does_what_the_policy_forbids(page: Page, strict: str, built: Report) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    site, refused = built.folder / "site", {}
    for file in looked_at(site):
        path = file.relative_to(site).as_posix()
        page.goto(f"{strict}/{path}")
        page.evaluate("document.fonts.ready")
        if found := page.evaluate("refused"):
            refused[path] = found

    assert refused == {}
    assert said == []


def test_pictures_search_and_schemes_work_under_the_policy(page: Page, strict: str) -> None:
    page.goto(f"{strict}/index.html")
    width = "document.querySelector('.archdoc-picture svg').viewBox.baseVal.width"
    whole = page.evaluate(width)
    page.get_by_role("button", name="Zoom in").first.click()
    page.locator(".md-header__button[title^='Switch to']").locator("visible=true").click()
    field = page.locator(".md-search__input")
    field.fill("django")
    field.press("Shift")
    page.locator(".md-search-result__link").first.wait_for()

    assert page.evaluate(width) < whole
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    assert page.evaluate("refused") == []


def test_the_policy_allows_no_other_host_and_nothing_unsafe(built: Report) -> None:
    header = _header(built.folder / "site")

    assert header.startswith("default-src 'self'; script-src 'self' 'sha256-")
    assert "unsafe" not in header
    assert "http" not in header
    assert "*" not in header


def test_a_script_that_gets_into_a_pages_text_does_not_run(
    page: Page, tmp_path: Path, engines: None
) -> None:
    model = write(tmp_path / "model", app=SMALL)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "mine.md").write_text(
        "# Mine\n\n| a |\n| ---: |\n| b |\n\n<script>document.title = 'taken over'</script>\n"
    )
    site = build(load_model(model), tmp_path / "build").folder / "site"
    with serving(site, {"Content-Security-Policy": _header(site)}) as address:
        page.goto(f"{address}/mine.html")
        directives = [directive for directive, *_ in page.evaluate("refused")]

        assert "taken over" not in page.title()
        assert directives == ["script-src-elem"]
        # What Python-Markdown writes for a column's side is allowed.
        assert page.locator("td").evaluate("cell => getComputedStyle(cell).textAlign") == "right"


def test_a_projects_own_headers_stay(tmp_path: Path, engines: None) -> None:
    model = write(tmp_path / "model", app=SMALL)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "_headers").write_text("/*\n  X-Mine: yes\n")
    site = build(load_model(model), tmp_path / "build").folder / "site"

    assert (site / "_headers").read_text() == "/*\n  X-Mine: yes\n"


def test_hashes_are_those_of_the_standard() -> None:
    """An example of Content Security Policy Level 3, section 8.5."""
    page = b"<script>alert('Hello, world.');</script>"

    assert "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='" in finish.policy([page])


def test_data_and_files_need_no_hash() -> None:
    page = b"""<script type="application/json">{}</script><script src="a.js"></script>
        <SCRIPT type=module>b()</SCRIPT><style>p{}</style><p style='color: red'>x</p>"""

    found = finish.policy([page])

    assert found.count("sha256-") == 3
    assert "style-src 'self' 'unsafe-hashes' 'sha256-" in found


def test_archdocs_own_scripts_and_styles_are_small_and_no_handler_is_inline(built: Report) -> None:
    assert sum(asset.stat().st_size for asset in _ASSETS.iterdir()) <= 30_000
    handler = re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=\s*[\"'][^<>]*>", re.IGNORECASE)
    for file in (built.folder / "site").rglob("*.html"):
        assert not handler.search(file.read_text("utf-8")), file


def _weight(browser: Browser, address: str, path: str) -> int:
    """All that a page loads to be shown, uncompressed, in bytes.

    Without the index of the site's search, which the theme fetches behind it, once for all pages.
    """
    page = browser.new_page()
    responses: list[Response] = []

    def note(response: Response) -> None:
        responses.append(response)

    page.on("response", note)
    page.goto(f"{address}/{path}")
    page.wait_for_load_state("networkidle")
    shown = [answer for answer in responses if answer.ok and "/search/" not in answer.url]
    weight = sum(len(answer.body()) for answer in shown)
    page.close()
    return weight


def test_no_page_weighs_more_than_a_megabyte(browser: Browser, address: str, built: Report) -> None:
    """With all that it loads; the three longest hold the most pictures, which load icons."""
    site = built.folder / "site"
    longest = sorted(site.rglob("*.html"), key=lambda file: -file.stat().st_size)[:3]
    paths = [file.relative_to(site).as_posix() for file in longest]
    weights = {path: _weight(browser, address, path) for path in paths}

    assert {path: weight for path, weight in weights.items() if weight > 1_000_000} == {}
    assert min(weights.values()) > 300_000  # the theme's own scripts and styles are among it
