"""Pages say what they were built from: stale ones and edited ones are found wherever they lie."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from archdoc.pipeline import build
from archdoc.pipeline.kept import check_outputs
from archdoc.report import Diagnostic
from archdoc.report.mend import Mend
from archdoc.site import LIST
from archdoc.source import load_model
from once import once

_MODEL = """\
name: Shop
glossary:
  order: {meaning: What somebody buys, see: [shop.web]}
people: {buyer: {description: Buys}}
systems:
  shop:
    description: Sells
    containers:
      web: {technology: Django, version: "5", description: Shows, docs: notes.md}
      db: {technology: PostgreSQL, version: "15", kind: database, description: Keeps}
relationships:
  - buyer -> web: Buys at
  - web -> db: Reads
"""
_DECISION = """\
---
status: accepted
about: [db]
---
# Use PostgreSQL

Because we know it.
"""
_FILES = {
    "model/model.yaml": _MODEL,
    "model/notes.md": "Some notes.\n\n- one entry\n",
    "docs/decisions/0001-use-postgresql.md": _DECISION,
    "docs/guide.md": "# Guide\n\nHow to use {{ web.name }}.\n",
}
_DECIDED = "decisions/0001-use-postgresql decisions/index elements/shop.db"
"""The pages that tell of a decision."""
_CHANGES = {
    "a meaning": ("model/model.yaml", "What somebody buys", "What somebody bought", "glossary"),
    "what to see": ("model/model.yaml", "see: [shop.web]", "see: [shop.db]", "glossary"),
    "a decision's text": ("docs/decisions/0001-use-postgresql.md", "know", "like",
                          "decisions/0001-use-postgresql"),
    "a decision's status": ("docs/decisions/0001-use-postgresql.md", "accepted", "proposed",
                            _DECIDED),
    "what it is about": ("docs/decisions/0001-use-postgresql.md", "[db]", "[web]",
                         f"{_DECIDED} elements/shop.web"),
    "notes": ("model/notes.md", "Some", "Other", "elements/shop.web"),
    "a page of their own": ("docs/guide.md", "How to", "How not to", "guide"),
    "a label": ("model/model.yaml", "Buys at", "Orders at",
                "elements/buyer elements/shop elements/shop.db elements/shop.web index views"),
}  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, engines: None) -> Path:
    """A project with its site, and with pages for other engines."""

    def make(folder: Path) -> Path:
        for path, text in _FILES.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text)
        loaded = load_model(folder / "model")
        assert not build(loaded, folder / "build").problems
        assert not build(loaded, folder / "pagesout", as_pages=True).problems
        return folder

    return once(tmp_path_factory, "sealed-pages", make)


@pytest.fixture
def spoiled(project: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(project, tmp_path / "project"))


def _check(project: Path, path: Path) -> list[Diagnostic]:
    return check_outputs(load_model(project / "model"), (path,), Mend())


def _pages(found: list[Diagnostic], root: Path) -> set[str]:
    """The pages that are told, without what a page is called at the end."""
    told = (Path(f.subject) for f in found if f.subject.endswith((".html", ".md")))
    return {path.relative_to(root).with_suffix("").as_posix() for path in told}


def test_what_was_just_built_is_right_wherever_it_is_copied(project: Path, tmp_path: Path) -> None:
    copied = shutil.copytree(project / "build" / "site", tmp_path / "public")

    for path in (project / "build", project / "pagesout", copied):
        assert _check(project, path) == []


@pytest.mark.parametrize("change", _CHANGES)
def test_every_page_that_is_stale_is_told_and_no_other(spoiled: Path, change: str) -> None:
    file, old, new, pages = _CHANGES[change]
    text = (spoiled / file).read_text()
    assert old in text
    (spoiled / file).write_text(text.replace(old, new))
    copied = shutil.copytree(spoiled / "build" / "site", spoiled.parent / "public")

    for place, root in (("build", "build/site"), ("pagesout", "pagesout/pages/docs")):
        found = [f for f in _check(spoiled, spoiled / place) if f.code != "edited-output"]
        assert _pages(found, spoiled / root) == {*pages.split()}, place
        assert {f.code for f in found} == {"stale-output"}
    assert _pages(_check(spoiled, copied), copied) == {*pages.split()}


def test_a_page_of_a_decision_that_is_gone_is_told(spoiled: Path) -> None:
    (spoiled / "docs" / "decisions" / "0001-use-postgresql.md").unlink()
    for place, page in (("build/site", "html"), ("pagesout/pages/docs", "md")):
        found = {f.subject: f for f in _check(spoiled, spoiled / place.partition("/")[0])}
        gone = found[str(spoiled / place / f"decisions/0001-use-postgresql.{page}")]

        assert "does not say any more" in gone.message


@pytest.mark.parametrize(
    "page", ["glossary.html", "decisions/index.html", "decisions/0001-use-postgresql.html"]
)
def test_a_generated_page_may_be_named(spoiled: Path, page: str) -> None:
    path = spoiled / "build" / "site" / page
    right = _check(spoiled, path)
    alone = Path(shutil.copy(path, spoiled.parent / "alone.html"))
    right += _check(spoiled, alone)
    alone.write_text(alone.read_text().replace("</article>", "x</article>"))

    assert right == []
    (finding,) = _check(spoiled, alone)
    assert finding.code == "edited-output"
    assert finding.help.endswith(f"site/{page}")


def _edit(old: str, new: str) -> Callable[[Path], object]:
    def edit(path: Path) -> None:
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))

    return edit


_UNSEALED = re.compile(r'<meta name="archdoc-seal"[^>]*>')
_SPOILED: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "search": ("search/search_index.json", _edit("Buys", "Bought"), "edited-output"),
    "search from disk": ("search/search_index.js", _edit("Buys", "Bought"), "edited-output"),
    "sitemap": ("sitemap.xml", _edit("urlset", "urls"), "edited-output"),
    "style": ("assets/archdoc.css", _edit("{", "{ "), "edited-output"),
    "no page": ("elements/buyer.html", Path.unlink, "missing-output"),
    "no start page": ("index.html", Path.unlink, "missing-output"),
    "no glossary": ("glossary.html", Path.unlink, "missing-output"),
    "no list": (LIST, Path.unlink, "missing-output"),
    "a list of nothing": (LIST, lambda path: path.write_text("[]"), "unreadable-output"),
    "a list that says less": (LIST, _edit('"sitemap.xml"', '"map.xml"'), "unreadable-output"),
    "a list that leads out": (LIST, _edit('"sitemap.xml"', '"../x"'), "unreadable-output"),
    "a script": ("index.html", _edit("</body>", "<script src=https://evil></script></body>"),
                 "edited-output"),
    "a handler": ("views.html", _edit("<body", "<body onload=x()"), "edited-output"),
    "a frame": ("elements/shop.html", _edit("</article>", "<iframe src=x></iframe></article>"),
                "edited-output"),
    "a meaning": ("glossary.html", _edit("What somebody buys", "Whatever"), "edited-output"),
    "a decision": ("decisions/index.html", _edit("accepted", "rejected"), "edited-output"),
    "no seal": ("glossary.html",
                lambda path: path.write_text(_UNSEALED.sub("", path.read_text())), "edited-output"),
}  # fmt: skip


@pytest.mark.parametrize("how", _SPOILED)
def test_a_copied_site_that_was_spoiled_is_told(spoiled: Path, how: str) -> None:
    file, spoil, code = _SPOILED[how]
    site = shutil.copytree(spoiled / "build" / "site", spoiled.parent / "public")
    spoil(site / file)
    found = _check(spoiled, site)

    assert [(f.subject, f.code) for f in found] == [(str(site / file), code)]


def test_pages_that_the_project_leaves_out_are_not_missed(spoiled: Path) -> None:
    settings = "site_name: Shop\ntheme: material\nexclude_docs: |\n  glossary.md\n"
    (spoiled / "mkdocs.yml").write_text(settings)
    build(load_model(spoiled / "model"), spoiled / "build")

    assert not (spoiled / "build" / "site" / "glossary.html").exists()
    assert _check(spoiled, spoiled / "build") == []


def test_a_site_in_another_theme_is_told_by_its_seals(spoiled: Path) -> None:
    (spoiled / "mkdocs.yml").write_text("site_name: Shop\ntheme: mkdocs\n")
    build(load_model(spoiled / "model"), spoiled / "build")
    right = _check(spoiled, spoiled / "build")
    copied = shutil.copytree(spoiled / "build" / "site", spoiled.parent / "public")
    right += _check(spoiled, copied)
    _edit("What somebody buys", "What somebody bought")(spoiled / "model" / "model.yaml")

    assert right == []
    for root in (spoiled / "build" / "site", copied):
        assert _pages(_check(spoiled, root), root) == {"glossary"}


def test_an_edited_page_is_told_though_the_manifest_says_its_digest(spoiled: Path) -> None:
    page, manifest = spoiled / "build/site/glossary.html", spoiled / "build/manifest.json"
    _edit("What somebody buys", "Whatever")(page)
    document = json.loads(manifest.read_text())
    digest = hashlib.sha256(page.read_bytes()).hexdigest()
    document["files"]["site/glossary.html"]["sha256"] = digest
    manifest.write_text(json.dumps(document))

    found = {f.subject: f.code for f in _check(spoiled, spoiled / "build")}
    assert found[str(page)] == "edited-output"


def test_other_ends_of_lines_in_a_copied_site_are_no_difference(spoiled: Path) -> None:
    site = shutil.copytree(spoiled / "build" / "site", spoiled.parent / "public")
    for file in site.rglob("*"):
        if file.suffix in {".html", ".js", ".css", ".json", ".xml", ".md", ".mmd", ".puml"}:
            file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))

    assert _check(spoiled, site) == []
