"""Pictures that pages of HTML show, and those that stand in Markdown as SVG."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archdoc.pipeline.kept.copies import check_copies
from archdoc.pipeline.kept.expected import Expected
from archdoc.report import Diagnostic, Severity
from archdoc.report.mend import Mend


def _check(expected: Expected, path: Path) -> list[Diagnostic]:
    return [*check_copies(expected, path, Mend())]


@pytest.fixture
def repository(without_site: Path, tmp_path: Path) -> Path:
    """One with a good picture and a stale one, and a folder for a page of its own."""
    folder, svg = tmp_path / "repository", without_site / "diagrams" / "context.svg"
    (folder / "ext").mkdir(parents=True)
    (folder / "v4").mkdir()
    (folder / ".git").mkdir()
    shutil.copy(svg, folder / "ext" / "good.svg")
    (folder / "ext" / "p.svg").write_text(svg.read_text().replace("</text>", "!</text>", 1))
    return folder


_SHOWN = {
    "stale": ('<img src="../ext/p.svg">', "stale-output"),
    "missing": ("<img src=../ext/gone.svg>", "missing-output"),
    "in a set": ('<img\nsrcset="../ext/p.svg 2x, ../ext/good.svg">', "stale-output"),
    "an object": ('<object data="../ext/p.svg"></object>', "stale-output"),
    "a frame": ('<iframe src="../ext/p.svg"></iframe>', "stale-output"),
}


@pytest.mark.parametrize("how", _SHOWN)
def test_a_picture_on_a_page_of_html_is_told_with_its_line(
    repository: Path, expected: Expected, how: str
) -> None:
    shown, code = _SHOWN[how]
    page = repository / "v4" / "index.html"
    page.write_text(f"<!doctype html>\n<p>\n<img src=../ext/good.svg>\n{shown}\n</html>\n")

    for path in (page, page.parent):
        (finding,) = _check(expected, path)
        spans = [finding.span, *(note.span for note in finding.notes)]
        assert finding.code == code
        assert "../ext/" in next(span.text for span in spans if span)


def test_a_page_of_html_that_shows_none_of_archdocs_is_others(
    repository: Path, expected: Expected
) -> None:
    page = repository / "v4" / "index.html"
    page.write_text("<!doctype html><img src=https://example.org/x.svg><script src=x.js></script>")
    (named,) = _check(expected, page)
    page.write_text(f"{page.read_text()}<img src=../ext/good.svg>")

    assert (named.code, named.severity) == ("foreign-output", Severity.ERROR)
    assert _check(expected, page) == []


@pytest.mark.parametrize("piece", ["<", "<a ", "<img src=", "<!-", "<svg>", "</svg>", '<a b="'])
def test_hostile_html_is_read_or_refused_in_time(
    repository: Path, expected: Expected, piece: str
) -> None:
    for name in ("index.html", "index.md"):
        page = repository / "v4" / name
        page.write_text(piece * (256 * 1024 // len(piece)))
        assert {f.code for f in _check(expected, page)} <= {"foreign-output", "unreadable-output"}


def _context(repository: Path, name: str = "good") -> str:
    return (repository / "ext" / f"{name}.svg").read_text()


@pytest.mark.parametrize("around", ["{}", "<div>\n{}\n</div>", "- {}", "<p align=center>{}</p>"])
def test_an_svg_that_stands_in_markdown_is_read(
    repository: Path, expected: Expected, around: str
) -> None:
    readme = repository / "README.md"
    readme.write_text(f"# Shop\n\n<svg/>\n\n{around.format(_context(repository))}\n")
    right = _check(expected, readme)
    readme.write_text(f"# Shop\n\n{around.format(_context(repository, 'p'))}\n")
    (finding, *_) = _check(expected, readme)

    assert right == []
    assert finding.code == "stale-output"
    assert finding.span is not None
    assert "<svg" in finding.span.text
    assert "archdoc render context --format svg" in finding.help


_OTHER_SVG = {
    "of a view that is gone": ("context-title", "gone-title", "stale-output"),
    "cut off": ("</g>", "", "unreadable-output"),
}


@pytest.mark.parametrize("how", _OTHER_SVG)
def test_an_svg_in_markdown_that_is_no_picture_any_more_is_told(
    repository: Path, expected: Expected, how: str
) -> None:
    old, new, code = _OTHER_SVG[how]
    readme = repository / "README.md"
    readme.write_text(f"# Shop\n\n{_context(repository).replace(old, new)}\n")
    (finding,) = _check(expected, readme)

    assert finding.code == code
    assert finding.span is not None


@pytest.mark.parametrize("around", ["```xml\n{}\n```", "<!--\n{}\n-->"])
def test_an_svg_that_is_not_shown_is_passed_over(
    repository: Path, expected: Expected, around: str
) -> None:
    readme = repository / "README.md"
    readme.write_text(f"![x](ext/good.svg)\n\n{around.format(_context(repository, 'p'))}\n")

    assert _check(expected, readme) == []
