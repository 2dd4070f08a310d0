"""`archdoc serve` with a real browser: save, see; break, be told; mend, go on."""

from __future__ import annotations

import http.client
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from conftest import OFFLINE
from helpers import SMALL, archdoc, write
from running import PATIENCE, Running

_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")


class Served(Running):
    """A model that is being served."""

    def __init__(self, folder: Path, text: str = SMALL) -> None:
        self.model = write(folder / "model", app=text) / "app.yaml"
        self.text = self.model.read_text()
        cache = str(folder / "cache")
        super().__init__("archdoc", "serve", "--port", "0", cwd=folder, ARCHDOC_CACHE_DIR=cache)
        self.until(lambda: _ADDRESS.search(self.said) is not None)
        found = _ADDRESS.search(self.said)
        assert found is not None
        self.address = found[0]

    def shows(self, place: Locator, text: str) -> None:
        """Wait until a text is there. Where it does not come, the server says why."""
        try:
            expect(place).to_contain_text(text, timeout=PATIENCE * 1000)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.last_words()}") from error

    def status(self, path: str, host: str = "localhost") -> int:
        """What is answered to a request under a host's name."""
        connection = http.client.HTTPConnection("127.0.0.1", int(self.address.split(":")[2][:-1]))
        connection.request("GET", path, headers={"Host": host})
        status = connection.getresponse().status
        connection.close()
        return status

    def save(self, old: str, new: str) -> None:
        assert old in self.text
        self.model.write_text(self.text.replace(old, new))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, engines: None) -> Iterator[Served]:
    with Served(tmp_path_factory.mktemp("served")) as served:
        yield served


@pytest.fixture(scope="module")
def page(chromium: str, served: Served) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(OFFLINE))
        page = browser.new_page()
        page.goto(served.address)
        yield page
        browser.close()


def test_what_is_saved_is_seen_without_a_reload_by_hand(served: Served, page: Page) -> None:
    served.save("name: Shop", "name: Better shop")

    served.shows(page.locator("h1").first, "Better shop")


def test_a_mistake_is_said_on_the_page_and_the_last_good_page_stays(
    served: Served, page: Page
) -> None:
    before = page.locator("h1").first.inner_text()
    served.save("- web -> db", "- web -> dbb")
    banner = page.locator("#archdoc-problem")
    served.shows(banner, "no element is called `dbb`")
    page.keyboard.press("Escape")
    expect(banner).to_be_hidden()
    stayed = page.locator("h1").first.inner_text()
    served.save("name: Shop", "name: Mended")
    served.shows(page.locator("h1").first, "Mended")

    assert stayed == before
    assert page.locator("#archdoc-problem").count() == 0


def test_a_page_of_ones_own_appears_when_it_is_saved(served: Served, page: Page) -> None:
    docs = served.model.parent.parent / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("# Mine\n")
    served.shows(page.locator("h1").first, "Mine")
    (docs / "index.md").unlink()
    expect(page.locator("h1").first).not_to_contain_text("Mine", timeout=PATIENCE * 1000)
    served.save("name: Shop", "name: Shop after all")  # at once, while archdoc is still at work
    served.shows(page.locator("h1").first, "Shop after all")


def test_nobody_else_is_answered(served: Served) -> None:
    assert served.status("/") == 200
    assert served.status("/", "evil.example") == 421
    assert served.status("/../model/app.yaml") == 404


def test_a_port_that_is_taken_is_said(served: Served, tmp_path: Path) -> None:
    write(tmp_path / "model", app="name: Bad\nsystems: {x: {nam: y}}\n")
    port = served.address.rpartition(":")[2].strip("/")
    done = archdoc("serve", "--port", port, cwd=tmp_path)

    assert done.returncode == 2
    assert f"port {port} cannot be used" in done.stderr
    assert "--port" in done.stderr


def test_a_model_that_was_never_right_gets_its_page_when_it_is(
    tmp_path: Path, page: Page, engines: None
) -> None:
    wrong = SMALL.replace("- web -> db", "- web -> dbb")
    with Served(tmp_path, wrong) as served:
        page.goto(served.address)
        banner = page.locator("#archdoc-problem")
        served.shows(banner, "no element is called `dbb`")
        served.save("- web -> dbb", "- web -> db")
        served.shows(page.locator("h1").first, "Shop")


def test_ctrl_c_ends_it_without_complaint(tmp_path: Path, engines: None) -> None:
    with Served(tmp_path) as served:
        served.process.send_signal(signal.SIGINT)
        served.process.wait(timeout=30)

    assert served.process.returncode == 0
    assert "Traceback" not in served.said
