"""What findings of copies say to do does mend them."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from archdoc.pipeline.kept.copies import check_copies
from archdoc.pipeline.kept.expected import Expected
from archdoc.report import Diagnostic
from archdoc.report.mend import Mend
from conftest import ROOT
from helpers import archdoc

_SEVERAL = "aws-multi-az"
"""An environment of the reference model with several compose files."""


def _check(expected: Expected, path: Path) -> list[Diagnostic]:
    return [*check_copies(expected, path, Mend(ROOT / "model"))]


def _follow(help_: str, cwd: Path) -> None:
    """Do what a finding says: a command, and then the file that is to be put somewhere."""
    command = re.search("`archdoc (.+?)`", help_)
    assert command is not None
    words = shlex.split(command[1])
    done = archdoc(*words, cwd=cwd)
    assert done.returncode == 0, done.stderr
    if put := re.search("and put its (.+?) in place of (.+)", help_):
        folder = Path(words[words.index("-o") + 1])
        shutil.move(folder / put[1], folder / put[2])


@pytest.mark.parametrize(
    ("made", "kept"),
    [
        ("containers.svg", "containers.svg"),
        ("containers.svg", "arch.svg"),
        ("aws-simple.aws.svg", "on aws.svg"),
        ("containers.mmd", "a.mmd"),
        ("containers.puml", "a.puml"),
    ],
)
def test_what_is_said_of_a_picture_mends_it_whatever_it_is_called(
    without_site: Path, tmp_path: Path, expected: Expected, made: str, kept: str
) -> None:
    copy, text = tmp_path / kept, (without_site / "diagrams" / made).read_text()
    copy.write_text(f"{text}<!-- x -->" if made.endswith(".svg") else f"{text}\nx\n")
    (finding, *_) = _check(expected, copy)
    _follow(finding.help, tmp_path)

    assert _check(expected, copy) == []


@pytest.mark.parametrize(
    ("name", "content", "help_"),
    [
        ("containers.svg", b"", "archdoc render containers --format svg -o {}"),
        (
            "aws-simple.aws.png",
            b"\x89PNG\r\n\x1a\n",
            "archdoc render aws-simple --format png -o {}",
        ),
        ("page.sequence.mmd", b"", "archdoc render page --format mermaid -o {}"),
        (
            "model.json",
            b"",
            "copy it anew from the output folder of `archdoc build {model}`: model",
        ),
        ("x.svg", b"", "copy it anew from the output folder of `archdoc build {model}`"),
        ("x.svg", b"version https://git-lfs.github.com/spec/v1\n", "fetch it: `git lfs pull`"),
        ("a.md", b"\xff", "it is a page of your own"),
    ],
)
def test_a_damaged_copy_comes_with_what_brings_it_back(
    tmp_path: Path, expected: Expected, name: str, content: bytes, help_: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (finding,) = _check(expected, tmp_path / name)

    assert finding.code == "unreadable-output"
    assert help_.format(tmp_path, model=ROOT / "model") in finding.help


@pytest.mark.parametrize(
    ("name", "help_"),
    [
        ("containers.svg", "archdoc render containers --format svg -o {}"),
        ("x.svg", "copy it anew from the output folder of"),
        ("out", "archdoc build {model} -o {}/out"),
    ],
)
def test_what_is_missing_comes_with_what_brings_it_back(
    tmp_path: Path, expected: Expected, name: str, help_: str
) -> None:
    (finding,) = _check(expected, tmp_path / name)

    assert finding.code == "missing-output"
    assert help_.format(tmp_path, model=ROOT / "model") in finding.help


def test_one_project_of_several_is_copied_and_all_of_them_are_written(
    without_site: Path, tmp_path: Path, expected: Expected
) -> None:
    projects = without_site / "compose" / _SEVERAL
    (node, *_) = sorted(path.name for path in projects.iterdir())
    shutil.copytree(projects / node, tmp_path / "solo")
    shutil.copytree(projects, tmp_path / "every")
    for folder in (tmp_path / "solo", tmp_path / "every" / node):
        (folder / ".env.example").unlink()
    (alone,) = _check(expected, tmp_path / "solo")
    (beside,) = _check(expected, tmp_path / "every" / node)
    _follow(beside.help, tmp_path)

    assert alone.help.startswith("copy it anew from the output folder of `archdoc build")
    assert alone.help.endswith(f": compose/{_SEVERAL}/{node}/.env.example")
    assert f"archdoc compose {_SEVERAL} -o {tmp_path}/every" in beside.help
    assert _check(expected, tmp_path / "every") == []
