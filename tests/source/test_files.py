"""Which files are a model: folders, includes, what is ignored, and what is refused."""

from __future__ import annotations

import os
import time
import tracemalloc
from pathlib import Path

import pytest

from archdoc.pipeline import check_path
from archdoc.report import Diagnostic
from archdoc.rules import check
from archdoc.source import SourceError, load_model
from helpers import SMALL, write


def _wrong(path: Path) -> list[Diagnostic]:
    with pytest.raises(SourceError) as caught:
        load_model(path)
    return list(caught.value.diagnostics)


def _files(folder: Path, **files: str) -> Path:
    """Write `a__b="…"` as `a/b.yaml`."""
    for name, content in files.items():
        *around, last = name.split("__")
        write(folder.joinpath(*around), **{last: content})
    return folder


def test_a_file_includes_others_and_folders_of_others(tmp_path: Path) -> None:
    _files(
        tmp_path,
        app="name: x\ninclude: [people.yaml, parts]\n",
        people="people: {user: {}}\n",
        parts__a="systems: {a: {}}\n",
        parts__b="include: ../people.yaml\nsystems: {b: {}}\n",
    )
    model = load_model(tmp_path / "app.yaml").model

    assert list(model.people) == ["user"]
    assert list(model.systems) == ["a", "b"]


