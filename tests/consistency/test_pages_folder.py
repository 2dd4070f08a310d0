"""`archdoc check --outputs` of what `archdoc build --pages` wrote."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from archdoc.pipeline import build
from archdoc.pipeline.kept.check import check_outputs
from archdoc.pipeline.kept.expected import Expected
from archdoc.report import Diagnostic
from archdoc.report.mend import Mend
from archdoc.source import Loaded
from once import once


@pytest.fixture(scope="session")
def with_pages(tmp_path_factory: pytest.TempPathFactory, reference: Loaded, engines: None) -> Path:
    def make(folder: Path) -> Path:
        return build(reference, folder / "build", as_pages=True).folder

    return once(tmp_path_factory, "with-pages", make)


@pytest.fixture
def pages(with_pages: Path, tmp_path: Path) -> Path:
    """The same, to be spoiled."""
    return Path(shutil.copytree(with_pages, tmp_path / "pg"))


def _check(expected: Expected, path: Path) -> list[Diagnostic]:
    return check_outputs(expected.loaded, (path,), Mend())


def test_pages_that_were_just_built_have_no_findings_nor_has_a_copy_of_them(
    with_pages: Path, tmp_path: Path, expected: Expected
) -> None:
    copied = Path(shutil.copytree(with_pages / "pages" / "docs", tmp_path / "wiki"))

    assert _check(expected, with_pages) == []
    assert [f for f in _check(expected, copied) if "pictures" not in f.subject] == []


def test_what_is_wrong_in_pages_is_told_with_the_command_that_keeps_them(
    pages: Path, expected: Expected
) -> None:
    docs, manifest = pages / "pages" / "docs", pages / "manifest.json"
    (docs / "index.md").write_text("edited")
    (docs / "elements" / "user.md").unlink()
    compose = docs / "compose" / "compose" / "compose.yaml"
    compose.write_text(compose.read_text().replace("postgres:15", "postgres:14"))
    document = json.loads(manifest.read_text())
    document["files"]["pages/docs/elements/gone.md"] = {"sha256": "0", "made_from": "site"}
    manifest.write_text(json.dumps(document))
    (docs / "elements" / "gone.md").write_text("gone")
    found = _check(expected, pages)

    assert {Path(f.subject).relative_to(docs).as_posix(): f.code for f in found} == {
        "index.md": "edited-output",
        "elements/user.md": "missing-output",
        "compose/compose/compose.yaml": "stale-output",
        "elements/gone.md": "stale-output",
    }
    assert all(f"`archdoc build -o {pages} --pages`" in f.help for f in found)


def test_pages_that_lost_their_manifest_keep_the_command(pages: Path, expected: Expected) -> None:
    (pages / "manifest.json").unlink()
    (finding,) = _check(expected, pages)

    assert (finding.code, Path(finding.subject).name) == ("missing-output", "manifest.json")
    assert f"`archdoc build -o {pages} --pages`" in finding.help
