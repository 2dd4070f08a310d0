"""The same pages, built by every engine that is there: pictures, links and tables arrive."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from archdoc.pipeline import Report, build
from archdoc.source import Loaded, load_model
from helpers import HOSTILE, SMALL, archdoc, write
from once import once
from site_pages import broken_links, read

_ENGINES = Path(os.environ.get("ARCHDOC_SITE_ENGINES", Path(sys.prefix) / "engines"))
_THEIRS = ("properdocs", "zensical")


def _command(engine: str) -> Path:
    command = (Path(sys.prefix) if engine == "mkdocs" else _ENGINES) / "bin" / engine
    if not command.exists():
        pytest.skip(f"{engine} is missing: make engines")
    return command


def _built_by(engine: str, pages: Path) -> Path:
    """The site that an engine makes of exported pages."""
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environ["NO_MKDOCS_2_WARNING"] = "1"  # an announcement of mkdocs-material's
    done = subprocess.run(
        [_command(engine), "build", "-f", "mkdocs.yml"],
        cwd=pages, env=environ, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr + done.stdout
    assert "WARNING" not in done.stdout + done.stderr
    return pages / "site"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory, reference: Loaded, engines: None) -> Path:
    def make(folder: Path) -> Path:
        return build(reference, folder / "build", as_pages=True).folder / "pages"

    return once(tmp_path_factory, "exported", make)


def _shows(file: Path) -> dict[str, int]:
    text = file.read_text("utf-8")
    counted = ("<figure class=archdoc", "data-element=", "data-relationship=", "<table", "download")
    text = text.replace('class="', "class=")
    return {what: text.count(what) for what in counted}


@pytest.mark.parametrize("engine", ["mkdocs", *_THEIRS])
def test_every_engine_shows_what_the_built_site_shows(
    engine: str, exported: Path, built: Report, tmp_path: Path
) -> None:
    site = _built_by(engine, Path(shutil.copytree(exported, tmp_path / "pages")))
    ours = built.folder / "site"
    there = {file.relative_to(ours).as_posix() for file in ours.rglob("*.html")} - {"404.html"}

    assert {p for p in there if not (site / p).is_file()} == set()
    assert {p: _shows(site / p) for p in there} == {p: _shows(ours / p) for p in there}
    assert broken_links({site / p: read(site / p) for p in there}) == []
    text = " ".join(read(site / "deployment-architecture.html").text)
    assert "PostgreSQL 15" in text
    assert "{{" not in text


@pytest.mark.parametrize("engine", _THEIRS)
def test_hostile_text_is_shown_by_every_engine_and_not_obeyed(
    engine: str, tmp_path: Path, engines: None
) -> None:
    name = HOSTILE.replace("'", "''")
    text = SMALL.replace("name: Shop", f"name: '{name}'").replace("Sells.", f"'{name}'")
    report = build(load_model(write(tmp_path / "model", app=text)), tmp_path / "b", as_pages=True)
    page = _built_by(engine, report.folder / "pages") / "index.html"

    assert " ".join(HOSTILE.split()) in " ".join(" ".join(read(page).text).split())
    # Zensical writes names into titles as they are: docs/site.md says so.
    assert "<script>alert" not in re.sub("<title>.*?</title>", "", page.read_text("utf-8"))


def _configuration(tmp_path: Path, text: str, **more: str) -> str:
    """What an exported project is told, for a project that is told this."""
    write(tmp_path / "model", app=SMALL)
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    for name, content in more.items():
        (tmp_path / f"{name}.yml").write_text(content, "utf-8")
    done = archdoc("build", "--pages", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    return (tmp_path / "build" / "pages" / "mkdocs.yml").read_text("utf-8")


def test_what_a_project_says_itself_stays_and_paths_lead_to_the_same_files(
    tmp_path: Path, engines: None
) -> None:
    text = _configuration(
        tmp_path,
        """
        INHERIT: base.yml
        site_url: !ENV [SITE, "https://example.org"]
        theme: {name: material, custom_dir: theme}
        hooks: [hooks/mine.py]
        markdown_extensions:
          - pymdownx.emoji: {emoji_index: !!python/name:material.extensions.emoji.twemoji }
        plugins: [archdoc, search: {lang: de}, tags]
        """,
        base="site_name: Mine\ntheme: {language: de}\nnav: [index.md]\n",
    )
    kept = text.replace("!ENV", "").replace("!!python/name:material.extensions.emoji.twemoji", "x")
    said = yaml.safe_load(kept.replace('"x"', "x").replace("''", ""))

    assert "site_url: !ENV" in text
    assert "!!python/name:material.extensions.emoji.twemoji" in text
    assert said["theme"] == {"language": "de", "name": "material", "custom_dir": "../../theme"}
    assert said["hooks"] == ["../../hooks/mine.py"]
    assert [p if isinstance(p, str) else next(iter(p)) for p in said["plugins"]] == [
        "search", "tags",
    ]  # fmt: skip
    assert said["plugins"][0]["search"]["lang"] == "de"
    assert said["nav"][0] == "index.md"
    assert said["site_name"] == "Mine"
    assert "INHERIT" not in text


def test_a_configuration_that_is_no_yaml_is_a_finding(tmp_path: Path, engines: None) -> None:
    write(tmp_path / "model", app=SMALL)
    (tmp_path / "mkdocs.yml").write_text("site_name: [\n")
    done = archdoc("build", "--pages", cwd=tmp_path)

    assert done.returncode != 0
    assert "mkdocs.yml cannot be read" in done.stderr


def test_pages_and_no_site_contradict_each_other(tmp_path: Path) -> None:
    write(tmp_path / "model", app=SMALL)
    done = archdoc("build", "--pages", "--no-site", cwd=tmp_path)

    assert done.returncode == 2
    assert "contradict" in done.stderr
