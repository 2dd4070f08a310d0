"""Models that extend another one, for tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from archdoc.model import Model
from archdoc.report import Diagnostic
from archdoc.rules import check
from archdoc.source import Loaded, SourceError, load_model
from helpers import SMALL, write

_HEIR = "extends: ../base\n"


def extended(folder: Path, heir: str, base: str = SMALL) -> Loaded:
    """A model in `heir/` that extends the one in `base/`."""
    write(folder / "base", app=base)
    return load_model(write(folder / "heir", app=_HEIR + heir) / "app.yaml")


def project(tmp_path: Path) -> Path:
    """The folder as one project, so that models in it may extend each other."""
    (tmp_path / "pyproject.toml").write_text("")
    return tmp_path


def model_of(tmp_path: Path, heir: str, base: str = SMALL) -> Model:
    """The model of an heir about which rules find nothing."""
    loaded = extended(project(tmp_path), heir, base)
    assert [f.message for f in check(loaded)] == []
    return loaded.model


def wrong(tmp_path: Path, heir: str, base: str = SMALL) -> list[Diagnostic]:
    """What is wrong with an heir that cannot be loaded."""
    with pytest.raises(SourceError) as caught:
        extended(project(tmp_path), heir, base)
    return list(caught.value.diagnostics)
