"""A build that would find everything as the last one left it has nothing to do, and is told so.

What it would read is looked at from outside, as Git does: when each file was changed, how large it
is, and which file it is. That takes milliseconds; reading a model, and working out what should be
in an output folder, takes a second.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import archdoc
from archdoc.kept import Cache, default_folder, key_of

if TYPE_CHECKING:
    from archdoc.source import Loaded

_MARGIN = 50_000_000
"""Nanoseconds by which a file's clock may be behind."""
_OWN = Path(archdoc.__file__).parent
_SETTINGS = ("ARCHDOC_", "PATH", "SOURCE_DATE_EPOCH")

_Stamps = dict[str, list[int]]
"""Path → how it was: when its content, and anything else of it, was changed; size; inode."""


class Unchanged:
    """What the last good build of a model into a folder began with, and what it left."""

    def __init__(self, model: Path, output: Path, how: str) -> None:
        """`how` tells builds apart that make different things of one model."""
        self._began = time.time_ns()
        self._model, self._output = model, output
        self._cache = Cache(default_folder(os.environ))
        self._key = key_of("unchanged", str(model.absolute()), str(output.absolute()), how)
        self._inputs: _Stamps | None = None
        self._places: list[str] = []

    def said(self) -> str | None:
        """What a build would say that finds nothing to do; None where it may find something."""
        kept = self._cache.read(self._key)
        try:
            record = json.loads(kept or b"{}")
            same = (
                record["around"] == _around()
                and record["inputs"] == _stamps(record["places"])
                and record["outputs"] == _stamps(record["made"])
            )
            return str(record["said"]) if same else None
        except (OSError, LookupError, TypeError, ValueError):
            return None

    def look(self, loaded: Loaded) -> None:
        """See how everything is that the build reads, before it reads more than the model."""
        if not self._model.is_dir():
            return  # of a model that is one file, what lies beside it is not all its own
        config = loaded.home / "mkdocs.yml"
        if config.is_file() and _reaches_out(config.read_bytes()):
            return
        roots = (root for root, _ in loaded.roots)
        own = (loaded.home / "docs", config)
        places = [self._model, *roots, *loaded.files, *own]
        self._places = sorted({str(place.absolute()) for place in places})
        try:
            self._inputs = _stamps(self._places)
        except OSError:
            self._inputs = None

    def remember(self, engines: Iterable[Path], said: str) -> None:
        """The build was good. `engines` are the files that it was made with."""
        if self._inputs is None:
            return
        newest = max((at for stamp in self._inputs.values() for at in stamp[:2]), default=0)
        if newest >= self._began - _MARGIN:
            return  # changed while it was read: who knows which content was read
        try:
            made = _made(self._output)
            places = self._places + sorted({str(engine.absolute()) for engine in engines})
            inputs = _stamps(places)
            record = {
                "around": _around(),
                "places": places,
                "inputs": inputs,
                "made": made,
                "outputs": _stamps(made),
                "said": said,
            }
        except (OSError, LookupError, TypeError, ValueError):
            return
        if all(inputs.get(path) == stamp for path, stamp in self._inputs.items()):
            self._cache.write(self._key, json.dumps(record).encode())


def _reaches_out(config: bytes) -> bool:
    from archdoc.site import reaches_out  # heavy, and only needed where there is such a file

    return reaches_out(config)


def _made(output: Path) -> list[str]:
    """The files that a build has written, its list of them first."""
    manifest = output.absolute() / "manifest.json"
    files = json.loads(manifest.read_bytes())["files"]
    return [str(manifest), *(f"{manifest.parent}{os.sep}{file}" for file in files)]


def _around() -> list[str]:
    """What else outputs depend on: archdoc itself, packages, programs, settings."""
    own = _stamps([str(_OWN), str(_OWN.parent.parent / "templates")])
    packages = [folder for folder in sys.path if folder.endswith("-packages")]
    folders = [*packages, *os.environ.get("PATH", "").split(os.pathsep)]
    looked = [f"{folder} {_changed(folder)}" for folder in folders]
    settings = [f"{k}={v}" for k, v in sorted(os.environ.items()) if k.startswith(_SETTINGS)]
    return [archdoc.__version__, sys.version, key_of(json.dumps(own)), *looked, *settings]


def _changed(folder: str) -> int:
    """When something was last installed into a folder, or removed from it."""
    try:
        return Path(folder).stat().st_mtime_ns
    except OSError:
        return 0


def _stamps(places: Iterable[str]) -> _Stamps:
    """How files are, and all files in folders; raises OSError where that cannot be told."""
    return {path: _stamp(path) for place in places for path in _files(place)}


def _files(place: str) -> Iterator[str]:
    if not stat.S_ISDIR(_mode(place)):
        yield place
        return
    for folder, folders, names in os.walk(place):
        folders[:] = sorted(name for name in folders if name not in {".git", "__pycache__"})
        if any(Path(folder, name).is_symlink() for name in folders):
            raise OSError(f"{folder} holds a link to a folder")
        yield from (f"{folder}{os.sep}{name}" for name in sorted(names))


def _mode(path: str) -> int:
    """What it is; 0: nothing."""
    try:
        return os.stat(path).st_mode  # noqa: PTH116 - of a thousand files; a Path costs more
    except OSError:
        return 0


def _stamp(path: str) -> list[int]:
    try:
        found = os.stat(path)  # noqa: PTH116 - likewise
    except FileNotFoundError:
        return []
    if not stat.S_ISREG(found.st_mode):
        raise OSError(f"{path} is no file")
    return [found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino]
