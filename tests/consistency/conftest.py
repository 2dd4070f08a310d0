"""Folders of builds that tests may spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archdoc.pipeline import Report, build
from archdoc.pipeline.kept.expected import Expected
from archdoc.source import Loaded
from once import once


@pytest.fixture(scope="session")
def without_site(
    tmp_path_factory: pytest.TempPathFactory, reference: Loaded, engines: None
) -> Path:
    """The reference model's outputs, but for the site."""

    def make(folder: Path) -> Path:
        return build(reference, folder / "build", with_site=False).folder

    return once(tmp_path_factory, "without-site", make)


@pytest.fixture
def folder(without_site: Path, tmp_path: Path) -> Path:
    """The same, to be spoiled."""
    return Path(shutil.copytree(without_site, tmp_path / "build"))


@pytest.fixture(scope="session")
def whole_build(built: Report) -> Path:
    """All of the reference model's outputs, which stay as they are."""
    return built.folder


@pytest.fixture
def whole(built: Report, tmp_path: Path) -> Path:
    """All of the reference model's outputs, to be spoiled."""
    return Path(shutil.copytree(built.folder, tmp_path / "build"))


@pytest.fixture(scope="session")
def expected(reference: Loaded) -> Expected:
    """What the reference model says that its outputs are; worked out once."""
    return Expected(reference)
