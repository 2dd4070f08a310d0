"""What pages of the project's own ask for in vain is found without drawing."""

from __future__ import annotations

from pathlib import Path

import pytest

from archdoc.pipeline import build, check_pages
from archdoc.source import load_model
from helpers import SMALL, archdoc, write

_NAMED = SMALL.replace("description: Serves.", "description: Serves., docs: web.md")
_FILES = {
    "docs/own.md": "# Own\n\nIn {{ web.nothing }} and `{{ web.nothing }}`.\n",
    "docs/blocks.md": "```archdoc\nview: containers\n```\n\n```archdoc\nview: contianers\n```\n",
    "docs/decisions/0001-x.md": "---\nstatus: accepted\n---\n\n# X\n\n{{ dbb.name }}\n",
    "docs/.hidden.md": "{{ dbb.name }}\n",
    "docs/fine.md": "{{ web.name }}\n\n```archdoc\ntable: versions\n```\n",
    "model/web.md": "```archdoc\ntable: versions\n",
}
_PLACES = [
    ("docs/blocks.md", 6, 7),
    ("docs/decisions/0001-x.md", 7, 4),
    ("docs/own.md", 3, 11),
    ("model/web.md", 1, 1),
]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path / "model", app=_NAMED)
    for name, text in _FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_is_what_a_build_says(project: Path, engines: None) -> None:
    loaded = load_model(Path("model"))
    found = check_pages(loaded)

    assert [(f.span.file, f.span.line, f.span.column) for f in found if f.span] == _PLACES
    assert found == [*build(loaded, project / "build").problems]


def test_a_check_of_the_model_says_it(project: Path) -> None:
    done = archdoc("check", "--format", "concise", cwd=project)

    assert done.returncode == 1
    assert [line.partition(": error[own-page] ")[0] for line in done.stderr.splitlines()] == [
        ":".join(map(str, place)) for place in _PLACES
    ]


def test_wrong_pages_keep_no_outputs_from_being_checked(project: Path) -> None:
    done = archdoc("check", "--outputs", "nowhere", cwd=project)

    assert "error[own-page]" in done.stderr
    assert "nowhere" in done.stderr


def test_pages_that_ask_for_nothing_are_not_looked_into(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    for name in _FILES:
        (project / name).write_text("# Own\n")
    monkeypatch.setattr("archdoc.site.asked.expand", never)

    assert check_pages(load_model(Path("model"))) == []
