"""What lets Java start quickly: an archive of the classes that PlantUML loads, made once.

Java's "ahead-of-time cache" (JEP 483 and 514; Java 25) is written at the end of a training run and
mapped by later ones. Training takes seconds, so a process of its own does it after a run that
found no archive, with diagrams of that run; nothing waits for it. Java checks an archive before
it uses it, and starts without one that is damaged or was made for another Java or PlantUML.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from archdoc.kept import Cache, is_ours, key_of, mark_used, scratch
from archdoc.render.engines import Engines, find_engines, identity
from archdoc.render.jobs import DiagramError
from archdoc.render.picoweb import COMMON_FLAGS, START_SECONDS, Picoweb, StoppedError

_FORMAT = "1"
"""Raise it whenever the flags that Java is started with change."""
ENOUGH = 6
"""So many diagrams load nearly all classes that any diagram needs."""

_SPACE = 500_000_000
"""Bytes that have to be free: an archive takes 30 MB, and twice as much while it is made."""
_MAKE = "from archdoc.render.archive import main; main()"


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive for one Java and one PlantUML."""

    engines: Engines
    cache: Cache
    given: Path | None = None
    """A folder of archives that were made before: there none is made, and none removed."""

    @classmethod
    def wanted(cls, engines: Engines, cache: Cache, environ: Mapping[str, str]) -> Archive | None:
        """As `ARCHDOC_ARCHIVE` says: `on`, `off`, or a folder of archives that were made before."""
        setting = environ.get("ARCHDOC_ARCHIVE", "on") or "on"
        if setting == "off":
            return None
        return cls(engines, cache, None if setting == "on" else Path(setting))

    @property
    def path(self) -> Path:
        """Where it is, or would be. An empty file says that this Java can make none."""
        java, jar = (self.engines.java.path, self.engines.plantuml.path)
        key = key_of(_FORMAT, *(identity(file) for file in (java, jar) if file is not None))
        return (self.given or self.cache.archives) / f"{key[:16]}.aot"

    def flags(self) -> tuple[str, ...]:
        """What tells Java to use it; nothing where it is not there, or another user's."""
        path = self.path
        try:
            found, folder = path.stat(), path.parent.stat()
        except OSError:
            return ()
        # Java runs what is in an archive: one that others may write is not believed.
        if not found.st_size or not is_ours(found, folder):
            return ()
        if self.given is None:
            mark_used(path)
        return _use(path)

    def discard(self) -> None:
        """Remove it: Java does not accept it. The next run has a new one made."""
        with suppress(OSError):
            if self.given is None:
                self.path.unlink()

    def make(self, sources: Sequence[str]) -> None:
        """Make it by drawing these diagrams. Raises OSError where it cannot be written.

        The same where another process is at it: BlockingIOError.
        """
        from archdoc.render import c4

        folder = self.cache.archives
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        with scratch(self.cache.unfinished) as work, (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if self.path.exists():
                return
            new = work / "new.aot"
            process = Picoweb(
                self.engines,
                work,
                ("-XX:+IgnoreUnrecognizedVMOptions", f"-XX:AOTCacheOutput={new}"),
            )
            try:
                process.wait_until_ready()
                for source in sources:
                    with suppress(DiagramError):
                        process.draw(c4.worked_out(source))
                process.finish()
            except (DiagramError, StoppedError):
                return
            finally:
                process.end()
            if not self._accepted(new):
                new.write_bytes(b"")
            new.chmod(0o600)
            new.replace(self.path)

    def make_in_background(self, sources: Sequence[str], environ: Mapping[str, str]) -> None:
        """Start what makes it, and wait for nothing."""
        if self.given is not None:
            return
        root = Path(__file__).parents[2]  # where `archdoc` is imported from
        with suppress(OSError):
            self.cache.archives.mkdir(parents=True, exist_ok=True)
            space = shutil.disk_usage(self.cache.archives).free
            if self.path.exists() or not sys.executable or space < _SPACE:
                return
            process = subprocess.Popen(
                [sys.executable, "-c", _MAKE, str(self.cache.folder.absolute())],
                env={**environ, "PYTHONPATH": str(root)},
                cwd="/",
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            if process.stdin is not None:
                with process.stdin:
                    process.stdin.write(json.dumps(list(sources)).encode())
            process.returncode = 0  # nobody waits for it, and Python need not warn of that

    def _accepted(self, file: Path) -> bool:
        """Whether this Java would use it; one that makes no archives would not."""
        command = [
            *(str(self.engines.java.path), *COMMON_FLAGS, *_use(file), "-XX:AOTMode=on"),
            *("-cp", str(self.engines.plantuml.path), "-version"),
        ]
        done = subprocess.run(command, capture_output=True, timeout=START_SECONDS, check=False)
        return done.returncode == 0


def _use(archive: Path) -> tuple[str, ...]:
    """How Java is told to use an archive, after a look at all of it (0.02 s)."""
    return (f"-XX:AOTCache={archive}", "-XX:+VerifySharedSpaces")


def main() -> None:
    """Make the archive in the cache folder that is the argument, quietly and after all others."""
    os.nice(10)
    archive = Archive(find_engines(os.environ), Cache(Path(sys.argv[1])))
    with suppress(OSError, subprocess.TimeoutExpired):
        archive.make(json.load(sys.stdin))
