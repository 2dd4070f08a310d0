"""PlantUML, kept warm: one Java process serves all diagrams of a run, and one the suspects."""

from __future__ import annotations

import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from archdoc.render.engines import Engines
from archdoc.render.jobs import TOO_LARGE, DiagramError
from archdoc.render.picoweb import Picoweb, StoppedError

_Role = Literal["shared", "alone"]
"""Which of the two processes: that of all diagrams, or that of those drawn one at a time."""


@dataclass
class PlantUml:
    """A warm PlantUML. Starts with its first diagram, may be used by several threads."""

    engines: Engines
    _running: dict[_Role, Picoweb] = field(default_factory=dict)
    _one_suspect: threading.Lock = field(default_factory=threading.Lock)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _over: bool = False
    _folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.abandon()
        if self._folder is not None:
            self._folder.cleanup()

    def abandon(self) -> None:
        """End at once what other threads wait for, and start nothing anew."""
        with self._lock:
            self._over = True
            running = list(self._running.values())
        for process in running:
            process.end()

    def svg(self, source: str) -> bytes:
        """Draw one diagram. Raises DiagramError.

        A process that ends takes along all diagrams that it was drawing. Any of them may have
        ended it, so each is drawn once more with no other beside it: only the culprit fails then.
        """
        try:
            return self._ready("shared").draw(source)
        except StoppedError:
            pass
        with self._one_suspect:
            try:
                return self._ready("alone").draw(source)
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
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="archdoc-plantuml-")
        try:
            return Picoweb(self.engines, Path(self._folder.name))
        except OSError as error:
            raise DiagramError(f"Java cannot be started: {error}", cause="engine") from error
