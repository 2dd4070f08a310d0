"""`make pictures`: what changed is seen before and after, and accepted by a switch."""

from __future__ import annotations

import base64
import re
import shutil
from pathlib import Path

import pytest

from archdoc.source import Loaded, load_model
from conftest import REFERENCE
from pictures.__main__ import main
from pictures.golden import accept, accepted, written

_LABEL = "Manages"
_REWORDED = "<b>Looks after"


@pytest.fixture
def golden(tmp_path: Path, reference: Loaded) -> Path:
    """Golden sources that are what the reference model gives."""
    accept(written(reference.model), tmp_path / "golden")
    return tmp_path / "golden"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A copy of the reference model, to be changed."""
    return shutil.copytree(REFERENCE, tmp_path / "model")


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def _make(golden: Path, model: Path, *more: str) -> str:
    """The page, after a run."""
    output = golden.parent / "pictures" / "index.html"
    main([*more, "--golden", str(golden), "--model", str(model), "--output", str(output)])
    return output.read_text("utf-8")


def _pictures(page: str) -> list[str]:
    data = re.findall(r'<img src="data:image/svg\+xml;base64,([^"]*)"', page)
    return [base64.b64decode(picture).decode() for picture in data]


def test_a_changed_label_is_seen_before_and_after(
    golden: Path, model: Path, engines: None, capsys: pytest.CaptureFixture[str]
) -> None:
    _change(model / "app.yaml", f"staff -> app: {_LABEL}", f"staff -> app: {_REWORDED}")
    page = _make(golden, model)
    before, after = _pictures(page)

    assert "context.puml <small>changed; view context</small>" in page
    assert ">Manages</text>" in before
    assert "b&gt;Looks after</text>" in after
    assert re.search(r'<span class="minus">-Rel\(staff, app, &#34;Manages&#34;', page)
    assert "<b>" not in page
    assert " changed context.puml\n" in capsys.readouterr().out


def test_the_page_asks_for_nothing_and_runs_nothing(
    golden: Path, model: Path, engines: None
) -> None:
    _change(model / "app.yaml", f"staff -> app: {_LABEL}", f"staff -> app: {_REWORDED}")
    page = _make(golden, model)
    addresses = re.findall(r'(?:src|href)="([^"]{,12})', page)

    assert addresses
    assert all(address.startswith(("#", "data:image/")) for address in addresses)
    assert "<script" not in page
    assert "url(" not in page


def test_new_and_removed_views_are_listed_with_the_picture_that_there_is(
    golden: Path, model: Path, engines: None
) -> None:
    _change(model / "views.yaml", "  page:\n", "  visit:\n")
    page = _make(golden, model)

    assert "visit.sequence.puml <small>added; view visit</small>" in page
    assert "page.sequence.puml <small>removed; view page</small>" in page
    assert len(_pictures(page)) == 4


def test_a_source_that_cannot_be_drawn_is_shown_with_the_reason(
    golden: Path, model: Path, engines: None
) -> None:
    (golden / "context.puml").write_text("@startuml\nthis is no diagram\n@enduml\n", "utf-8")
    page = _make(golden, model)

    assert "It cannot be drawn: " in page
    assert len(_pictures(page)) == 1


def test_nothing_changed_is_said(
    golden: Path, model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = _make(golden, model)

    assert "Nothing changed" in page
    assert "nothing changed" in capsys.readouterr().out


def test_accepting_writes_what_the_model_gives_and_removes_the_rest(
    golden: Path, model: Path, engines: None
) -> None:
    _change(model / "app.yaml", f"staff -> app: {_LABEL}", f"staff -> app: {_REWORDED}")
    _change(model / "views.yaml", "  page:\n", "  visit:\n")
    before = accepted(golden)
    _make(golden, model)
    assert accepted(golden) == before
    _make(golden, model, "--accept")

    assert accepted(golden) == written(load_model(model).model) != before
    assert "Nothing changed" in _make(golden, model)