def test_files_that_include_each_other_are_refused(tmp_path: Path) -> None:
    _files(tmp_path, a="name: x\ninclude: b.yaml\n", b="include: a.yaml\n")
    (finding,) = _wrong(tmp_path / "a.yaml")

    assert finding.code == "include-cycle"
    assert finding.span is not None
    assert finding.span.file.endswith("b.yaml")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("../outside.yaml", "outside-file"),
        ("/etc/passwd", "outside-file"),
        ("link.yaml", "outside-file"),
        ("nowhere.yaml", "missing-file"),
        ("loop.yaml", "missing-file"),
        ('"a\\0b"', "missing-file"),
        ("[[a]]", "wrong-type"),
    ],
)
def test_what_is_included_is_inside_the_project_and_there(
    tmp_path: Path, said: str, code: str
) -> None:
    _files(tmp_path, outside="name: x\n", project__app=f"name: x\ninclude: {said}\n")
    (tmp_path / "project" / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    (tmp_path / "project" / "loop.yaml").symlink_to("loop.yaml")

    assert [f.code for f in _wrong(tmp_path / "project" / "app.yaml")] == [code]


def test_a_project_is_the_checkout_around_the_model(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    _files(tmp_path, shared="people: {user: {}}\n", a__model__app="include: ../../shared.yaml\n")
    write(tmp_path / "a" / "model", name="name: x\n")

    assert list(load_model(tmp_path / "a" / "model").model.people) == ["user"]


IN_TWO_FILES = {
    "two people": ("people: {u: {}}", "people: {u: {}}", False),
    "a system that only holds containers": (
        "systems: {s: {name: S, containers: {a: {}}}}",
        "systems: {s: {containers: {b: {}}}}",
        True,
    ),
    "a container in both": (
        "systems: {s: {containers: {a: {}}}}",
        "systems: {s: {containers: {a: {}}}}",
        False,
    ),
    "a system said twice": ("systems: {s: {name: S}}", "systems: {s: {external: true}}", False),
    "components of a container": (
        "systems: {s: {containers: {a: {name: A}}}}",
        "systems: {s: {containers: {a: {components: {c: {}}}}}}",
        True,
    ),
    "nodes of an environment": (
        "environments: {e: {name: E}}",
        "environments: {e: {nodes: {n: {kind: host}}}}",
        True,
    ),
    "two views": ("views: {v: {kind: landscape}}", "views: {v: {kind: landscape}}", False),
    "a description": ("description: A", "description: B", False),
}


@pytest.mark.parametrize("name", IN_TWO_FILES)
def test_one_file_only_says_what_an_id_is(tmp_path: Path, name: str) -> None:
    first, second, is_right = IN_TWO_FILES[name]
    _files(tmp_path, a=f"name: x\n{first}\n", b=f"{second}\n")
    if is_right:
        load_model(tmp_path)
        return
    (finding,) = _wrong(tmp_path)

    assert finding.code == "duplicate-id"
    assert finding.span is not None
    assert finding.span.file.endswith("b.yaml")
    (note,) = finding.notes
    assert note.span is not None
    assert note.span.file.endswith("a.yaml")


def test_hidden_files_and_backups_are_passed_over_and_others_named(tmp_path: Path) -> None:
    write(tmp_path, app=SMALL.replace("port: 8000", "files: [{template: conf/a.j2, to: /a}]"))
    for name in (".hidden.yaml", "app.yaml~", "app.yaml.bak", "#app.yaml#", ".app.yaml.swp"):
        (tmp_path / name).write_text("name: [")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.yaml").write_text("name: [")
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "a.j2").write_text("named by a container")
    (tmp_path / "notes.txt").write_text("named by nothing")
    os.mkfifo(tmp_path / "pipe.yaml")
    findings = check(load_model(tmp_path))

    assert [(f.code, Path(f.subject).name) for f in findings] == [
        ("foreign-file", "notes.txt"),
        ("foreign-file", "pipe.yaml"),
    ]


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "app.yaml").open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    (finding,) = _wrong(tmp_path)

    assert finding.code == "unreadable-file"


_LEVELS = 200_000
BOMBS = {
    "brackets": "a: " + "[" * _LEVELS,
    "braces": "a: " + "{a: " * _LEVELS,
    "indentation": "".join(" " * level + "a:\n" for level in range(1_000)),
    "dashes": "a:\n  " + "- " * _LEVELS + "x\n",
    "aliases": "x-0: &a0 [1, 2]\n"
    + "".join(f"x-{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60)),
    "merges": "x-0: &a0 {k0: 1}\n"
    + "".join(f"x-{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}], k{n}: 1}}\n" for n in range(1, 200)),
    "an anchor in itself": "a: &a [*a]\n",
    "a long number": "name: " + "9" * 1_000_000,
    "a long key": "a" * 1_000_000 + ": x",
    "anchors": "".join(f"x-{n}: &a{n} x\n" for n in range(20_000)),
    "unknown references": "name: x\nrelationships:\n" + "- a -> b: c\n" * 4_000,
    "references to unknown among many": "name: x\nsystems:\n"
    + "".join(f"  s{n}: {{}}\n" for n in range(1_200))
    + "relationships:\n"
    + "".join(f"- z{n} -> y{n}: c\n" for n in range(1_200)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_seconds_and_little_memory(tmp_path: Path, name: str) -> None:
    (tmp_path / "app.yaml").write_text(BOMBS[name])
    tracemalloc.start()
    begin = time.process_time()
    check_path(tmp_path)
    seconds, (_, peak) = time.process_time() - begin, tracemalloc.get_traced_memory()
    tracemalloc.stop()

    # Far from what is usual, so that only what grows without bound is caught.
    assert seconds < 30
    assert peak < 400 * 1024 * 1024


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("before", ["# é\N{GRINNING FACE}\u2028 x", "#", "x-a: 'b\u0085c'"])
def test_carets_stand_under_the_word_whatever_stands_before(
    tmp_path: Path, break_: str, before: str
) -> None:
    text = break_.join([before, "name: x", "colour: 😀 red", "wrong: y", ""])
    (tmp_path / "app.yaml").write_bytes(text.encode())
    spans = [finding.span for finding in _wrong(tmp_path)]

    marked = [s.text[s.column - 1 : s.end_column - 1] for s in spans if s is not None]
    assert marked == ["colour", "wrong"]
    assert [s.line for s in spans if s is not None] == [3, 4]
