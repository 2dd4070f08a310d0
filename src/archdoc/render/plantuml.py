"""PlantUML, kept warm: one Java process serves all diagrams of a run.

`-picoweb` is PlantUML's own small web server (https://plantuml.com/picoweb); a diagram is posted to
`/render` as JSON. Against one process a diagram, this saves a second of start-up each.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from archdoc.render.child import end_with_parent
from archdoc.render.engines import FONT_FAMILY, FONT_FILES, Engines

_START_SECONDS = 60.0
_DIAGRAM_SECONDS = 60.0


class DiagramError(Exception):
    """PlantUML could not draw a diagram."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        """Line of the source, from 1, where PlantUML says so."""


@dataclass
class PlantUml:
    """A warm PlantUML. Starts with its first diagram, may be used by several threads."""

    engines: Engines
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _process: subprocess.Popen[bytes] | None = None
    _port: int = 0
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
        self._stop()
        if self._folder is not None:
            self._folder.cleanup()

    def abandon(self) -> None:
        """End at once what other threads wait for, and start nothing anew."""
        self._over = True
        process = self._process
        if process is not None:
            process.kill()

    def svg(self, source: str) -> bytes:
        """Draw one diagram. Raises DiagramError; a process that died is started anew, once."""
        process, port = self._started()
        try:
            return self._post(source, port)
        except (OSError, http.client.HTTPException) as error:
            # A killed process answers nothing before the system calls it ended: `poll` alone
            # would hand the dead one to the second attempt.
            self._discard(process)
            if isinstance(error, TimeoutError):
                message = f"PlantUML took longer than {_DIAGRAM_SECONDS:.0f} s"
                raise DiagramError(message) from error
        process, port = self._started()
        try:
            return self._post(source, port)
        except (OSError, http.client.HTTPException) as error:
            self._discard(process)
            raise DiagramError(f"PlantUML stopped while drawing it ({error})") from error

    def _post(self, source: str, port: int) -> bytes:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_DIAGRAM_SECONDS)
        try:
            body = json.dumps({"options": ["-tsvg"], "source": source})
            connection.request("POST", "/render", body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        problem = response.headers.get("X-PlantUML-Diagram-Error")
        if problem:
            line = response.headers.get("X-PlantUML-Diagram-Error-Line")
            raise DiagramError(problem, int(line) if line and line.isdigit() else None)
        if response.status != http.client.OK:
            raise DiagramError(f"PlantUML answered {response.status} {response.reason}")
        if response.headers.get("X-PlantUML-Diagram-Width") == "0":
            # A crash is drawn too, with status 200 and without an error header; that picture
            # holds a stack trace and the age of PlantUML in days.
            raise DiagramError("PlantUML crashed on this diagram")
        return content

    def _started(self) -> tuple[subprocess.Popen[bytes], int]:
        """A living process and its port; starts one where there is none."""
        with self._lock:
            if self._over:
                raise DiagramError("the run was broken off")
            if self._process is None or self._process.poll() is not None:
                self._end(self._process)
                self._process = None
                self._start()
            process = self._process
            if process is None:
                raise DiagramError("PlantUML did not start")
            return process, self._port

    def _discard(self, process: subprocess.Popen[bytes]) -> None:
        """End this process, unless another thread has replaced it already."""
        with self._lock:
            if self._process is process:
                self._process = None
        self._end(process)

    def _start(self) -> None:
        java, jar, dot = self.engines.java, self.engines.plantuml, self.engines.graphviz
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="archdoc-plantuml-")
        folder = Path(self._folder.name)
        fonts = folder / "fontconfig.properties"
        fonts.write_text(font_configuration(self.engines.fonts.path or Path()), "utf-8")
        command = [
            str(java.path),
            "-XX:TieredStopAtLevel=1",  # a short life: time in the optimising compiler is lost
            "-XX:+UseSerialGC",
            "-Xmx2g",
            "-Djava.awt.headless=true",
            f"-Djava.io.tmpdir={folder}",
            f"-Dsun.awt.fontconfig={fonts}",
            "-jar",
            str(jar.path),
            "-picoweb:0:127.0.0.1",
        ]
        # Nothing of the user's environment reaches the engine, and its own access to files and
        # network is closed (https://plantuml.com/security): a label must not read a file.
        environment = {
            "PLANTUML_SECURITY_PROFILE": "SANDBOX",
            "PLANTUML_LIMIT_SIZE": "16384",
            "GRAPHVIZ_DOT": str(dot.path),
            "LC_ALL": "C.UTF-8",
            "PATH": os.defpath,
        }
        process = subprocess.Popen(
            command,
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            preexec_fn=end_with_parent(),  # noqa: PLW1509 - it only makes one system call
        )
        self._process = process  # before it answers: whoever breaks off must be able to end it
        self._port = _announced_port(process)

    def _stop(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        self._end(process)

    @staticmethod
    def _end(process: subprocess.Popen[bytes] | None) -> None:
        if process is None:
            return
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _announced_port(process: subprocess.Popen[bytes]) -> int:
    """Wait for `webPort=NNNN`; afterwards keep reading, so that the process never blocks on us."""
    ready = threading.Event()
    said: list[str] = []
    port: list[int] = []

    def read() -> None:
        stream = process.stdout
        for line in stream or ():
            text = line.decode("utf-8", "replace").strip()
            match = re.match(r"webPort=(\d+)", text)
            if match:
                port.append(int(match[1]))
                ready.set()
            elif len(said) < 5:
                said.append(text)
        ready.set()

    threading.Thread(target=read, daemon=True).start()
    ready.wait(_START_SECONDS)
    if not port:
        process.kill()
        process.wait()
        raise DiagramError(f"PlantUML did not start: {' / '.join(said) or 'no answer'}")
    return port[0]


def font_configuration(fonts: Path) -> str:
    """Java's font configuration with one font for every logical font.

    Without it Java asks fontconfig, which a bare machine does not have ("Fontconfig head is null"),
    and which elsewhere answers with that machine's fonts, so that every width would differ. The
    format is that of `fontconfig.properties` (Java's font configuration files).
    """
    lines = ["version=1"]
    for style, file in FONT_FILES.items():
        face = f"{FONT_FAMILY} {style}".replace(" ", "_")
        lines.append(f"filename.{face}={(fonts / file).as_posix()}")
        lines += [
            f"{logical}.{style}.latin-1={face.replace('_', ' ')}"
            for logical in ("serif", "sansserif", "monospaced", "dialog", "dialoginput")
        ]
    return "\n".join([*lines, "sequence.allfonts=latin-1", ""])
