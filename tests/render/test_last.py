"""Where pictures cannot be drawn, those of the last build stay if they are still right."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from archdoc.pipeline import Report, build
from archdoc.source import load_model
from helpers import SMALL, write
from once import once

_BOX = '<rect width="9" height="9"/>'


@pytest.fixture
def built(
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
    engines: None,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """A project that was built well, on a machine where no engine starts any more."""

    def make(folder: Path) -> Path:
        report = build(load_model(write(folder / "model", app=SMALL)), folder / "build")
        assert report.problems == ()
        return folder

    shutil.copytree(once(tmp_path_factory, "last", make), tmp_path / "project")
    monkeypatch.setenv("ARCHDOC_CACHE_DIR", str(tmp_path / "cache"))
    for engine in ("JAVA", "DOT"):
        monkeypatch.setenv(f"ARCHDOC_{engine}", "/bin/false")
    return tmp_path / "project"


def _again(project: Path, *, with_site: bool = False) -> Report:
    return build(load_model(project / "model"), project / "build", with_site=with_site)


def _files(folder: Path) -> dict[str, bytes]:
    found = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


@pytest.mark.parametrize("setting", ["/bin/false", "/nonexistent"])
def test_a_build_without_an_engine_changes_nothing_that_is_current(
    built: Path, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    monkeypatch.setenv("ARCHDOC_JAVA", setting)
    before = _files(built / "build")
    report = _again(built, with_site=True)

    assert _files(built / "build") == before
    assert (report.changed, report.rendered, report.not_drawn) == (0, 0, report.pictures)
    assert report.failed
    assert all("of the last build" in problem.message for problem in report.problems)


def _renamed(project: Path) -> None:
    model = project / "model" / "app.yaml"
    model.write_text(model.read_text().replace("Orders", "Buys"))


def _edited(project: Path) -> None:
    svg = project / "build/diagrams/containers.svg"
    svg.write_text(svg.read_text().replace("</svg>", f"{_BOX}</svg>"))


def _another(project: Path) -> None:
    diagrams = project / "build/diagrams"
    shutil.copy(diagrams / "local.svg", diagrams / "containers.svg")


def _without_manifest(project: Path) -> None:
    (project / "build/manifest.json").unlink()


def _without_pixels(project: Path) -> None:
    (project / "build/diagrams/containers.png").unlink()


_PICTURE = {"containers.svg", "containers.png"}
CASES: dict[str, tuple[Callable[[Path], None], set[str]]] = {
    "its text is another one": (_renamed, set()),
    "it was edited": (_edited, set()),
    "it is another picture": (_another, set()),
    "nothing but it says whose it is": (_without_manifest, _PICTURE),
    "its pixels are gone": (_without_pixels, {"containers.svg"}),
}


@pytest.mark.parametrize("case", CASES)
def test_only_a_picture_of_the_same_text_stays(built: Path, case: str) -> None:
    change, stay = CASES[case]
    change(built)
    report = _again(built)
    (problem,) = (p for p in report.problems if "containers.svg" in p.message)
    there = {file.name for file in (built / "build" / "diagrams").glob("containers.*g")}

    assert there == stay
    assert ("of the last build" in problem.message) == bool(stay)
