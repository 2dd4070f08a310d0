"""Flows step by step, with a real pointer: what is pressed stays where it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page

from archdoc.pipeline import Report

_SCREENS = {"desk": (1280, 800), "low": (1280, 560), "telephone": (360, 740)}
_PLACES = [("desk", 0.9), ("low", 0.5), ("telephone", 0.1), ("telephone", 0.9)]
"""Screens, and where a toolbar is in the window, from its top."""
_IS_SEEN = """(figure) => {
  const frame = figure.querySelector(".archdoc-picture").getBoundingClientRect();
  const bar = figure.querySelector(".archdoc-bar").getBoundingClientRect();
  const head = document.querySelector(".md-header").getBoundingClientRect().bottom;
  return [...figure.querySelectorAll("[data-source].archdoc-lit")].every((arrow) => {
    const { left, right, top, bottom } = arrow.getBoundingClientRect();
    const isFree = top >= bar.bottom || bottom <= bar.top;
    const isAcross = right - left > frame.width || (left >= frame.left && right <= frame.right);
    return isFree && isAcross && top >= head && bottom <= innerHeight;
  });
}"""


_BUTTONS = """(bar) => [...bar.querySelectorAll("button")].map((button) => {
  const { x, y } = button.getBoundingClientRect();
  return [Math.round(x), Math.round(y - bar.getBoundingClientRect().y)];
}).join(" ")"""
"""Where they are in a toolbar."""


@pytest.fixture
def page(browser: Browser, built: Report, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = _SCREENS[getattr(request, "param", "desk")]
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto((built.folder / "site" / "views.html").as_uri())
    page.evaluate("document.fonts.ready")
    yield page
    page.close()


def _flows(page: Page) -> list[Locator]:
    return page.locator(".archdoc-figure[data-kind=dynamic]").all()


def _button(figure: Locator, name: str) -> Locator:
    return figure.get_by_role("button", name=name)


def _middle(element: Locator) -> tuple[float, float]:
    box = element.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _put(figure: Locator, place: float) -> None:
    """Scroll until a figure's toolbar is there in the window."""
    figure.locator(".archdoc-bar").evaluate(
        "(bar, place) => scrollBy(0, bar.getBoundingClientRect().top - innerHeight * place)", place
    )
    figure.page.wait_for_timeout(50)


def _said(figure: Locator) -> str:
    return figure.locator(".archdoc-step").inner_text()


@pytest.mark.parametrize(("page", "place"), _PLACES, indirect=["page"])
def test_every_press_at_the_same_spot_is_the_next_step_and_its_arrow_is_seen(
    page: Page, place: float
) -> None:
    for figure in _flows(page):
        _put(figure, place)
        spot = _middle(_button(figure, "Next step"))
        count = figure.locator("[data-step]").count()
        for step in range(1, count + 1):
            page.mouse.click(*spot)
            page.wait_for_timeout(20)
            where = f"{figure.get_attribute('id')}: {_said(figure)}"
            assert _said(figure).startswith(f"{step} of {count}: "), where
            assert figure.evaluate(_IS_SEEN), where
        page.mouse.click(*spot)
        assert _said(figure).startswith(f"{count} of {count}: ")
        assert page.url.endswith("views.html")


def test_a_double_click_is_two_steps_and_selects_nothing(page: Page) -> None:
    figure = _flows(page)[2]
    _put(figure, 0.7)
    page.mouse.dblclick(*_middle(_button(figure, "Next step")))

    assert _said(figure) == "2 of 4: Celery beat → Redis: Leaves a task when it is due"
    assert page.evaluate("getSelection().toString()") == ""


def test_a_toolbar_that_stayed_where_it_was_goes_back_when_the_reader_scrolls(page: Page) -> None:
    figure = _flows(page)[2]
    bar = figure.locator(".archdoc-bar")
    _put(figure, 0.9)
    page.mouse.click(*_middle(_button(figure, "Next step")))
    held = bar.evaluate("bar => bar.style.top")
    page.mouse.wheel(0, 100)
    page.wait_for_function("document.querySelectorAll('.archdoc-bar[style*=top]').length === 0")
    header, around, now = (one.bounding_box() for one in (page.locator(".md-header"), figure, bar))

    assert held
    assert header is not None
    assert around is not None
    assert now is not None
    # Its own place, or below the header where that is out of sight.
    place = max(header["y"] + header["height"], around["y"])
    assert now["y"] == pytest.approx(place, abs=1)


def test_keys_step_below_a_toolbar_that_is_in_sight(page: Page) -> None:
    figure = _flows(page)[2]
    _put(figure, 0.9)
    figure.locator(".archdoc-picture").evaluate("one => one.focus({preventScroll: true})")
    for step in range(1, 5):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(50)
        assert _said(figure).startswith(f"{step} of 4: ")
        assert figure.evaluate(_IS_SEEN), _said(figure)


@pytest.mark.parametrize("page", ["desk", "telephone"], indirect=True)
def test_the_toolbars_buttons_stay_where_they_are_whatever_a_step_says(page: Page) -> None:
    for figure in _flows(page):
        places = set()
        for _ in range(8):
            places.add(figure.locator(".archdoc-bar").evaluate(_BUTTONS))
            _button(figure, "Next step").press("Enter")

        assert len(places) == 1


def test_at_its_ends_a_flow_goes_no_further_and_the_focus_stays(page: Page) -> None:
    figure = _flows(page)[0]
    back, following = _button(figure, "Previous step"), _button(figure, "Next step")
    at_start = [one.get_attribute("aria-disabled") for one in (back, following)]
    back.press("Enter")
    before = _said(figure)
    for _ in range(9):
        following.press("Enter")

    assert at_start == ["true", "false"]
    assert before.startswith("Step by step")
    assert [one.get_attribute("aria-disabled") for one in (back, following)] == ["false", "true"]
    assert _said(figure) == "7 of 7: Nginx → User: Delivers it"
    assert page.evaluate("document.activeElement.title") == "Next step"


def test_the_keys_of_a_flow_are_said_where_there_are_steps(page: Page) -> None:
    pictures = page.locator(".archdoc-picture").all()
    said = [
        "arrow go through its steps" in (one.get_attribute("aria-label") or "") for one in pictures
    ]

    assert said == [False, False, True, True, True, True]
    assert "→ in the picture" in _said(_flows(page)[0])


def test_keys_of_the_theme_turn_no_pages_while_a_picture_has_the_focus(page: Page) -> None:
    address, picture = page.url, _flows(page)[0].locator(".archdoc-picture")
    for key in "np.,":
        picture.press(key)
        picture.locator("a").first.press(key)
        page.wait_for_timeout(150)
    stayed = page.url == address
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("n")
    page.wait_for_url(lambda url: url != address)

    assert stayed
