"""One Java for all tests of a process that draw: to start one for each takes most of their time.

Not for tests of engines themselves, and of commands, which start what they start for everybody.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest

from archdoc.kept import Cache
from archdoc.render import Early, find_engines
from archdoc.render.archive import Archive
from archdoc.render.engines import Engines
from archdoc.render.picoweb import Picoweb, StoppedError
from archdoc.render.plantuml import PlantUml

_ONE_FOR_ALL = {
    "consistency",
    "legibility",
    "model",
    "mutation",
    "outputs",
    "pictures",
    "pipeline",
    "site",
}
"""The folders of tests that draw with it."""


class _Lent(Picoweb):
    """A PlantUML that outlives those who draw with it."""

    def draw(self, source: str) -> bytes:
        try:
            return super().draw(source)
        except StoppedError:
            self.really_end()
            raise

    def end(self) -> None:
        """Whoever borrowed it needs it no longer."""

    def really_end(self) -> None:
        super().end()


@dataclass
class Lender:
    """Lends the process to all who draw."""

    folder: Path
    lent: _Lent | None = None

    def take(self) -> _Lent | None:
        return self.lent

    def start(self) -> None:
        """Have it run. It ends with the thread that starts it, which is not one that draws."""
        engines = find_engines(os.environ)
        if engines.missing_for("plantuml"):
            return
        if self.lent is None or self.lent.process.poll() is not None:
            archive = Archive.wanted(engines, Cache(self.folder), os.environ)
            self.lent = _Lent(engines, self.folder, archive.flags() if archive else ())


@pytest.fixture(scope="session")
def lender(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lender]:
    """The one Java of this process."""
    lender = Lender(tmp_path_factory.mktemp("java"))
    yield lender
    if lender.lent is not None:
        lender.lent.really_end()


@pytest.fixture(autouse=True)
def _warm_java(
    request: pytest.FixtureRequest, lender: Lender, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = request.path.relative_to(Path(__file__).parent).parts[0]
    if folder not in _ONE_FOR_ALL:
        return
    lender.start()

    def borrowing(
        engines: Engines,
        cache: Cache,
        archive: Archive | None,
        said: list[str],
        early: Early | None,
    ) -> PlantUml:
        # It lends as `Early` does, which is all that is asked of one.
        return PlantUml(engines, cache, archive, said, early or cast("Early", lender))

    monkeypatch.setattr("archdoc.render.run.PlantUml", borrowing)
