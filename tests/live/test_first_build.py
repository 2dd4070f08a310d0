"""The engine that builds a served site is kept from its first build on: nothing is built twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from mkdocs.structure.pages import Page

from archdoc.cli.serve import _Kept
from archdoc.live import State
from archdoc.render import Early
from archdoc.site import Engine
from helpers import SMALL, write

Pages = list[str]


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> Pages:
    """The pages that mkdocs makes, as it makes them."""
    pages: Pages = []
    render = Page.render

    def rendered(page: Page, *arguments: Any) -> None:
        pages.append(page.file.src_uri)
        render(page, *arguments)

    monkeypatch.setattr(Page, "render", rendered)
    return pages


@contextmanager
def _served(folder: Path) -> Iterator[_Kept]:
    model, output = folder / "model", folder / "build"
    with Early(model, ("serve",)) as early, Engine() as engine:
        kept = _Kept(model, output, State(), early, engine)
        kept.bring_up_to_date()
        kept.warm()
        yield kept


def test_a_served_site_is_built_once_and_then_page_by_page(
    engines: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rendered: Pages
) -> None:
    monkeypatch.setenv("ARCHDOC_CACHE_DIR", str(tmp_path / "cache"))
    model = write(tmp_path / "model", app=SMALL) / "app.yaml"

    with _served(tmp_path):
        assert "index.md" in rendered
        assert len(rendered) == len(set(rendered)), "built once"
    every = set(rendered)
    rendered.clear()

    with _served(tmp_path) as kept:
        assert set(rendered) == every, "what was there is built once more, after it is shown"
        rendered.clear()
        model.write_text(model.read_text("utf-8").replace("Keeps.", "Keeps all."), "utf-8")
        kept.bring_up_to_date()

        assert "elements/shop.db.md" in rendered
        assert set(rendered) < every
