"""Pages are made while engines draw their pictures; the site is the same as if they had waited."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from mkdocs.structure.pages import Page

from archdoc.pipeline import Made, build
from archdoc.pipeline.site import Ahead
from archdoc.render import Job, Rendering
from archdoc.site import Content
from archdoc.site.pages import Pages
from archdoc.source import load_model
from helpers import SMALL, write

_REFUSED = "@startuml\nthis is no diagram\n@enduml\n"
_HOOKED = "site_name: Shop\ntheme: material\nhooks: [hook.py]\nplugins: [search]\n"
_HOOK = "def on_post_page(output, page, config):\n    return output + '<!-- hooked -->'\n"


class _Spoilt(Rendering):
    """Draws one picture of text that PlantUML refuses."""

    def add(self, jobs: Sequence[Job]) -> None:
        spoilt = [Job(j.name, j.language, _REFUSED, j.title) for j in jobs if j.name == "local"]
        super().add([*(job for job in jobs if job.name != "local"), *spoilt])


def _site(folder: Path, place: Path) -> dict[str, bytes]:
    report = build(load_model(folder / "model"), place)
    site = report.folder / "site"
    return {f"{f.relative_to(site)}": f.read_bytes() for f in site.rglob("*") if f.is_file()}


@pytest.mark.usefixtures("engines")
@pytest.mark.parametrize(
    ("case", "is_ahead"),
    [("pictures", True), ("one fails", True), ("hooks that want to see all pages", False)],
)
def test_a_site_whose_pages_were_made_ahead_is_like_any_other(
    case: str, is_ahead: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "model", app=SMALL)
    fails, is_hooked = case == "one fails", case.startswith("hooks")
    if is_hooked:
        (tmp_path / "mkdocs.yml").write_text(_HOOKED)
        (tmp_path / "hook.py").write_text(_HOOK)
    is_quick: list[bool] = []
    prepare = Ahead.prepare
    pages: list[Page] = []
    written: list[Pages] = []
    render = Page.render

    def rendered(page: Page, *arguments: Any) -> None:
        pages.append(page)
        render(page, *arguments)

    def counted(content: Content) -> Pages:
        written.append(Pages(content))
        return written[-1]

    monkeypatch.setattr(Page, "render", rendered)
    monkeypatch.setattr("archdoc.site.written.Pages", counted)

    def prepared(ahead: Ahead, made: Made) -> None:
        prepare(ahead, made)
        is_quick.append(ahead.engine is not None and not ahead.engine.is_new)

    monkeypatch.setattr(Ahead, "prepare", prepared)
    monkeypatch.setattr("archdoc.pipeline.pictures.Rendering", _Spoilt if fails else Rendering)
    monkeypatch.setenv("ARCHDOC_CACHE_DIR", str(tmp_path / "cache"))
    ahead = _site(tmp_path, tmp_path / "ahead")
    made, texts = len(pages), len(written)
    monkeypatch.setattr(Ahead, "prepare", lambda *_: None)

    assert _site(tmp_path, tmp_path / "waited") == ahead
    assert is_quick == [is_ahead]
    assert made == (len(pages) - made) * (2 if fails else 1), "pages are made once, not twice"
    assert texts == (1 if case == "pictures" else 2), "texts are written once"
    assert (b"hooked" in ahead["index.html"]) is is_hooked
    assert (b"archdoc-failed" in ahead["environments/local.html"]) is fails
