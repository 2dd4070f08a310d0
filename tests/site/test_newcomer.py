"""What a newcomer asks first is answered within three clicks from the start page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

_SIMPLE, _ADVANCED = "Simple architecture on AWS", "Advanced architecture on AWS"


@dataclass
class Newcomer:
    """Somebody at the start page who knows nothing of the others."""

    page: Page
    clicks: int = 0

    def click(self, place: Locator) -> None:
        place.first.click()
        self.clicks += 1

    def click_picture(self, name: str) -> None:
        """Click the box with a name in the first picture."""
        picture = self.page.locator(".archdoc-picture").first
        self.click(picture.locator("g[data-element]").filter(has_text=name).locator("text"))

    def click_link(self, words: str) -> None:
        self.click(self.page.locator("article").get_by_role("link", name=words))

    def row(self, words: str) -> Locator:
        return self.page.locator("article tr").filter(has_text=words).first


def _port_of_nginx(who: Newcomer) -> Locator:
    who.click_picture("Proxies and exposes the app")
    assert "443:443" in who.row("Published ports").inner_text()
    return who.row("Published ports")


def _what_happens_to_a_task(who: Newcomer) -> Locator:
    who.click_link("Understand it")
    who.click(who.page.get_by_role("link", name="Work is left for later"))
    return who.page.locator("article").locator("svg").get_by_text("Hands the task to one").first


def _where_postgresql_runs(who: Newcomer) -> Locator:
    who.click_picture("Database server")
    assert "Amazon RDS" in who.row(_ADVANCED).inner_text()
    return who.row(_ADVANCED)


def _what_changes(who: Newcomer) -> Locator:
    who.click_link("Change it")
    heads = who.page.locator("article table").nth(1).locator("thead th").all_inner_texts()
    cells = who.page.locator("article table").nth(1).locator("tbody tr").filter(
        has=who.page.locator("td:first-child, th:first-child").get_by_text(_SIMPLE)
    ).locator("td, th")  # fmt: skip
    who.click(cells.nth(heads.index(_ADVANCED)).get_by_role("link"))
    return who.page.locator("details[open]").get_by_text(
        "PostgreSQL moves from the Docker Compose project to Amazon RDS"
    )


@pytest.fixture
def who(browser: Browser, address: str) -> Iterator[Newcomer]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}/index.html")
    yield Newcomer(page)
    page.close()


@pytest.mark.parametrize(
    ("question", "clicks"),
    [
        (_port_of_nginx, 1),
        (_what_happens_to_a_task, 2),
        (_where_postgresql_runs, 1),
        (_what_changes, 2),
    ],
)
def test_a_question_is_answered_within_three_clicks(
    who: Newcomer, question: Callable[[Newcomer], Locator], clicks: int
) -> None:
    expect(question(who)).to_be_visible()

    assert who.clicks == clicks <= 3
