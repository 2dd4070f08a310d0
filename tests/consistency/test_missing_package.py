"""Without the package `diagrams` all else is told, and nothing is taken for obsolete."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from archdoc.pipeline import build
from archdoc.pipeline.kept import check_outputs
from archdoc.report import Diagnostic, Severity
from archdoc.report.mend import Mend
from archdoc.source import Loaded


@pytest.fixture(autouse=True)
def _without_diagrams(built: object, without_site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if it were not installed, after outputs were made with it."""
    monkeypatch.setitem(sys.modules, "diagrams", None)


def _check(reference: Loaded, *paths: Path) -> list[Diagnostic]:
    return check_outputs(reference, paths, Mend())


def test_an_output_folder_is_right_but_for_what_cannot_be_told(
    whole_build: Path, reference: Loaded
) -> None:
    (finding,) = _check(reference, whole_build)

    assert (finding.code, finding.severity) == ("missing-engine", Severity.WARNING)
    assert "diagrams/aws-simple.aws.dot and 4 more like it" in finding.message
    assert "pip install" in finding.help


@pytest.mark.parametrize(
    ("path", "warns"),
    [
        ("compose/compose", False),
        ("diagrams/containers.svg", False),
        ("site/elements/app.html", False),
        ("model.json", False),
        ("site/environments/aws-simple.html", False),
        ("diagrams/aws-simple.aws.svg", False),
        ("diagrams/aws-simple.diagrams.svg", True),
        ("diagrams/aws-simple.diagrams.png", True),
        ("diagrams/aws-simple.aws.dot", True),
        ("diagrams", True),
    ],
)
def test_it_is_told_only_where_such_files_are_looked_at(
    whole_build: Path, reference: Loaded, path: str, warns: bool
) -> None:
    found = _check(reference, whole_build / path)

    assert [f.severity for f in found] == [Severity.WARNING] * warns


def test_a_fact_that_is_wrong_in_such_a_picture_is_found(folder: Path, reference: Loaded) -> None:
    picture = folder / "diagrams" / "aws-simple.diagrams.svg"
    picture.write_text(picture.read_text().replace(">Requests<", ">Queries<"))
    (folder / "diagrams" / "aws-simple.diagrams.png").unlink()
    found = {Path(f.subject).name: f.code for f in _check(reference, folder) if f.subject}

    assert found == {
        "aws-simple.diagrams.svg": "stale-output",
        "aws-simple.diagrams.png": "missing-output",
    }


def test_a_build_leaves_a_site_that_shows_such_pictures(whole: Path, reference: Loaded) -> None:
    report = build(reference, whole)

    assert report.changes == {}
    assert [problem.severity for problem in report.problems] == [Severity.ERROR, Severity.WARNING]
    assert "left as it is" in report.problems[1].message


def test_a_build_leaves_such_files_as_they_are(
    without_site: Path, reference: Loaded, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(without_site, tmp_path / "build"))
    report = build(reference, folder, with_site=False)

    assert report.changes == {}
    assert [problem.code for problem in report.problems] == ["missing-engine"]
    assert report.failed
