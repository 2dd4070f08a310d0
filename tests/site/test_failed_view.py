"""A view that cannot be drawn costs only its own picture: the site says why in its place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from archdoc.pipeline import build
from archdoc.render import Job, Rendering
from archdoc.source import load_model
from helpers import SMALL, write
from site_pages import broken_links, read

_REFUSED = "@startuml\nthis is no <b>diagram</b>\n@enduml\n"


class _Spoilt(Rendering):
    """Draws one picture of text that PlantUML refuses."""

    def add(self, jobs: Sequence[Job]) -> None:
        super().add(
            [
                Job(job.name, job.language, _REFUSED, job.title) if job.name == "local" else job
                for job in jobs
            ]
        )


@pytest.fixture
def site(tmp_path: Path, engines: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("archdoc.pipeline.pictures.Rendering", _Spoilt)
    report = build(load_model(write(tmp_path / "model", app=SMALL)), tmp_path / "build")
    assert [problem.code for problem in report.problems] == ["render-failed"]
    return report.folder / "site"


def test_its_place_shows_the_error_and_the_rest_of_the_site_is_there(
    site: Path, browser: Browser
) -> None:
    said: list[str] = []
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((site / "environments" / "local.html").as_uri())
    failed = page.locator(".archdoc-failed")
    reason = failed.inner_text()
    page.goto((site / "index.html").as_uri())

    assert failed.count() == 0
    assert page.locator(".archdoc-picture svg").first.is_visible()
    assert "Syntax Error" in reason
    assert broken_links({file: read(file) for file in site.rglob("*.html")}) == []
    assert said == []
    page.close()
