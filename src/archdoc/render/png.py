"""SVG to PNG: of shapes only, so that no fonts are needed (`outlines`).

Pictures are made in processes of their own (`pixels.py`), on all cores: one that asks for more
memory than there is ends only its own process.
"""

from __future__ import annotations

import io
import json
import math
import os
import subprocess
import sys
import threading
import xml.etree.ElementTree as ET
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from archdoc.render.engines import Engines
from archdoc.render.jobs import TOO_LARGE, DiagramError

SCALE = 2
"""Pixels of the PNG for each unit of the SVG: sharp on dense screens."""
PIXELS = 16_000_000
"""A PNG has at most so many, twice those of a large screen, but one for each unit of the SVG:
many programs refuse much larger ones, and compressing them would take most of a build's time."""
PNG_FORMAT = f"png-{SCALE}-{PIXELS}"
"""Part of the cache key, beside the version of resvg."""

_SECONDS = 60.0
_SERVE = Path(__file__).with_name("pixels.py")
_MEMORY = "glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=1073741824:glibc.malloc.hugetlb=1"
"""Pixels take tens of megabytes that are given back after each picture; the process keeps them for
the next one, and asks for them in huge pages, a tenth of the page faults (the GNU C Library's
manual, "Memory Allocation Tunables")."""

_Process = subprocess.Popen[bytes]


@dataclass
class Rasteriser:
    """Makes pixels. Starts a process when none is idle; may be used by several threads."""

    engines: Engines
    _idle: list[_Process] = field(default_factory=list)

    def let_go(self) -> None:
        """Let all processes end by themselves; none may be at work."""
        for process in self._idle:
            with suppress(OSError):
                if process.stdin is not None:
                    process.stdin.close()

    def close(self) -> None:
        """End all processes; none may be at work."""
        self.let_go()
        while self._idle:
            _end(self._idle.pop())

    def png(self, svg: bytes) -> bytes:
        """The picture in pixels. Raises DiagramError."""
        width, height = _size(svg)
        zoom = max(1.0, min(SCALE, math.sqrt(PIXELS / (width * height))))
        size = [round(width * zoom), round(height * zoom)]
        process = self._take()
        content, said = _ask(process, json.dumps([zoom, size, svg.decode()]).encode())
        self._idle.append(process)
        if said:
            raise DiagramError(f"resvg failed: {said}")
        return content

    def _take(self) -> _Process:
        with suppress(IndexError):
            return self._idle.pop()
        package = self.engines.rasteriser.path or Path()
        command = [sys.executable, "-I", "-S", str(_SERVE), str(package.parents[1])]
        pipe = subprocess.PIPE
        try:
            environ = {**os.environ, "GLIBC_TUNABLES": _MEMORY}
            return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environ)
        except OSError as error:
            raise DiagramError(f"resvg cannot be started: {error}", cause="engine") from error


def _ask(process: _Process, line: bytes) -> tuple[bytes, str]:
    """What a process answers: the picture, or what is wrong. Raises DiagramError; it has ended."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("a process without pipes cannot be asked")
    late = threading.Event()

    def stop() -> None:
        late.set()
        process.kill()

    patience = threading.Timer(_SECONDS, stop)
    patience.start()
    try:
        process.stdin.write(line + b"\n")
        process.stdin.flush()
        size, said = json.loads(process.stdout.readline())
        content = process.stdout.read(size)
        if len(content) < size:
            raise EOFError  # noqa: TRY301 - it ended in the middle of the picture
    except (OSError, EOFError, ValueError) as error:
        ended = _end(process)
        message = f"resvg took longer than {_SECONDS:.0f} s" if late.is_set() else ended
        raise DiagramError(message, remedy=TOO_LARGE) from error
    finally:
        patience.cancel()
    return content, said


def _end(process: _Process) -> str:
    """End a process; says how it ended, where nobody wanted it to."""
    for stream in (process.stdin, process.stdout):
        with suppress(OSError):
            if stream is not None:
                stream.close()
    words: list[bytes] = []
    if process.stderr is not None:
        with process.stderr:
            words = process.stderr.read().splitlines()
    code = process.wait()
    if code < 0:
        return f"resvg was ended by signal {-code} while drawing it in pixels"
    return f"resvg failed: {words[-1].decode('utf-8', 'replace') if words else f'code {code}'}"


def _size(svg: bytes) -> tuple[float, float]:
    """How wide and high a picture is, in its own units."""
    _, root = next(ET.iterparse(io.BytesIO(svg), ["start"]))  # noqa: S314 - our own picture
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    if width <= 0 or height <= 0:
        raise DiagramError("the engine's picture has no size")
    return width, height
