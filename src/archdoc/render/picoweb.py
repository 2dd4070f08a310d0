"""One Java process that draws: PlantUML's own small web server, `-picoweb`.

A diagram is posted to `/render` as JSON (https://plantuml.com/picoweb), each in a thread of the
server's own: against one process a diagram, this saves a second of start-up each.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from archdoc.kept import is_full, refuse_full
from archdoc.render.child import end_with_parent
from archdoc.render.engines import FONT_FAMILY, FONT_FILES, Engines
from archdoc.render.graphviz import steady
from archdoc.render.jobs import TOO_LARGE, DiagramError

if TYPE_CHECKING:
    import http.client

START_SECONDS = 60.0
DIAGRAM_SECONDS = 60.0
COMMON_FLAGS = (
    "-XX:TieredStopAtLevel=1",  # a short life: time in the optimising compiler is lost
    "-XX:+UseSerialGC",
)
_OK = 200
_MEMORY = "2g"
"""The most that all diagrams that are drawn at one time may take."""


_ROOM = 1024 * 1024
"""Where fewer bytes are free after a picture, icons may be missing in it: PlantUML writes each into
a file, and goes on without those that it cannot write."""


class StoppedError(Exception):
    """The process ended while it drew."""


class Picoweb:
    """A PlantUML that is starting or running. May be used by several threads."""

    def __init__(
        self,
        engines: Engines,
        folder: Path,
        flags: Sequence[str] = (),
        more_fonts: Mapping[str, Mapping[str, Path]] = MappingProxyType({}),
    ) -> None:
        """Start the process, and wait for nothing. `folder` is where it may write.

        `more_fonts` are those for letters that ours lacks: family → style → file.
        """
        self._java = engines.java
        self._folder = folder
        self._said: list[str] = []
        self._port: int | None = None
        self._announced = threading.Event()
        self._ending = threading.Lock()
        self._ended = False
        self.process = subprocess.Popen(
            _command(engines, folder, flags, more_fonts),
            env=_environment(steady(engines, folder)),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            # Its own group, so that the Graphviz that it has started ends with it.
            process_group=0,
            preexec_fn=end_with_parent(),  # noqa: PLW1509 - it only makes one system call
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def is_over(self) -> bool:
        """Whether it has ended after it was ready: one that never was, would never be."""
        return self._port is not None and self.process.poll() is not None

    @property
    def refused_archive(self) -> bool:
        """Whether Java complained of the archive that it was given; it goes on without."""
        return any("][aot" in line for line in self._said)

    @property
    def last_words(self) -> str:
        """Why it ended, as far as it has said so."""
        if any("OutOfMemoryError" in line for line in self._said):
            return f"PlantUML ran out of memory ({_MEMORY}) while drawing it"
        return "PlantUML stopped while drawing it"

    def wait_until_ready(self) -> None:
        """Raises DiagramError if it does not come up."""
        self._announced.wait(START_SECONDS)
        if self._port is None:
            self.end()
            said = " / ".join(self._said) or "no answer"
            raise DiagramError(
                f"PlantUML did not start: {said}",
                remedy=f"{self._java.remedy}; `archdoc doctor` tries it",
                cause="engine",
            )

    def draw(self, source: str) -> bytes:
        """The SVG of one diagram. Raises DiagramError, and StoppedError; then it has ended."""
        import http.client

        try:
            response, content = self._post(source)
        except (OSError, http.client.HTTPException) as error:
            # Ended before it is replaced: a thread that is stuck would go on taking a core.
            self.end()
            if isinstance(error, TimeoutError):
                message = f"PlantUML took longer than {DIAGRAM_SECONDS:.0f} s"
                raise DiagramError(message, remedy=TOO_LARGE) from error
            raise StoppedError(self.last_words) from error
        picture = checked(response.status, response.reason, response.headers, content)
        try:
            refuse_full(self._folder, _ROOM)
        except OSError as error:
            if is_full(error):
                raise full_disk(self._folder) from error
        return picture

    def finish(self) -> None:
        """Let it end by itself, with what it does at its end. Raises StoppedError if it hangs."""
        self.process.terminate()
        try:
            self.process.wait(START_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise StoppedError("it does not end") from error

    def end(self) -> None:
        """End it at once, with what it has started."""
        with self._ending:
            if not self._ended:
                self._ended = True
                with suppress(ProcessLookupError):
                    os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self._reader.join(1)

    def _post(self, source: str) -> tuple[http.client.HTTPResponse, bytes]:
        import http.client

        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=DIAGRAM_SECONDS)
        try:
            body = json.dumps({"options": ["-tsvg"], "source": source})
            connection.request("POST", "/render", body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            return response, response.read()
        finally:
            connection.close()

    def _read(self) -> None:
        """Read until the end, so that the process never blocks on us."""
        stream = self.process.stdout
        if stream is None:
            return
        with stream:
            for line in stream:
                text = line.decode("utf-8", "replace").strip()
                match = re.match(r"webPort=(\d+)", text)
                if match:
                    self._port = int(match[1])
                    self._announced.set()
                elif len(self._said) < 5:
                    self._said.append(text)
        self._announced.set()


def full_disk(folder: object) -> DiagramError:
    """Why nothing can be drawn where there is no room for what Java writes."""
    remedy = "make room there, or let TMPDIR name a folder on another disk"
    return DiagramError(f"no room is left in {folder}", remedy=remedy, cause="engine")


def checked(status: int, reason: str, headers: http.client.HTTPMessage, content: bytes) -> bytes:
    """A PlantUML server's answer, if it is the picture. Raises DiagramError."""
    problem = headers.get("X-PlantUML-Diagram-Error")
    if problem:
        line = headers.get("X-PlantUML-Diagram-Error-Line")
        raise DiagramError(problem, int(line) if line and line.isdigit() else None)
    if headers.get("X-PlantUML-Diagram-Width") == "0":
        # A crash is drawn too, without an error header, and with status 200 where the diagram was
        # posted; that picture holds a stack trace and the age of PlantUML in days.
        raise _crash(content)
    if status != _OK:
        raise DiagramError(f"PlantUML answered {status} {reason}".rstrip())
    if _CRASH.search(content) and not _DRAWN.search(content):
        # One that Graphviz is the reason of has a width, as pictures have.
        raise _crash(content)
    return content


