"""archdoc's own templates are compiled once; what is kept holds no result of a filter."""

from __future__ import annotations

from pathlib import Path

import pytest

from archdoc.kept import Cache
from archdoc.outputs import templates


def test_a_template_is_kept_compiled_and_its_filters_are_applied_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARCHDOC_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(templates, "folder", lambda: tmp_path)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "page").write_text("{{ 'a' | said }}")
    said = []
    for word in ("one", "other"):
        environment = templates.environment.__wrapped__("own")
        environment.filters["said"] = lambda _, word=word: word
        said.append(environment.get_template("page").render())

    assert said == ["one", "other"]
    assert Cache(tmp_path / "cache").templates().files == 1
