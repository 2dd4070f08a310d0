"""A Java that starts while the model is still being read.

Whether anything has to be drawn is known a second later; by then PlantUML has drawn a picture that
nobody sees, and so has loaded what all pictures need. Where the model's files are those of the last
run, nothing is started.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from archdoc.kept import Cache, default_folder, key_of, scratch
from archdoc.render.archive import Archive
from archdoc.render.engines import EngineError, find_engines
from archdoc.render.jobs import DiagramError
from archdoc.render.picoweb import Picoweb, StoppedError

_FIRST = """@startuml
' A first picture.
!include <C4/C4_Container>
LAYOUT_TOP_DOWN()
HIDE_STEREOTYPE()
skinparam wrapWidth 220
Person(a, "a")
System_Boundary(b, "b") {
Container(c, "c", "d", "e")
ContainerDb(f, "f", "g")
}
Rel(a, c, "h", "i")
Rel(c, f, "j")
@enduml
"""
"""Loads what diagrams need: styles, fonts, Graphviz."""
_AWS = """@startuml
!include <awslib20/AWSCommon>
!include <awslib20/AWSSimplified>
!include <awslib20/Groups/VPC>
!include <awslib20/Compute/EC2Instance>
VPCGroup(a, "a") {
EC2Instance(b, "b", "")
}
b --> b : c
@enduml
"""
"""The same for pictures of AWS, whose library is large."""
_MANY = 2_000
"""Where a model has more files than that, looking at them is not worth the time."""


class Early:
    """At most one Java. Ends it where nobody took it; a context manager around a whole run."""

    def __init__(
        self, model: Path, what: Sequence[str] = (), environ: Mapping[str, str] = os.environ
    ) -> None:
        """Start it if the model, a file or a folder, is not as it was when `what` last ran."""
        self._cache = Cache(default_folder(environ))
        self._model, self._environ = model, environ
        self._key = key_of("run", str(model.absolute()), *what)
        self._state = _state_of(model)
        self._process: Picoweb | None = None
        self._open = ExitStack()
        kept = self._cache.read(self._key)
        if self._state and (kept is None or kept.decode() != self._state):
            self.prepare()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.end()
        if error is None and self._state:
            self._cache.write(self._key, self._state.encode())

    def prepare(self) -> None:
        """Have one run, whatever was drawn before: for whoever waits for the next change."""
        if self._process is None:
            self._open.close()
            with suppress(OSError, EngineError):
                self._start(self._model, self._environ)

    def take(self) -> Picoweb | None:
        """The process, if there is one; whoever takes it ends it before this is left."""
        process, self._process = self._process, None
        return process

    def end(self) -> None:
        """Do away with one that nobody took."""
        process = self.take()
        if process is not None:
            process.end()
        self._open.close()

    def _start(self, model: Path, environ: Mapping[str, str]) -> None:
        engines = find_engines(environ)
        texts = [f.read_bytes() for f in _files(model) if f.suffix in {".yaml", ".yml"}]
        if engines.missing_for("plantuml") or any(b"servers:" in text for text in texts):
            return
        first = (_FIRST, _AWS) if any(b"aws" in text for text in texts) else (_FIRST,)
        archive = Archive.wanted(engines, self._cache, environ)
        folder = self._open.enter_context(scratch(self._cache.unfinished))
        self._process = Picoweb(engines, folder, archive.flags() if archive else ())
        threading.Thread(target=_warm, args=(self._process, first), daemon=True).start()


def _warm(process: Picoweb, sources: Sequence[str]) -> None:
    """Draw first pictures. What goes wrong here goes wrong again where somebody can be told."""
    from archdoc.render import c4

    with suppress(DiagramError, StoppedError):
        process.wait_until_ready()
        for source in sources:
            process.draw(c4.worked_out(source))


def _state_of(model: Path) -> str:
    """Changes whenever a file of the model does; empty where there is none, or very many."""
    parts: list[str] = []
    try:
        for file in _files(model):
            stat = file.stat()
            parts += str(file), str(stat.st_size), str(stat.st_mtime_ns)
            if len(parts) > 3 * _MANY:
                return ""
    except OSError:
        return ""
    return key_of(*sorted(parts)) if parts else ""


def _files(model: Path) -> Iterator[Path]:
    """The files of a model; neither links, which may lead anywhere, nor pipes."""
    found = [model] if model.is_file() else (Path(f, n) for f, _, ns in os.walk(model) for n in ns)
    return (file for file in found if file.is_file() and not file.is_symlink())
