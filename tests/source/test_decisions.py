"""Decision records: what is read of them, and what is said of one that is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archdoc.model import Decision
from archdoc.pipeline import check
from archdoc.report import Diagnostic
from archdoc.source import body_of, load_model, read_decisions
from conftest import examples
from helpers import HOSTILE, SMALL, archdoc, archdoc_model, write

MODEL = archdoc_model(SMALL)

GOOD = """---
status: accepted
date: 2026-03-31
about: [web, local, local.project]
---
# 3. Use it
"""


def _read(folder: Path, **files: str) -> tuple[tuple[Decision, ...], list[Diagnostic]]:
    """What is found where `a__0001_x="…"` is the file `a/0001-x.md`."""
    for name, text in files.items():
        path = name.replace("__", "/").lstrip("_").replace("_", "-")
        file = folder / "docs" / "decisions" / f"{path}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return read_decisions(folder, load_model(write(folder / "model", app=SMALL)).model)


def test_a_decision_says_number_title_status_date_and_what_it_is_about(tmp_path: Path) -> None:
    (decision,), problems = _read(tmp_path, _0003_use_it=GOOD)

    assert problems == []
    assert (decision.number, decision.title, decision.page) == (
        3,
        "Use it",
        "decisions/0003-use-it.md",
    )
    assert decision.said.status == "accepted"
    assert decision.said.date == dt.date(2026, 3, 31)
    assert [element.id for element in decision.elements] == ["shop.web", "local.project"]
    assert decision.environments == ("local",)


@pytest.mark.parametrize(
    "heading", ["# 12. Use it", "# ADR-12: Use it", "# Use `it` #", "# Use it"]
)
def test_numbers_that_tools_write_before_titles_are_no_part_of_them(
    tmp_path: Path, heading: str
) -> None:
    (decision,), _ = _read(tmp_path, _12_x=f"---\nstatus: proposed\n---\n\n{heading}\n")

    assert decision.title == "Use it"


def test_other_numbers_are_part_of_titles(tmp_path: Path) -> None:
    (decision,), _ = _read(tmp_path, _1_x="---\nstatus: proposed\n---\n# 12 factors\n")

    assert decision.title == "12 factors"


def test_numbers_are_unique_in_each_folder(tmp_path: Path) -> None:
    text = "---\nstatus: accepted\n---\n"
    decisions, problems = _read(tmp_path, _0001_a=text, web__0001_b=text, web__1_c=text)

    assert [(d.category, d.number) for d in decisions] == [("", 1), ("web", 1), ("web", 1)]
    assert [(p.code, p.message) for p in problems] == [
        ("duplicate-id", "two decisions in `web` have the number 1")
    ]
    assert problems[0].notes[0].span is not None


def test_other_pages_in_the_folder_are_no_decisions(tmp_path: Path) -> None:
    assert _read(tmp_path, index="# Mine\n", template="---\nstatus: x\n---\n") == ((), [])


WRONG = [
    ("# Use it", "missing-key", "# Use it", "a decision begins with front matter"),
    ("---\n---\n# Use it", "wrong-type", None, "front matter is a mapping"),
    ("---\nstatus: accepted\n# Use it", "yaml-syntax", "---", "does not end"),
    ("---\n- accepted\n---\n", "wrong-type", "- accepted", "front matter is a mapping"),
    ("---\ndate: 2026-01-01\n---\n", "missing-key", "date: 2026-01-01", "`status` is missing"),
    ("---\nstatus: acepted\n---\n", "invalid-value", "acepted", "`acepted` is not possible here"),
    ("---\nstatus: a\nstatus: b\n---\n", "duplicate-key", "status", "status"),
    ("---\nstatus: accepted\ndate: 2026-02-31\n---\n", "invalid-value", "2026-02-31", "no date"),
    ("---\nstatus: accepted\nabuot: web\n---\n", "unknown-key", "abuot", "no key `abuot`"),
    ("---\nstatus: accepted\nabout: [wep]\n---\n", "unknown-reference", "wep", "called `wep`"),
    ("---\nstatus: accepted\nabout: local.x\n---\n", "unknown-reference", "local.x", "local.x"),
    ("---\nstatus: accepted\nsupersedes: 7\n---\n", "unknown-reference", "7", "the number 7"),
    ("---\nstatus: accepted\nsupersedes: 1\n---\n", "unknown-reference", "1", "itself"),
    ("---\nstatus: accepted\nsupersedes: x\n---\n", "invalid-value", "x", "`x` is no number"),
    ("---\nstatus: superseded\n---\n", "unknown-reference", "superseded", "nothing says"),
    ("---\nstatus: 'a\n---\n", "yaml-syntax", None, "this is not YAML"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "word", "message"), WRONG)
def test_what_is_wrong_is_said_with_its_place_and_the_remedy(
    tmp_path: Path, text: str, code: str, word: str | None, message: str
) -> None:
    _, problems = _read(tmp_path, _0001_x=text)

    assert code in [problem.code for problem in problems]
    problem = next(problem for problem in problems if problem.code == code)
    assert message in problem.message
    assert problem.span is not None
    assert problem.span.file.endswith("docs/decisions/0001-x.md")
    said = problem.span.text[problem.span.column - 1 : problem.span.end_column - 1]
    assert word is None or said == word
    assert problem.help or problem.code == "duplicate-key"


def test_a_status_that_is_misspelt_offers_the_right_one(tmp_path: Path) -> None:
    _, (problem,) = _read(tmp_path, _0001_x="---\nstatus: acepted\n---\n")

    assert problem.help.endswith("did you mean `accepted`?")


def test_a_decision_takes_the_place_of_another(tmp_path: Path) -> None:
    new = "---\nstatus: accepted\nsupersedes: 1\ndecision-makers: Ann\n---\n"
    decisions, problems = _read(tmp_path, _0001_x="---\nstatus: superseded\n---\n", _0002_y=new)

    assert problems == []
    assert decisions[1].said.supersedes == (1,)
    assert decisions[1].said.decision_makers == ("Ann",)


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("---\nstatus: accepted\n---\n# Secret\n")
    (tmp_path / "docs" / "decisions").mkdir(parents=True)
    (tmp_path / "docs" / "decisions" / "0001-x.md").symlink_to(tmp_path / "secret.md")

    assert _read(tmp_path) == ((), [])


def test_check_reads_decisions_and_writes_nothing_where_one_is_wrong(tmp_path: Path) -> None:
    _read(tmp_path, _0001_x="---\nstatus: accepted\nabout: [wep]\n---\n# Use it\n")
    loaded = load_model(tmp_path / "model")
    done = archdoc("build", cwd=tmp_path)

    assert [problem.code for problem in check(loaded)] == ["unknown-reference"]
    assert done.returncode == 1
    assert "docs/decisions/0001-x.md:3:9" in done.stderr
    assert "did you mean `web`?" in done.stderr
    assert not (tmp_path / "build").exists()


@pytest.mark.parametrize("change", [lambda t: t.replace("\n", "\r\n"), lambda t: f"\ufeff{t}"])
def test_files_of_other_machines_are_read(tmp_path: Path, change: Callable[[str], str]) -> None:
    file = tmp_path / "docs" / "decisions" / "0003-x.md"
    file.parent.mkdir(parents=True)
    file.write_bytes(change(GOOD).encode())
    (decision,), problems = _read(tmp_path)

    assert problems == []
    assert decision.title == "Use it"
    assert body_of(GOOD.replace("\n", "\r\n")).strip() == "# 3. Use it"


@settings(
    max_examples=examples(60, 2000), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.text() | st.text(alphabet="stau:-[]{}'\"#&*!|>\n ").map(lambda t: f"---\n{t}\n---\n")
)
def test_any_text_is_a_decision_or_a_finding_with_its_file(tmp_path: Path, text: str) -> None:
    file = tmp_path / "docs" / "decisions" / "0001-x.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8", errors="surrogatepass", newline="")
    decisions, problems = read_decisions(tmp_path, MODEL)

    assert decisions or problems
    for problem in problems:
        assert problem.subject or (problem.span and problem.span.file.endswith("0001-x.md"))


@given(text=st.text(alphabet="-.a\n# ") | st.text())
def test_a_text_without_its_front_matter_has_as_many_lines(text: str) -> None:
    assert body_of(text).count("\n") == text.count("\n")


def test_hostile_front_matter_is_text(tmp_path: Path) -> None:
    quoted = HOSTILE.replace("'", "''")
    text = f"---\nstatus: accepted\nconsulted: ['{quoted}']\n---\n# {HOSTILE}\n"
    (decision,), problems = _read(tmp_path, _0001_x=text)

    assert problems == []
    assert decision.said.consulted == (HOSTILE,)
