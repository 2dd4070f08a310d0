"""What is saved is noticed, once."""

from __future__ import annotations

import os
from pathlib import Path

from archdoc.live import State, Watch


def _watched(tmp_path: Path) -> tuple[Watch, Path]:
    model = tmp_path / "model"
    model.mkdir()
    (model / "app.yaml").write_text("name: x\n")
    watch = Watch(tmp_path / "model" / "build")
    watch.begin([model, tmp_path / "docs"])
    return watch, model


def test_a_saved_a_new_and_a_removed_file_are_changes(tmp_path: Path) -> None:
    watch, model = _watched(tmp_path)
    answers = [watch.has_changed()]
    (model / "app.yaml").write_text("name: other\n")
    answers += [watch.has_changed(), watch.has_changed()]
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Mine\n")
    answers += [watch.has_changed(), watch.has_changed()]
    (model / "app.yaml").unlink()
    answers += [watch.has_changed(), watch.has_changed()]

    assert answers == [False, True, False, True, False, True, False]


def test_the_same_size_and_another_time_is_a_change(tmp_path: Path) -> None:
    watch, model = _watched(tmp_path)
    os.utime(model / "app.yaml", ns=(1, 1))

    assert watch.has_changed()


def test_what_is_built_and_what_is_hidden_is_none(tmp_path: Path) -> None:
    watch, model = _watched(tmp_path)
    (model / "build").mkdir()
    (model / "build" / "index.html").write_text("x")
    (model / ".app.yaml.swp").write_text("x")

    assert not watch.has_changed()


def test_what_was_saved_during_a_build_is_noticed_after_it(tmp_path: Path) -> None:
    watch, model = _watched(tmp_path)
    (model / "app.yaml").write_text("name: saved meanwhile\n")
    (tmp_path / "base.yaml").write_text("name: base\n")
    watch.follow([model, tmp_path / "base.yaml"])

    assert watch.has_changed()


def test_files_that_are_followed_newly_are_no_change(tmp_path: Path) -> None:
    watch, model = _watched(tmp_path)
    (tmp_path / "base.yaml").write_text("name: base\n")
    watch.follow([model, tmp_path / "base.yaml"])

    assert not watch.has_changed()


def test_pages_are_told_of_a_build_only_if_it_changed_them() -> None:
    state = State()
    state.built(changed=True)
    first = state.moment
    state.built(changed=False)
    same = state.after(first, 0)
    state.failed("no")
    failed = state.after(first, 10)
    state.built(changed=False)

    assert same == first
    assert failed == first._replace(problem="no")
    assert state.moment == first
