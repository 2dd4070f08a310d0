"""Pictures on a telephone: wider than the screen, and still of use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page

from archdoc.pipeline import Report

_IS_INSIDE = """(figure) => {
  const frame = figure.querySelector(".archdoc-picture").getBoundingClientRect();
  return [...figure.querySelectorAll("[data-source].archdoc-lit")].every((arrow) => {
    const { left, right, top, bottom } = arrow.getBoundingClientRect();
    return left >= frame.left && right <= frame.right && top >= 0 && bottom <= innerHeight;
  });
}"""
_IS_WIDER = "(picture) => picture.scrollWidth > picture.clientWidth"


@pytest.fixture
def page(browser: Browser, built: Report) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto((built.folder / "site" / "views.html").as_uri())
    yield page
    page.close()


def _press(figure: Locator, title: str) -> None:
    figure.locator(f'button[title="{title}"]').click()


def test_a_step_is_brought_into_view_and_its_words_stand_apart(page: Page) -> None:
    figure = page.locator(".archdoc-figure[data-kind=dynamic]").first
    said = []
    for _ in range(7):
        _press(figure, "Next step")
        said.append(figure.locator(".archdoc-step").inner_text())
        assert figure.evaluate(_IS_INSIDE), said[-1]

    assert "3 of 7: Django → Redis: Looks into the cache" in said


def test_all_of_a_picture_is_shown_when_it_is_asked_for_and_large_again_by_plus(
    page: Page,
) -> None:
    figure = page.locator(".archdoc-figure").first
    picture = figure.locator(".archdoc-picture")

    assert picture.evaluate(_IS_WIDER)
    _press(figure, "Show all")
    assert not picture.evaluate(_IS_WIDER)
    _press(figure, "Zoom in")
    assert picture.evaluate(_IS_WIDER)


def test_names_in_code_are_whole_in_tables_which_scroll_and_the_page_does_not(
    page: Page, built: Report
) -> None:
    for path in ("keys.html", "kinds.html", "commands.html"):
        page.goto((built.folder / "site" / path).as_uri())
        page.locator(".md-typeset__scrollwrap").first.wait_for()
        broken = page.locator("td code").evaluate_all(
            """all => all.filter((one) => /^\\w+$/.test(one.textContent)
              && one.getClientRects().length > 1).map((one) => one.textContent)"""
        )

        assert broken == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert page.locator(".md-typeset__scrollwrap").evaluate_all(
        "all => all.some((one) => one.scrollWidth > one.clientWidth)"
    )


def test_a_long_title_is_no_wider_than_the_screen_without_scripts(
    browser: Browser, built: Report
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    (long,) = (built.folder / "site" / "decisions").glob("0002-*.html")
    page.goto(long.as_uri())

    assert page.evaluate("document.documentElement.scrollWidth") == 360
    context.close()
