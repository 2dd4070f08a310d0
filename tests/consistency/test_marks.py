"""What `archdoc check --outputs` takes for the folder of a build, and what for copies."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from archdoc.pipeline.kept.check import check_outputs
from archdoc.pipeline.kept.expected import Expected
from archdoc.pipeline.kept.marks import is_output_folder
from archdoc.report import Diagnostic
from archdoc.report.mend import Mend


def _check(expected: Expected, path: Path) -> list[Diagnostic]:
    return check_outputs(expected.loaded, (path,), Mend())


_APP = {"name": "Shop", "icons": [{"src": "icon.png"}], "version": "1.0"}
OTHERS = {
    "a web app's manifest": ("manifest.json", json.dumps(_APP)),
    "a list of files of others": ("manifest.json", json.dumps({"files": {"a.js": "a.123.js"}})),
    "a manifest that is no mapping": ("manifest.json", "[]"),
    "somebody's model": ("model.json", json.dumps({"metadata": {"version": 4}, "images": []})),
    "a page of their own site": ("site/index.html", "<h1>Mine</h1>"),
}  # fmt: skip


@pytest.mark.parametrize("other", OTHERS)
def test_a_name_that_others_use_too_makes_no_output_folder(
    without_site: Path, tmp_path: Path, expected: Expected, other: str
) -> None:
    """Beside pictures that were rendered, and compose files."""
    (tmp_path / "diagrams").mkdir()
    shutil.copy(without_site / "diagrams" / "containers.svg", tmp_path / "diagrams")
    shutil.copytree(without_site / "compose" / "compose", tmp_path / "compose" / "compose")
    name, content = OTHERS[other]
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(content)

    assert not is_output_folder(expected, tmp_path)
    assert _check(expected, tmp_path) == []


def test_a_copy_of_model_json_beside_some_pictures_is_no_output_folder(
    without_site: Path, tmp_path: Path, expected: Expected
) -> None:
    shutil.copytree(without_site / "diagrams", tmp_path / "diagrams")
    shutil.copy(without_site / "model.json", tmp_path)

    assert _check(expected, tmp_path) == []


LOST = {
    "": "is missing",
    "<<<<<<< ours": "cannot be read: not JSON",
    '{"version": 9': "cannot be read: not JSON",
    '{"version": 9, "files": {"a": {"sha256": "0", "made_from": ""}}}': "of version 9",
}


@pytest.mark.parametrize("manifest", LOST)
def test_a_build_that_lost_its_manifest_or_can_not_read_it_is_one_still(
    folder: Path, expected: Expected, manifest: str
) -> None:
    if manifest:
        (folder / "manifest.json").write_text(manifest)
    else:
        (folder / "manifest.json").unlink()
    (folder / "diagrams" / "containers.svg").unlink()
    found = {Path(f.subject).name: f.message for f in _check(expected, folder)}

    assert found.keys() == {"manifest.json", "containers.svg"}
    assert LOST[manifest] in found["manifest.json"]


def test_a_manifest_that_was_cut_off_says_by_itself_that_it_is_archdocs(
    folder: Path, expected: Expected
) -> None:
    (folder / "model.json").unlink()
    manifest = folder / "manifest.json"
    manifest.write_bytes(manifest.read_bytes()[:3000])
    found = {Path(f.subject).name: f.code for f in _check(expected, folder)}

    assert found == {"manifest.json": "unreadable-output", "model.json": "missing-output"}


def test_a_site_of_the_projects_own_beside_a_build_without_one_is_not_archdocs(
    folder: Path, expected: Expected
) -> None:
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("<h1>Mine</h1>")
    (finding,) = _check(expected, folder)

    assert finding.message.endswith("site/index.html was not made by archdoc")


def test_a_copied_site_is_copies_of_its_pages(
    whole_build: Path, tmp_path: Path, expected: Expected
) -> None:
    """Which lack the hidden files, as on a server; of all pages, one is found that was edited."""
    site = Path(shutil.copytree(whole_build / "site", tmp_path / "public"))
    compose = site / "compose" / "compose" / "compose.yaml"
    compose.write_text(compose.read_text().replace("postgres:15", "postgres:14"))
    (site / "versions.html").write_text(
        (site / "versions.html").read_text().replace("<td>15</td>", "<td>14</td>")
    )
    found = {f.subject for f in _check(expected, site)}

    assert found == {str(compose), str(site / "versions.html")}
