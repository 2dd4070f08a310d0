"""A site that is there is believed only where all that it is made from is known."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers import SMALL, archdoc, write


@pytest.fixture
def project(tmp_path: Path, engines: None) -> Path:
    write(tmp_path / "model", app=SMALL)
    write(tmp_path / "docs")
    (tmp_path / "docs" / "own.md").write_text("# Mine\n")
    return tmp_path


def _own_page(project: Path) -> str:
    return (project / "build" / "site" / "own.html").read_text("utf-8")


def test_what_the_sites_settings_draw_in_is_never_overlooked(project: Path) -> None:
    (project / "mkdocs.yml").write_text("site_name: Mine\nhooks: [hook.py]\n")
    hook = "def on_page_markdown(markdown, **k): return markdown + '\\n\\nhook 1\\n'\n"
    (project / "hook.py").write_text(hook)
    first = archdoc("build", cwd=project)
    (project / "hook.py").write_text(hook.replace("hook 1", "hook 2"))
    checked = archdoc("build", "--check", cwd=project)
    second = archdoc("build", cwd=project)

    assert first.returncode == second.returncode == 0
    assert checked.returncode == 1
    assert "build/site/own.html" in checked.stdout
    assert "hook 2" in _own_page(project)


def test_a_page_that_the_list_of_files_does_not_name_is_not_believed(project: Path) -> None:
    """As after a merge that was resolved badly."""
    archdoc("build", cwd=project)
    before = _own_page(project)
    page, manifest = project / "build" / "site" / "own.html", project / "build" / "manifest.json"
    page.write_text(before.replace("Mine", "Theirs"))
    document = json.loads(manifest.read_bytes())
    del document["files"]["site/own.html"]
    manifest.write_text(json.dumps(document))
    checked = archdoc("build", "--check", cwd=project)
    archdoc("build", cwd=project)

    assert checked.returncode == 1
    assert "build/site/own.html" in checked.stdout
    assert _own_page(project) == before


def test_nor_is_a_hash_that_somebody_wrote_for_a_page_of_their_own(project: Path) -> None:
    archdoc("build", cwd=project)
    page, manifest = project / "build" / "site" / "own.html", project / "build" / "manifest.json"
    page.write_text(_own_page(project).replace("Mine", "Theirs"))
    document = json.loads(manifest.read_bytes())
    document["files"]["site/own.html"]["sha256"] = hashlib.sha256(page.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(document))
    checked = archdoc("build", "--check", cwd=project)

    assert checked.returncode == 1
    assert "build/site/own.html" in checked.stdout


def _edit(page: Path, _: dict[str, Any]) -> None:
    page.write_text(page.read_text().replace("Mine", "Theirs"))


def _remove(page: Path, files: dict[str, Any]) -> None:
    page.unlink()
    del files["site/own.html"]


@pytest.mark.parametrize("spoil", [_edit, _remove])
def test_a_build_mends_a_page_although_the_list_of_files_was_edited_with_it(
    project: Path, spoil: Callable[[Path, dict[str, Any]], None]
) -> None:
    archdoc("build", cwd=project)
    before = _own_page(project)
    page, manifest = project / "build" / "site" / "own.html", project / "build" / "manifest.json"
    document = json.loads(manifest.read_bytes())
    spoil(page, document["files"])
    if page.exists():
        sha256 = hashlib.sha256(page.read_bytes()).hexdigest()
        document["files"]["site/own.html"]["sha256"] = sha256
    manifest.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    archdoc("build", cwd=project)

    assert _own_page(project) == before
    assert archdoc("build", "--check", cwd=project).returncode == 0
