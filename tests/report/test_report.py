"""How findings are shown, by each renderer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from archdoc.report import Diagnostic, Note, Severity, Span, in_order
from archdoc.report.machine import github, sarif
from archdoc.report.text import concise, full

# OASIS's schema of SARIF 2.1.0 (Errata 01), as Microsoft's sarif-multitool publishes it.
SARIF_SCHEMA: dict[str, Any] = json.loads(
    (Path(__file__).parent / "sarif-2.1.0.json").read_text("utf-8")
)
PLACE = Span("model/app.yaml", 41, 15, 20, "  - django -> redsi: Cache requests")
FINDING = Diagnostic(
    "unknown-reference",
    "no element is called `redsi`",
    span=PLACE,
    label="did you mean `redis`?",
    help="elements in reach: redis, app.redis",
)


def test_a_finding_has_the_form_of_the_design() -> None:
    assert full([FINDING]) == (
        "error[unknown-reference]: no element is called `redsi`\n"
        "  --> model/app.yaml:41:15\n"
        "   |\n"
        "41 |   - django -> redsi: Cache requests\n"
        "   |               ^^^^^ did you mean `redis`?\n"
        "   = help: elements in reach: redis, app.redis\n"
        "\n"
        "1 error\n"
    )


def test_a_note_shows_its_own_place() -> None:
    noted = Diagnostic("x", "m", span=PLACE, notes=(Note("first here", Span("f", 7, 1, 2, "a")),))

    assert "   = note: first here\n  --> f:7:1\n   |\n 7 | a\n   | ^\n" in full([noted])


def test_carets_stand_under_wide_letters_and_tabs() -> None:
    wide = Diagnostic("x", "m", span=Span("f", 1, 4, 5, "日\tx!"))
    lines = full([wide]).splitlines()

    assert lines[3] == "1 | 日    x!"
    assert lines[4] == "  | " + " " * 7 + "^"


def test_a_terminal_is_not_played_with() -> None:
    hostile = "\x1b[31mred\u202e\x07"
    shown = full([Diagnostic("x", hostile, span=Span(hostile, 1, 1, 2, hostile), help=hostile)])

    assert not set(shown) & {"\x1b", "\u202e", "\x07"}
    assert "<U+001B>[31mred<U+202E><U+0007>" in shown


def test_a_long_line_is_cut() -> None:
    long = Diagnostic("x", "m", span=Span("f", 1, 1, 3, "ab" * 5000))

    assert max(map(len, full([long]).splitlines())) < 200


def test_a_place_far_to_the_right_is_shown() -> None:
    text = "a: {" + "x, " * 200 + "wrong: 1, " + "y, " * 100
    column = text.index("wrong") + 1
    lines = full([Diagnostic("x", "m", span=Span("f", 1, column, column + 5, text))]).splitlines()

    at = lines[4].index("^^^^^")
    assert lines[3][at : at + 5] == "wrong"
    assert len(lines[3]) < 180


def test_findings_are_in_the_order_of_their_places_and_each_once() -> None:
    def at(file: str, line: int) -> Diagnostic:
        return Diagnostic("x", "m", span=Span(file, line, 1, 2))

    assert in_order([at("b", 1), at("a", 10), at("a", 9), at("a", 9)]) == [
        at("a", 9), at("a", 10), at("b", 1)
    ]  # fmt: skip


def test_a_finding_from_two_places_has_the_notes_of_both() -> None:
    one, other = Note("page a shows it"), Note("page b shows it")
    found = [Diagnostic("x", "m"), *(Diagnostic("x", "m", notes=(n,)) for n in (one, other, one))]

    assert in_order(found) == [Diagnostic("x", "m", notes=(one, other))]


def test_warnings_are_counted_apart() -> None:
    warning = Diagnostic("x", "m", severity=Severity.WARNING, subject="s")

    assert full([FINDING, warning, warning]).endswith("\n1 error, 2 warnings\n")
    assert concise([warning]) == "s: warning[x] m\n"


def test_githubs_annotations_cannot_be_broken_out_of() -> None:
    hostile = Diagnostic("x", "100% a\n::error::b", span=Span("a,b:c", 1, 2, 3))

    assert github([hostile]) == (
        "::error title=archdoc x,file=a%2Cb%3Ac,line=1,col=2::100%25 a%0A::error::b\n"
    )


def test_sarif_points_at_its_rules() -> None:
    run = json.loads(sarif([FINDING], {"unknown-reference": "Summary."}, "1.0"))["runs"][0]

    assert run["tool"]["driver"]["rules"][run["results"][0]["ruleIndex"]] == {
        "id": "unknown-reference",
        "shortDescription": {"text": "Summary."},
    }


@pytest.mark.parametrize(
    "findings",
    [
        [],
        [FINDING],
        [Diagnostic("x", "no place", subject="systems.app")],
        [Diagnostic("x", "a whole file", subject="a b/ü%.svg", file="a b/ü%.svg")],
        [Diagnostic("x", "m", span=PLACE, notes=(Note("first", PLACE), Note("no place")))],
        [Diagnostic("x", "m", Severity.WARNING, span=Span("a b/ü%.yaml", 1, 1, 2, "ü"))],
    ],
)
def test_sarif_fulfils_its_schema(findings: list[Diagnostic]) -> None:
    document = json.loads(sarif(findings, {"x": "Summary."}, "1.0"))

    jsonschema.Draft202012Validator(SARIF_SCHEMA).validate(document)
    assert len(document["runs"][0]["results"]) == len(findings)
