"""Pages of decisions, and what other pages say of them."""

from __future__ import annotations

from pathlib import Path

from archdoc.pipeline import Report
from archdoc.site import Content, stage
from archdoc.source import load_model, read_decisions
from helpers import HOSTILE, SMALL, write

_FILES = {
    "0001-old.md": "---\nstatus: accepted\n---\n\n# Old\n\n{{ web.version }}\n\n{{ nothing.x }}\n",
    "0002-new.md": "---\nstatus: accepted\nabout: [web, local]\nsupersedes: 1\n---\n\n# New\n",
    "web/0001-inner.md": "---\nstatus: proposed\nabout: local.project\n---\n\nNo heading.\n",
}


def _pages(folder: Path, files: dict[str, str] = _FILES) -> tuple[dict[str, str], list[str]]:
    """The Markdown pages, and what is wrong with them."""
    for path, text in files.items():
        file = folder / "docs" / "decisions" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    model = load_model(write(folder / "model", app=SMALL)).model
    decisions, _ = read_decisions(folder, model)
    staged = stage(Content(model, (), decisions=decisions), folder, {})
    pages = {p: c.decode() for p, c in staged.files.items() if p.endswith(".md")}
    places = [f"{p.span.file}:{p.span.line}" for p in staged.problems if p.span]
    return pages, [place.rpartition("/")[2] for place in places]


def test_a_decision_is_a_page_with_its_facts_below_its_heading(tmp_path: Path) -> None:
    pages, problems = _pages(tmp_path)
    old, new = pages["decisions/0001-old.md"], pages["decisions/0002-new.md"]

    assert old.lstrip().startswith("# Old\n\n| Fact | Value |")
    assert "| Status | superseded by [2&#46; New](0002-new.md) |" in old
    assert "\n4&#46;2\n" in old
    assert problems == ["0001-old.md:9"]
    assert "[Web](../elements/shop.web.md), [local](../environments/local.md)" in new
    assert "| Supersedes | [1&#46; Old](0001-old.md) |" in new
    assert pages["decisions/web/0001-inner.md"].startswith("# Inner\n\n| Fact | Value |")


def test_elements_and_environments_list_the_decisions_about_them(tmp_path: Path) -> None:
    pages, _ = _pages(tmp_path)

    about = "## Decisions about it\n\n- [2&#46; New](../decisions/0002-new.md): accepted"
    assert about in pages["elements/shop.web.md"]
    assert about in pages["environments/local.md"]
    assert "(../decisions/web/0001-inner.md): proposed" in pages["environments/local.md"]
    assert "Decisions about it" not in pages["elements/shop.db.md"]


def test_each_category_has_an_index_and_the_first_one_leads_to_the_others(tmp_path: Path) -> None:
    pages, _ = _pages(tmp_path)

    assert "| 2 | [New](0002-new.md) | accepted |" in pages["decisions/index.md"]
    assert "- [web](web/index.md): 1 decision\n" in pages["decisions/index.md"]
    assert "| 1 | [Inner](0001-inner.md) | proposed |" in pages["decisions/web/index.md"]


def test_a_column_that_is_empty_for_all_decisions_is_left_out(tmp_path: Path) -> None:
    one = "---\nstatus: accepted\n---\n\n# One\n"
    none, _ = _pages(tmp_path / "none", {"0001-one.md": one})
    dated = one.replace("status", "date: 2024-01-02\nstatus").replace("One", "Two")
    some, _ = _pages(tmp_path / "some", {"0001-one.md": one, "0002-two.md": dated})

    assert "| Number | Decision | Status |\n" in none["decisions/index.md"]
    assert "| Number | Decision | Status | Date |\n" in some["decisions/index.md"]


def test_without_decisions_nothing_speaks_of_them(tmp_path: Path) -> None:
    pages, _ = _pages(tmp_path, {"readme.md": "# Ours\n"})

    assert "decisions/index.md" not in pages
    assert all("ecisions about" not in text for text in pages.values())


def test_an_own_index_takes_the_place_of_the_generated_one(tmp_path: Path) -> None:
    pages, _ = _pages(tmp_path, {**_FILES, "index.md": "# Ours\n"})

    assert pages["decisions/index.md"] == "# Ours\n"


def test_hostile_titles_are_text_on_other_pages(tmp_path: Path) -> None:
    text = f"---\nstatus: accepted\nabout: web\n---\n\n# {HOSTILE}\n"
    pages, _ = _pages(tmp_path, {"0001-x.md": text})

    assert "<script>" not in pages["decisions/index.md"] + pages["elements/shop.web.md"]


def test_the_reference_models_decisions_are_in_its_site(built: Report) -> None:
    site = built.folder / "site"
    beat = (site / "elements" / "app.beat.html").read_text("utf-8")

    assert 'href="../decisions/0003-a-scheduler-of-its-own.html"' in beat
    assert (site / "decisions" / "archdoc" / "index.html").exists()
