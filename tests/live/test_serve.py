"""`archdoc serve` with a real browser: save, see; break, be told; mend, go on."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from conftest import OFFLINE
from helpers import SMALL, archdoc, write

_PATIENCE = 60_000


class Served:
    """A model that is being served."""

    def __init__(self, folder: Path, text: str = SMALL) -> None:
        self.model = write(folder / "model", app=text) / "app.yaml"
        self.text = self.model.read_text()
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "archdoc", "serve", "--port", "0"],
            cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, "ARCHDOC_CACHE_DIR": str(folder / "cache")},
        )  # fmt: skip
        assert self.process.stdout is not None
        said = (re.match(r"http://127\.0\.0\.1:\d+/", line) for line in self.process.stdout)
        self.address = next(match[0] for match in said if match)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()

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

    expect(page.locator("h1").first).to_contain_text("Better shop", timeout=_PATIENCE)


def test_a_mistake_is_said_on_the_page_and_the_last_good_page_stays(
    served: Served, page: Page
) -> None:
    before = page.locator("h1").first.inner_text()
    served.save("- web -> db", "- web -> dbb")
    banner = page.locator("#archdoc-problem")
    expect(banner).to_contain_text("no element is called `dbb`", timeout=_PATIENCE)
    stayed = page.locator("h1").first.inner_text()
    served.save("name: Shop", "name: Mended")
    expect(page.locator("h1").first).to_contain_text("Mended", timeout=_PATIENCE)

    assert stayed == before
    assert page.locator("#archdoc-problem").count() == 0


def test_a_page_of_ones_own_appears_when_it_is_saved(served: Served, page: Page) -> None:
    docs = served.model.parent.parent / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("# Mine\n")
    expect(page.locator("h1").first).to_contain_text("Mine", timeout=_PATIENCE)
    (docs / "index.md").unlink()
    expect(page.locator("h1").first).not_to_contain_text("Mine", timeout=_PATIENCE)


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
        expect(banner).to_contain_text("no element is called `dbb`", timeout=_PATIENCE)
        served.save("- web -> dbb", "- web -> db")
        expect(page.locator("h1").first).to_contain_text("Shop", timeout=_PATIENCE)


def test_ctrl_c_ends_it_without_complaint(tmp_path: Path, engines: None) -> None:
    with Served(tmp_path) as served:
        served.process.send_signal(signal.SIGINT)
        said, _ = served.process.communicate(timeout=30)

    assert served.process.returncode == 0
    assert "Traceback" not in said
