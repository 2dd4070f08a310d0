"""What is served, and to whom it is told."""

from __future__ import annotations

import http.client
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from archdoc.live import State, open_server
from conftest import OFFLINE


def test_a_page_that_is_not_there_waits_for_the_next_build(tmp_path: Path) -> None:
    """Its element may have been renamed, and may get its name back."""
    (tmp_path / "404.html").write_text("<html><body>Not found</body></html>")
    state = State()
    answers = []
    with open_server(tmp_path, state, 0) as address:
        for path in ("/elements/gone.html", "/gone.html?q=1", "/none/", "/none.svg"):
            connection = http.client.HTTPConnection(address.split("/")[2])
            connection.request("GET", path)
            answer = connection.getresponse()
            answers.append((answer.status, b"/.archdoc/live.js" in answer.read()))
            connection.close()

    assert answers == [(404, True), (404, True), (404, True), (404, False)]


def test_pages_are_told_that_something_is_built_until_it_is_or_cannot_be() -> None:
    state = State()
    state.failed("wrong")
    with state.building():
        during = state.moment
        state.built(changed=True)
    with state.building():
        state.failed("wrong again")

    assert (during.problem, during.is_building) == ("wrong", True)
    assert (state.moment.build, state.moment.problem, state.moment.is_building) == (
        1, "wrong again", False
    )  # fmt: skip


def test_a_page_says_that_it_is_being_built_anew(tmp_path: Path, chromium: str) -> None:
    (tmp_path / "index.html").write_text("<html><body></body></html>")
    state = State()
    with open_server(tmp_path, state, 0) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(OFFLINE))
        page = browser.new_page()
        page.goto(address)
        with state.building():
            expect(page.get_by_role("status")).to_contain_text("Building")
        expect(page.get_by_role("status")).to_be_empty()
        browser.close()


def test_a_page_knows_which_build_it_is_of_before_it_listens(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<html><body></body></html>")
    state = State()
    pages = []
    with open_server(tmp_path, state, 0) as address:
        for _ in range(2):
            state.built(changed=True)
            connection = http.client.HTTPConnection(address.split("/")[2])
            connection.request("GET", "/")
            pages.append(connection.getresponse().read().decode())
            connection.close()

    assert ['data-build="1"' in pages[0], 'data-build="2"' in pages[1]] == [True, True]
