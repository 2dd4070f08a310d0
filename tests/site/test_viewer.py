"""Pictures in the site as people use them: hover, zoom, keys, steps, switching, without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from archdoc.pipeline import Report

_STEP = ".archdoc-step"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 1600})
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    page.close()
    assert wrong == []


def _open(page: Page, built: Report, path: str) -> None:
    page.goto((built.folder / "site" / path).as_uri())


def _width(page: Page) -> float:
    """How much of the first picture is shown, in its own units."""
    return float(
        page.evaluate("document.querySelector('.archdoc-picture svg').viewBox.baseVal.width")
    )


def _faded(page: Page) -> set[str]:
    """Which elements of the first picture are not lit, while others are."""
    faded = ".archdoc-focus .entity:not(.archdoc-lit)"
    picture = page.locator(".archdoc-picture").first
    return set(picture.locator(faded).evaluate_all("all => all.map(one => one.dataset.element)"))


def test_what_belongs_to_an_element_stands_out_while_it_is_pointed_at(
    page: Page, built: Report
) -> None:
    _open(page, built, "index.html")
    page.locator('.archdoc-picture g[data-element="app.nginx"]').first.hover()
    faded = _faded(page)
    page.locator("h1").first.hover()

    assert faded == {"app.beat", "app.celery", "app.postgres", "app.redis"}
    assert _faded(page) == set()


def test_the_same_stands_out_for_those_who_use_the_keyboard(page: Page, built: Report) -> None:
    _open(page, built, "index.html")
    page.locator('.archdoc-picture a:has(g[data-element="app.nginx"])').first.focus()

    assert "app.redis" in _faded(page)


@pytest.mark.parametrize("path", ["index.html", "environments/aws-advanced.html"])
def test_only_words_are_underlined_where_a_picture_is_pointed_at(
    page: Page, built: Report, path: str
) -> None:
    _open(page, built, path)
    page.locator(".archdoc-picture a:has(g[data-element])").last.hover()
    lines = page.locator(".archdoc-picture a text").evaluate_all(
        """all => all.filter((one) => one.checkVisibility()).map((one) =>
          [one.textContent.trim(), getComputedStyle(one).textDecorationLine])"""
    )

    assert [word for word, line in lines if line == "underline"]
    assert all(word for word, _ in lines)


def test_a_picture_is_one_stop_for_tab_and_then_come_its_links(page: Page, built: Report) -> None:
    _open(page, built, "index.html")
    page.locator(".archdoc-picture").first.focus()
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.localName") == "a"
    assert page.evaluate("Boolean(document.activeElement.closest('.archdoc-picture'))")


def test_buttons_and_keys_zoom_and_zero_shows_all(page: Page, built: Report) -> None:
    _open(page, built, "index.html")
    whole = _width(page)
    page.get_by_role("button", name="Zoom in").first.click()
    closer = _width(page)
    page.locator(".archdoc-picture").first.focus()
    page.keyboard.press("+")
    closest = _width(page)
    page.keyboard.press("0")

    assert closest < closer < whole
    assert _width(page) == whole


def test_only_with_ctrl_the_wheel_zooms(page: Page, built: Report) -> None:
    _open(page, built, "index.html")
    whole = _width(page)
    page.locator(".archdoc-picture").first.hover()
    page.mouse.wheel(0, -200)
    page.wait_for_timeout(100)
    scrolled = _width(page)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    page.wait_for_function(
        f"document.querySelector('.archdoc-picture svg').viewBox.baseVal.width < {whole * 0.9}"
    )

    assert scrolled == whole


def test_a_zoomed_picture_is_dragged_and_its_links_are_not_followed(
    page: Page, built: Report
) -> None:
    _open(page, built, "index.html")
    page.get_by_role("button", name="Zoom in").first.click()
    box = page.locator('.archdoc-picture g[data-element="app.django"]').first.bounding_box()
    assert box is not None
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 60, middle[1] + 40, steps=4)
    page.mouse.up()
    moved = page.locator('.archdoc-picture g[data-element="app.django"]').first.bounding_box()

    assert moved is not None
    assert moved["x"] > box["x"] + 20
    assert page.url.endswith("index.html")


def test_a_flow_is_stepped_through_with_buttons_and_keys(page: Page, built: Report) -> None:
    _open(page, built, "views.html")
    figure = page.locator('.archdoc-figure[data-kind="dynamic"]').first
    said = figure.locator(_STEP)
    figure.get_by_role("button", name="Next step").click()
    first = said.inner_text()
    figure.locator(".archdoc-picture").focus()
    page.keyboard.press("ArrowRight")
    second = said.inner_text()
    lit = figure.locator("[data-source].archdoc-lit").count()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")

    assert first.startswith("1")
    assert second.startswith("2")
    assert lit == 1
    assert said.inner_text().startswith("Step by step")
    assert figure.locator(".archdoc-lit").count() == 0


def test_switching_to_another_environment_keeps_the_place_and_the_zoom(
    page: Page, built: Report
) -> None:
    page.set_viewport_size({"width": 1280, "height": 700})
    _open(page, built, "environments/aws-simple.html")
    whole = _width(page)
    page.get_by_role("button", name="Zoom in").first.click()
    part = _width(page) / whole
    links = page.locator(".archdoc-switch").first.get_by_role("link")
    top = page.locator(".archdoc-figure").first.bounding_box()
    links.nth(1).click()
    page.wait_for_url("**/aws-advanced.html*")
    page.wait_for_function("document.querySelector('.archdoc-zoomed')")
    page.wait_for_timeout(200)
    kept, now = _width(page), page.locator(".archdoc-figure").first.bounding_box()
    page.get_by_role("button", name="Show all").first.click()

    assert kept / _width(page) == pytest.approx(part, abs=0.01)
    assert top is not None
    assert now is not None
    assert now["y"] == pytest.approx(top["y"], abs=4)


def test_full_screen_shows_the_picture_alone(page: Page, built: Report) -> None:
    _open(page, built, "index.html")
    page.get_by_role("button", name="Full screen").first.click()
    page.wait_for_function("document.fullscreenElement !== null")
    shown = page.evaluate("document.fullscreenElement.className")
    page.evaluate("document.exitFullscreen()")

    assert "archdoc-figure" in shown


def test_without_scripts_there_are_pictures_links_and_tables(
    browser: Browser, built: Report
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    _open(page, built, "environments/aws-simple.html")
    page.locator(".archdoc-switch a").nth(1).click()

    assert page.url.endswith("aws-advanced.html#picture-aws-plantuml")
    assert page.locator(".archdoc-picture svg").first.is_visible()
    assert page.locator(".archdoc-bar").count() == 0
    text = page.locator(".archdoc-text").first
    text.locator("summary").click()
    assert text.locator("td").first.is_visible()
    page.locator('.archdoc-picture a:has(g[data-element="app.django"])').first.click()
    assert page.url.endswith("/elements/app.django.html")
    assert page.locator("table").first.is_visible()
    context.close()


def test_nothing_is_wider_than_a_narrow_screen(page: Page, built: Report) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    wide = []
    for path in ("index.html", "views.html", "environments/aws-advanced.html", "environments.html"):
        _open(page, built, path)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)

    assert wide == []
