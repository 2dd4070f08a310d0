"""The whole language at once: every picture and page shows what the model says."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest

from archdoc.pipeline import Report, build
from archdoc.rules import check
from archdoc.source import load_model
from conftest import ROOT
from helpers import HOSTILE, INTERNATIONAL
from once import once

EVERYTHING = ROOT / "tests" / "models" / "everything.yaml"
BOOKSHOP = ROOT / "examples" / "bookshop" / "model"


def _page(path: Path) -> str:
    """A page's text with its entities resolved, on one line."""
    return " ".join(html.unescape(path.read_text("utf-8")).split())


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory, engines: None) -> Report:
    loaded = load_model(EVERYTHING)
    assert check(loaded) == []
    return once(tmp_path_factory, "everything", lambda folder: build(loaded, folder / "build"))


def test_every_output_shows_what_the_model_says(everything: Report) -> None:
    assert everything.problems == ()
    assert everything.not_drawn == 0
    assert everything.pictures > 10


def test_the_site_shows_what_can_be_said_of_an_element(everything: Report) -> None:
    page = _page(everything.folder / "site" / "elements" / "shop.html")
    for said in ("Team Shop", "https://shop.example.org", "Runbook", "Cost centre", "4711"):
        assert said in page
    groups = _page(everything.folder / "site" / "groups.html")
    assert "Everything about money." in groups
    pictures = (everything.folder / "site" / "views.html").read_text()
    assert pictures.count("<svg") >= 8


@pytest.mark.parametrize("text", [HOSTILE, INTERNATIONAL, '",$x)\n!include /etc/passwd', "+<<x>>"])
def test_any_text_survives_as_tag_group_step_and_legend(
    text: str, tmp_path: Path, engines: None
) -> None:
    said = json.dumps(text, ensure_ascii=False)
    (tmp_path / "app.yaml").write_text(
        EVERYTHING.read_text()
        .replace("old & new", "OLD").replace('"OLD"', "OLD").replace("OLD", said)
        .replace("name: Payments", f"name: {said}")
        .replace("user -> web: Opens", f"user -> web: {said}"),
        "utf-8",
    )  # fmt: skip
    report = build(load_model(tmp_path), tmp_path / "build", with_site=False)

    assert report.problems == ()


def test_a_project_that_extends_the_reference_model_is_built(tmp_path: Path, engines: None) -> None:
    loaded = load_model(BOOKSHOP)
    assert check(loaded) == []
    report = build(loaded, tmp_path / "build")
    folder = report.folder
    assert report.problems == ()

    assert (
        "opensearchproject/opensearch:2.19.1"
        in (folder / "compose" / "compose" / "compose.yaml").read_text()
    )
    assert (folder / "compose" / "compose" / "nginx" / "default.conf").exists()  # the base's file
    assert not (folder / "compose" / "aws-ecs-fargate").exists()
    assert "Django 5.2 on Python 3.12" in (folder / "diagrams" / "containers.puml").read_text()
    elements = {e["id"]: e for e in json.loads((folder / "model.json").read_bytes())["elements"]}
    assert elements["app.django"]["origin"]["file"] == "model/app.yaml"
    assert elements["app.django"]["origin"]["inherited"]["technology"]["file"] == (
        "../../model/app.yaml"
    )
    page = _page(folder / "site" / "elements" / "app.django.html")
    assert "The shop runs Django 5.2 on Python 3.12." in page
