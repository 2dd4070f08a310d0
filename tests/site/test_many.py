"""Sites of models with many elements and many views: pages stay light, lists stay short."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from archdoc.model import Model
from archdoc.pipeline import build
from archdoc.pipeline.kept import check_outputs
from archdoc.report.mend import Mend
from archdoc.site import Content, Engine, Figure, Written, engine, stage
from archdoc.source import Loaded, load_model
from archdoc.views import diagrams
from helpers import archdoc_model

_SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><g data-element="s0"><text>A\nB</text></g></svg>'


def _text(systems: int, views: int) -> str:
    containers = "\n".join(f"      c{n}: {{name: C{n}, technology: Go}}" for n in range(11))
    parts = [f"  s{n}:\n    name: S{n}\n    containers:\n{containers}" for n in range(systems)]
    shown = [
        f"  v{n}: {{kind: container, of: s0, name: 'View {n}', description: Shows {n}}}"
        for n in range(views)
    ]
    return "\n".join(["name: Many", "systems:", *parts, "views:", *shown]) + "\n"


def _content(model: Model) -> Content:
    figures = (Figure(diagram, "c4_plantuml", _SVG) for diagram in diagrams(model))
    return Content(model, tuple(figures))


def _elements(model: Model, folder: Path) -> list[object]:
    navigation = stage(Content(model, ()), folder, {}).navigation
    return next(list(entry["Elements"]) for entry in navigation if "Elements" in entry)


def test_many_elements_are_listed_by_system(tmp_path: Path) -> None:
    few, many = (_elements(archdoc_model(_text(n, 1)), tmp_path) for n in (2, 3))

    assert few[:2] == [{"S0": "elements/s0.md"}, {"C0": "elements/s0.c0.md"}]
    assert len(few) == 24
    assert [next(iter(entry)) for entry in many if isinstance(entry, dict)] == ["S0", "S1", "S2"]
    inner = many[0]["S0"] if isinstance(many[0], dict) else []
    assert inner[:2] == [{"S0": "elements/s0.md"}, {"C0": "elements/s0.c0.md"}]


def test_a_dozen_pictures_stand_together_and_more_have_a_page_each() -> None:
    few, many = (Written.of(_content(archdoc_model(_text(1, n)))).generated for n in (12, 13))

    assert few["views.md"].count("<figure") == 12
    assert "views/v0.md" not in few
    assert many["views.md"].count("<figure") == 0
    assert "| [View 12](views/v12.md) | Shows 12 |" in many["views.md"]
    assert many["views/v12.md"].count("<figure") == 1
    assert 'href="../elements/s0.html"' in many["views/v12.md"]
    assert "[All pictures](../views.md)" in many["views/v12.md"]


def test_pictures_that_stand_aside_while_pages_are_made_change_no_byte_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    own = '```html\n<div class="archdoc-picture">archdoc-aside-1</div>\n```\n'
    (tmp_path / "docs" / "own.md").write_text(f"# Own\n\n{own}\n```archdoc\nview: v0\n```\n")
    staged = stage(_content(archdoc_model(_text(1, 2))), tmp_path, {})
    with Engine() as quick:
        built = quick.build(staged)
    monkeypatch.setattr(engine, "set_aside", lambda files: (files, {}))
    with Engine() as slow:
        assert slow.build(staged).files == built.files

    assert built.files["own.html"].count(b'data-element="s0"') == 1
    assert b"archdoc-aside-1<" in built.files["own.html"]
    assert b"archdoc-aside" not in built.files["views.html"]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    file = tmp_path_factory.mktemp("many") / "app.yaml"
    file.write_text(_text(1, 13))
    return load_model(file)


@pytest.fixture(scope="module")
def folder(loaded: Loaded, tmp_path_factory: pytest.TempPathFactory, engines: None) -> Path:
    place = tmp_path_factory.mktemp("build")
    assert build(loaded, place).problems == ()
    return place


def _edited(folder: Path, path: str, old: str, new: str) -> None:
    file = folder / "site" / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    "edit",
    [
        ("views.html", ">Shows 7<", ">Shows 8<", "views/v7.html: view is 'View 7 | Shows 8'"),
        ("views.html", "views/v7.html", "views/v8.html", "views/v7.html"),
        ("views/v7.html", "<figure", "<div", "v7"),
        ("views/v7.html", ">C3<", ">Cc<", "C3"),
    ],
)
def test_pages_of_single_views_are_held_to_the_model(
    edit: tuple[str, str, str, str], loaded: Loaded, folder: Path, tmp_path: Path
) -> None:
    path, old, new, said = edit
    shutil.copytree(folder, tmp_path / "build")
    assert check_outputs(loaded, (tmp_path / "build",), Mend()) == []
    _edited(tmp_path / "build", path, old, new)

    assert any(said in f.message for f in check_outputs(loaded, (tmp_path / "build",), Mend()))


def test_a_copied_page_of_a_view_is_told_by_its_picture(
    loaded: Loaded, folder: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "seventh.html"
    shutil.copy(folder / "site" / "views" / "v7.html", copy)
    assert check_outputs(loaded, (copy,), Mend()) == []
    copy.write_text(copy.read_text("utf-8").replace(">C3<", ">Cc<"), "utf-8")

    assert check_outputs(loaded, (copy,), Mend()) != []


def test_all_views_can_be_searched_for(folder: Path) -> None:
    index = json.loads((folder / "site" / "search" / "search_index.json").read_bytes())

    assert {f"views/v{n}.html" for n in range(13)} <= {entry["location"] for entry in index["docs"]}
