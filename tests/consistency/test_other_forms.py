"""Outputs that somebody keeps in another form: packed, in UTF-16, under another suffix."""

from __future__ import annotations

import codecs
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from archdoc.pipeline.kept.copies import check_copies
from archdoc.pipeline.kept.expected import Expected
from archdoc.report import Diagnostic
from archdoc.report.mend import Mend
from archdoc.report.text import printable


def _check(expected: Expected, path: Path) -> list[Diagnostic]:
    return [*check_copies(expected, path, Mend())]


def _utf_16(text: str) -> bytes:
    return text.encode("utf-16")


def _big_endian(text: str) -> bytes:
    return codecs.BOM_UTF16_BE + text.encode("utf-16-be")


def _packed(text: str) -> bytes:
    return gzip.compress(text.encode())


def _fenced(text: str) -> bytes:
    return _utf_16(f"# Shop\n\n```mermaid\n{text}```\n")


FORMS: dict[str, tuple[str, str, Callable[[str], bytes]]] = {
    "UTF-16": ("a.svg", "containers.svg", _utf_16),
    "UTF-16, the other way round": ("a.svg", "containers.svg", _big_endian),
    "a byte order mark": ("a.svg", "containers.svg", lambda text: text.encode("utf-8-sig")),
    "packed": ("a.svgz", "containers.svg", _packed),
    "packed UTF-16": ("a.SVGZ", "containers.svg", lambda text: gzip.compress(_utf_16(text))),
    "plantuml": ("a.plantuml", "containers.puml", str.encode),
    "pu": ("a.pu", "containers.puml", str.encode),
    "iuml": ("a.iuml", "containers.puml", str.encode),
    "wsd": ("a.wsd", "containers.puml", str.encode),
    "gv": ("a.gv", "aws-simple.aws.dot", str.encode),
    "mermaid": ("a.mermaid", "containers.mmd", str.encode),
    "mermaid in UTF-16": ("a.mmd", "containers.mmd", _utf_16),
    "Markdown in UTF-16": ("a.md", "containers.mmd", _fenced),
}


@pytest.mark.parametrize("form", FORMS)
def test_what_is_stale_is_found_in_another_form_too(
    without_site: Path, tmp_path: Path, expected: Expected, form: str
) -> None:
    name, original, write = FORMS[form]
    text = (without_site / "diagrams" / original).read_text()
    copy = tmp_path / name
    copy.write_bytes(write(text))
    right = [_check(expected, path) for path in (copy, tmp_path)]
    copy.write_bytes(write(text.replace("Requests", "Queries").replace("PostgreSQL", "MySQL")))
    found = [_check(expected, path) for path in (copy, tmp_path)]

    assert right == [[], []]
    assert {finding.code for finding in found[0]} == {"stale-output"}
    assert found[0] == found[1]
    assert all("`archdoc render " in finding.help for finding in found[0])


def test_how_a_packed_picture_is_made_anew_is_said(
    without_site: Path, tmp_path: Path, expected: Expected
) -> None:
    svg = (without_site / "diagrams" / "containers.svg").read_text()
    (tmp_path / "containers.svgz").write_bytes(_packed(svg.replace("PostgreSQL", "MySQL")))
    (tmp_path / "README.md").write_text("![x](containers.svgz)\n")
    (finding, *_) = _check(expected, tmp_path / "README.md")

    assert finding.help == (
        f"write it anew: `archdoc render containers --format svg -o {tmp_path}`, "
        "and put its containers.svg, packed by gzip, in place of containers.svgz"
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (lambda: b"", "it is empty"),
        (lambda: _packed("x" * 200_000_000), "too large once it is unpacked"),
        (lambda: _packed("<svg/>")[:-4], "it is cut off"),
        (lambda: b"\x1f\x8bnothing", "not packed by gzip"),
        (lambda: b"<svg", "not an SVG picture"),
        (lambda: gzip.compress(codecs.BOM_UTF16_LE + b"x"), "truncated data"),
    ],
)
def test_a_packed_picture_that_is_damaged_is_found(
    tmp_path: Path, expected: Expected, content: Callable[[], bytes], said: str
) -> None:
    (tmp_path / "a.svgz").write_bytes(content())
    (finding,) = _check(expected, tmp_path)

    assert finding.code == "unreadable-output"
    assert said in printable(finding.message)


def test_what_others_write_in_such_a_form_is_passed_over(
    without_site: Path, tmp_path: Path, expected: Expected
) -> None:
    (tmp_path / "ours.svg").write_bytes((without_site / "diagrams/containers.svg").read_bytes())
    svg = '<?xml version="1.0" encoding="UTF-16"?><svg xmlns="http://www.w3.org/2000/svg"/>'
    (tmp_path / "a.svg").write_bytes(_utf_16(svg))
    (tmp_path / "a.svgz").write_bytes(gzip.compress(_utf_16(svg)))
    (tmp_path / "a.pu").write_text("@startuml\na -> b\n@enduml\n")
    (tmp_path / "a.gv").write_text("digraph { a -> b }\n")
    (tmp_path / "a.mermaid").write_text("flowchart TB\n  a --> b\n")

    assert _check(expected, tmp_path) == []


def _without(text: str, *words: str) -> str:
    return "\n".join(line for line in text.split("\n") if not any(w in line for w in words))


@pytest.mark.parametrize("name", ["containers", "context", "page.sequence", "aws-simple.aws"])
def test_a_block_that_lost_its_first_lines_is_told_by_what_most_of_it_says(
    without_site: Path, tmp_path: Path, expected: Expected, name: str
) -> None:
    text = (without_site / "diagrams" / f"{name}.mmd").read_text()
    bare = _without(text, "generated by archdoc", "accTitle")
    (tmp_path / "README.md").write_text(f"```mermaid\n{bare}```\n")
    (found,) = _check(expected, tmp_path)
    (tmp_path / "README.md").write_text(f"```mermaid\n{bare.replace('quests', 'x')}```\n")

    assert found.message == f"{tmp_path}/README.md is not what would be written now"
    assert found.label.startswith("should be `%% View `")
    assert {finding.code for finding in _check(expected, tmp_path)} == {"stale-output"}


def test_a_diagram_that_only_has_some_lines_of_ours_is_its_authors(
    without_site: Path, tmp_path: Path, expected: Expected
) -> None:
    text = (without_site / "diagrams" / "containers.mmd").read_text()
    bare = _without(text, "generated by archdoc", "accTitle")
    (tmp_path / "ours.svg").write_bytes((without_site / "diagrams/containers.svg").read_bytes())
    (tmp_path / "part.mmd").write_text("\n".join(bare.split("\n")[:10]))
    theirs = "\n".join(f"  own{n} --> own{n + 1}" for n in range(30))
    (tmp_path / "more.mmd").write_text(f"{bare}\n{theirs}\n")

    assert _check(expected, tmp_path) == []