_CRASH = re.compile(rb">An error has occured\b.*>PlantUML \([^()<]*\) has crashed\.<", re.DOTALL)
_AROUND = rb"legend|title|caption|header|footer|mainframe"
_DRAWN = re.compile(rb"<g\s[^>]*\bclass=\"(?!" + _AROUND + rb")")
"""What all diagrams consist of, and pages about crashes do not, whatever the labels say; they have
what stands around a diagram, too."""
_OF_GRAPHVIZ = re.compile(rb">For some reason, dot/GraphViz|cannot parse result from dot/GraphViz")


class LayoutError(DiagramError):
    """PlantUML got nothing from Graphviz that it can use: its fault, or this one diagram's."""


def _crash(content: bytes) -> DiagramError:
    if _OF_GRAPHVIZ.search(content):
        return LayoutError("Graphviz failed over this diagram", remedy=TOO_LARGE)
    return DiagramError("PlantUML crashed on this diagram")


def _command(
    engines: Engines, folder: Path, flags: Sequence[str], more: Mapping[str, Mapping[str, Path]]
) -> list[str]:
    fonts = folder / "fontconfig.properties"
    fonts.write_text(font_configuration(engines.fonts.path or Path(), more), "utf-8")
    return [
        str(engines.java.path),
        *COMMON_FLAGS,
        f"-Xmx{_MEMORY}",
        # One diagram without memory left leaves none to the others either, in ways of their own.
        "-XX:+ExitOnOutOfMemoryError",
        *flags,
        "-Djava.awt.headless=true",
        f"-Djava.io.tmpdir={folder}",
        f"-Dsun.awt.fontconfig={fonts}",
        "-jar",
        str(engines.plantuml.path),
        "-picoweb:0:127.0.0.1",
    ]


def _environment(graphviz: Path) -> dict[str, str]:
    """Nothing of the user's environment reaches the engine.

    Its own access to files and network is closed (https://plantuml.com/security): a label must not
    read a file.
    """
    return {
        "PLANTUML_SECURITY_PROFILE": "SANDBOX",
        "PLANTUML_LIMIT_SIZE": "16384",
        "GRAPHVIZ_DOT": str(graphviz),
        "LC_ALL": "C.UTF-8",
        "PATH": os.defpath,
    }


def font_configuration(
    fonts: Path, more: Mapping[str, Mapping[str, Path]] = MappingProxyType({})
) -> str:
    """Java's font configuration with one font for every logical font.

    Without it Java asks fontconfig, which a bare machine does not have ("Fontconfig head is null"),
    and which elsewhere answers with that machine's fonts, so that every width would differ. The
    format is that of `fontconfig.properties` (Java's font configuration files). `more` are asked
    for letters that the one font lacks; as fallbacks they have no part in the height of lines.
    """
    ours = {style: fonts / file for style, file in FONT_FILES.items()}
    lines = ["version=1", *_component(FONT_FAMILY, "latin-1", ours)]
    for number, (family, files) in enumerate(more.items()):
        lines += _component(family, f"more-{number}", files)
    lines.append("sequence.allfonts=latin-1")
    if more:
        lines.append(f"sequence.fallback={','.join(f'more-{n}' for n in range(len(more)))}")
    return "\n".join([*lines, ""])


def _component(family: str, subset: str, files: Mapping[str, Path]) -> Iterator[str]:
    """The lines of one font, which draws what Java calls a character subset."""
    for style, file in files.items():
        face = f"{family} {style}"
        yield f"filename.{face.replace(' ', '_')}={file.as_posix()}"
        for logical in ("serif", "sansserif", "monospaced", "dialog", "dialoginput"):
            yield f"{logical}.{style}.{subset}={face}"
