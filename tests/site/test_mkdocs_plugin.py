"""`plugins: [archdoc]` with the real mkdocs: build, serve, and what is wrong with a model."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers import SMALL, archdoc, write
from running import Running
from site_pages import broken_links, read

_SETTINGS = """\
site_name: Mine
plugins: [search, archdoc]
nav: [Welcome: index.md]
"""
_PAGE = """\
# Welcome

The database is {{ db.technology_label }}.

```archdoc
view: containers
```
"""


def _project(folder: Path, settings: str = _SETTINGS, model: str = SMALL) -> Path:
    write(folder / "model", app=model)
    (folder / "mkdocs.yml").write_text(settings)
    (folder / "docs").mkdir()
    (folder / "docs" / "index.md").write_text(_PAGE)
    return folder


_QUIET = {"NO_MKDOCS_2_WARNING": "1"}


def _mkdocs(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=folder, env={**os.environ, **_QUIET}, capture_output=True, text=True,
        check=False, timeout=300,
    )  # fmt: skip
    assert "Traceback" not in done.stdout + done.stderr
    return done


@pytest.mark.parametrize("theme", ["mkdocs", "material"])
@pytest.mark.parametrize("directories", ["true", "false"])
def test_mkdocs_builds_generated_pages_beside_the_projects_own(
    tmp_path: Path, engines: None, theme: str, directories: str
) -> None:
    settings = f"{_SETTINGS}theme: {{name: {theme}}}\nuse_directory_urls: {directories}\n"
    done = _mkdocs(_project(tmp_path, settings), "build", "--strict")
    site = tmp_path / "site"
    element = "elements/shop.web/" if directories == "true" else "elements/shop.web.html"
    start = (site / "index.html").read_text("utf-8")

    assert done.returncode == 0, done.stderr
    assert "The database is PostgreSQL 15." in start
    assert f'href="{element}"><g ' in start
    assert "Where everything runs" not in start  # the generated start page gave way
    assert (site / "elements" / "shop.db" / "index.html").exists() == (directories == "true")
    assert broken_links({file: read(file) for file in site.rglob("*.html")}) == []


def test_a_navigation_that_names_a_generated_page_gets_it_once(
    tmp_path: Path, engines: None
) -> None:
    settings = _SETTINGS.replace("nav: [", "nav: [Mine: views.md, ")
    done = _mkdocs(_project(tmp_path, settings), "build", "--strict")

    assert done.returncode == 0, done.stderr
    assert "Pictures</a>" not in (tmp_path / "site" / "index.html").read_text("utf-8")


def test_what_is_wrong_with_a_model_is_said_as_archdoc_says_it(tmp_path: Path) -> None:
    done = _mkdocs(_project(tmp_path, model=SMALL.replace("- web -> db", "- web -> dbb")), "build")

    assert done.returncode == 1
    assert "error[unknown-reference]: no element is called `dbb`" in done.stderr
    assert "did you mean `db`?" in done.stderr
    assert not (tmp_path / "site").exists()


def test_a_model_that_is_missing_is_said(tmp_path: Path) -> None:
    settings = _SETTINGS.replace("archdoc]", "archdoc: {model: nowhere}]")
    done = _mkdocs(_project(tmp_path, settings), "build")

    assert done.returncode == 1
    assert "nowhere" in done.stderr


def test_what_a_page_asks_for_in_vain_is_a_warning(tmp_path: Path, engines: None) -> None:
    project = _project(tmp_path)
    (project / "docs" / "index.md").write_text("# Mine\n\n{{ nobody.version }}\n")
    done = _mkdocs(project, "build")

    assert done.returncode == 0
    assert "no element is called `nobody`" in done.stderr
    assert "docs/index.md:3" in done.stderr
    assert _mkdocs(project, "build", "--strict").returncode == 1


def test_archdoc_builds_a_project_with_the_plugin_as_one_without(
    tmp_path: Path, engines: None
) -> None:
    done = archdoc("build", cwd=_project(tmp_path))
    start = (tmp_path / "build" / "site" / "index.html").read_text("utf-8")

    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert start.count("elements/shop.db.html") > 1


class _Served(Running):
    """`mkdocs serve` in a project."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        command = ("mkdocs", "serve", "--livereload", "-a", self.address)
        super().__init__(*command, cwd=folder, **_QUIET)

    def start(self) -> str:
        with urllib.request.urlopen(f"http://{self.address}/", timeout=30) as answer:
            return str(answer.read().decode())


@pytest.fixture
def served(tmp_path: Path, engines: None) -> Iterator[tuple[_Served, Path]]:
    project = _project(tmp_path)
    with _Served(project) as served:
        served.until(lambda: "Serving on" in served.said)
        yield served, project / "model" / "app.yaml"


def test_serving_follows_the_model_says_what_is_wrong_and_does_not_go_round(
    served: tuple[_Served, Path],
) -> None:
    mkdocs, model = served
    text = model.read_text()
    model.write_text(text.replace("15", "16"))
    mkdocs.until(lambda: "PostgreSQL 16" in mkdocs.start())
    model.write_text(text.replace("- web -> db", "- web -> dbb"))
    mkdocs.until(lambda: "no element is called `dbb`" in mkdocs.said)
    model.write_text(text.replace("15", "17"))
    mkdocs.until(lambda: "PostgreSQL 17" in mkdocs.start())
    times = mkdocs.said.count("Detected file changes")
    time.sleep(3)

    assert times == 3
    assert mkdocs.said.count("Detected file changes") == times
    assert "Traceback" not in mkdocs.said
