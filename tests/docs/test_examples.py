"""Every example in the documentation does what the documentation says."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from archdoc.site.blocks import render_block
from archdoc.site.content import Content, Figure
from archdoc.site.own_pages import expand
from archdoc.source import Loaded
from archdoc.views import diagrams
from conftest import ROOT
from docs.blocks import Example, examples_of
from docs.projects import Project, calls_in

PAGES = [
    ROOT / "README.md",
    # Pages of rules show what is wrong: tests/rules/ has their cases.
    *(page for page in sorted((ROOT / "docs").rglob("*.md")) if page.parent.name != "rules"),
    *sorted((ROOT / "examples").glob("*/README.md")),
]
LANGUAGES = {"archdoc", "console", "markdown", "mermaid", "python", "text", "yaml"}
WITH_EXAMPLES = [page for page in PAGES if examples_of(page)]


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=_name)
def test_the_examples_of_a_page_work(
    page: Path, tmp_path: Path, reference: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(tmp_path)
    monkeypatch.syspath_prepend(str(project.packages))  # pieces of models are checked right here
    for example in examples_of(page):
        if example.project:
            project.begin(example.project)
        if example.not_run and not example.not_run_word:
            continue
        problem = _try(example, project, reference)
        assert not problem, f"{_name(page)}:{example.line}: {problem}"


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_block_says_its_language_so_that_none_is_passed_over(page: Path) -> None:
    assert {example.language for example in examples_of(page)} <= LANGUAGES


def _try(example: Example, project: Project, reference: Loaded) -> str:
    """What is wrong with an example; empty for nothing."""
    if example.file:
        file = project.here / example.file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(example.text, "utf-8")
        return ""
    if example.commands:
        return _commands(example, project)
    ways: dict[str, Callable[[], str]] = {
        "console": lambda: _console(example, project),
        "python": lambda: _failure(project.python(example.text)),
        "yaml": lambda: project.check(example.text, example.place),
        "markdown": lambda: _page(example.text, reference),
    }
    return ways.get(example.language, str)()


def _commands(example: Example, project: Project) -> str:
    commands = calls_in(example.text)
    assert commands, "no line of it calls archdoc"
    return "\n".join(said for status, said in project.run(commands) if status)


def _failure(done: subprocess.CompletedProcess[str]) -> str:
    return f"it ended with {done.returncode}:\n{done.stderr}" if done.returncode else ""


def _console(example: Example, project: Project) -> str:
    commands, expected = _session(example)
    assert commands, "a console block has a command, after `$ `"
    for command, said, (status, text) in zip(
        commands, expected, project.run(commands), strict=True
    ):
        if status and "error" not in said:
            return f"`{command}` ended with {status}:\n{text}"
        if said and not re.fullmatch(_pattern(said), text):
            return f"`{command}` says:\n{text}\n\ninstead of:\n{said}"
    return ""


def _session(example: Example) -> tuple[list[str], list[str]]:
    """The commands of a console block, and below each what it says there."""
    commands: list[str] = []
    expected: list[str] = []
    for part in re.split(r"^\$ ", example.text, flags=re.MULTILINE)[1:]:
        command, _, said = part.partition("\n")
        if not example.not_run_word or not command.startswith(example.not_run_word):
            commands.append(command)
            expected.append(said.rstrip())
    return commands, expected


def _pattern(said: str) -> str:
    """What is expected as a regular expression: `…` is anything, lines included."""
    return r"(?s:.*)".join(re.escape(part) for part in said.split("…"))


def _page(text: str, reference: Loaded) -> str:
    figures = [
        Figure(diagram, output, None)
        for diagram in diagrams(reference.model)
        for output in ("c4_plantuml", "aws_plantuml")
    ]
    content = Content(reference.model, tuple(figures))
    _, problems = expand(
        text,
        reference.model,
        lambda settings: render_block(settings, content, lambda figure: figure.output, str),
    )
    return "\n".join(problem.message for problem in problems)


def test_what_fails_is_seen(tmp_path: Path, reference: Loaded) -> None:
    page = tmp_path / "page.md"
    wrong = {
        "console": "$ archdoc check\nnothing at all\n",
        "python": "raise SystemExit(1)\n",
        "yaml": "relationships:\n  - django -> redsi: Cache\n",
        "markdown": "{{ redsi.name }}\n",
    }
    project = Project(tmp_path)
    for language, text in wrong.items():
        page.write_text(f"```{language}\n{text}```\n")
        (example,) = examples_of(page)
        assert _try(example, project, reference)


@pytest.mark.parametrize("comment", ["not run:", "at", "run it", "in"])
def test_a_comment_that_says_nothing_is_refused(tmp_path: Path, comment: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"<!-- example: {comment} -->\n\n```yaml\nx: 1\n```\n")
    if comment in {"at", "in"}:
        assert examples_of(page)[0].place == examples_of(page)[0].project == ""
    else:
        with pytest.raises(ValueError, match="what does"):
            examples_of(page)
