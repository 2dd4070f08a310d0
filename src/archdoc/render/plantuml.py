"""PlantUML, kept warm: one Java process serves all diagrams of a run, and one the suspects."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Literal, Self

from archdoc.kept import Cache, is_full, scratch, sweep
from archdoc.render.archive import ENOUGH, Archive
from archdoc.render.early import Early
from archdoc.render.engines import Engines
from archdoc.render.fontface import write_fonts
from archdoc.render.graphviz import refuse_broken
from archdoc.render.jobs import TOO_LARGE, DiagramError, Drawing
from archdoc.render.picoweb import LayoutError, Picoweb, StoppedError, full_disk

_Role = Literal["shared", "alone"]
"""Which of the two processes: that of all diagrams, or that of those drawn one at a time."""


@dataclass
class PlantUml:
    """A warm PlantUML. Starts with its first diagram, may be used by several threads."""

    engines: Engines
    cache: Cache
    archive: Archive | None = None
    """What lets Java start quickly, if that is wanted."""
    sources: Sequence[str] = ()
    """What it may be asked to draw: Java is given fonts for the letters of these."""
    early: Early | None = None
    """A Java that may be running already."""
    _open: ExitStack = field(default_factory=ExitStack)
    _drawn: list[str] = field(default_factory=list)
    _running: dict[_Role, Picoweb] = field(default_factory=dict)
    _one_suspect: threading.Lock = field(default_factory=threading.Lock)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _over: bool = False
    _folder: Path | None = None
    drawn_by: ClassVar[tuple[str, ...]] = ("",)
    """As in `Picture`: an engine of this machine."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.abandon()
        self._open.close()
        if self.archive is not None and error is None and self._drawn:
            if any(process.refused_archive for process in self._running.values()):
                self.archive.discard()
            self.archive.make_in_background(self._drawn, os.environ)

    @property
    def workers(self) -> int:
        """How many threads keep it busy."""
        return min(8, os.cpu_count() or 1)

    def meet(self) -> bool:
        """Nobody has to be asked who draws, so `drawn_by` never turns out to be wrong."""
        return False

    def abandon(self) -> None:
        """End at once what other threads wait for, and start nothing anew."""
        with self._lock:
            self._over = True
            running = list(self._running.values())
        for process in running:
            process.end()

    def svg(self, source: str) -> Drawing:
        """Draw one diagram. Raises DiagramError."""
        from archdoc.render import c4

        plain = c4.worked_out(source) if self.engines.plantuml.version == c4.PROVEN else source
        try:
            return self._svg(plain)
        except DiagramError as error:
            if plain == source or error.line is None:
                raise
        # Whoever reads what is wrong in which line knows the diagram as it was written.
        return self._svg(source)

    def _svg(self, source: str) -> Drawing:
        """Draw what is said exactly so.

        A process that ends takes along all diagrams that it was drawing. Any of them may have
        ended it, so each is drawn once more with no other beside it: only the culprit fails then.
        """
        try:
            svg = self._ready("shared").draw(source)
        except LayoutError:
            refuse_broken(self.engines)
            raise
        except StoppedError:
            # Perhaps the archive's fault: what is started from now on does without.
            self.archive = None
        else:
            if len(self._drawn) < ENOUGH:
                self._drawn.append(source)
            return Drawing(svg)
        with self._one_suspect:
            try:
                return Drawing(self._ready("alone").draw(source))
            except StoppedError as error:
                raise DiagramError(str(error), remedy=TOO_LARGE) from error

    def _ready(self, role: _Role) -> Picoweb:
        """The process; starts one where there is none, or where it has ended."""
        with self._lock:
            if self._over:
                raise DiagramError("the run was broken off")
            process = self._running.get(role)
            if process is None or process.is_over:
                process = self._running[role] = self._start()
        process.wait_until_ready()
        return process

    def _start(self) -> Picoweb:
        try:
            if self._folder is None:
                sweep(self.cache.unfinished)
                self._folder = self._open.enter_context(scratch(self.cache.unfinished))
            flags = self.archive.flags() if self.archive else ()
            more = write_fonts(self.sources, self.engines, self._folder)
            early = self.early.take() if self.early and not more else None
            return early or Picoweb(self.engines, self._folder, flags, more)
        except OSError as error:
            if is_full(error):
                raise full_disk(error.filename or self._folder) from error
            remedy = f"{self.engines.java.remedy}; `archdoc doctor` tries it"
            message = f"Java cannot be started ({error.strerror or error})"
            raise DiagramError(message, remedy=remedy, cause="engine") from error
