"""The output folder: what was written there before, and how it is brought up to date.

New content is written beside its destination and moved over it when all of it is complete, so that
a build that fails, or is killed, leaves what was there before. A file whose bytes did not change is
not touched, and only files that an earlier build wrote are ever removed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path, PurePosixPath

from archdoc.kept import is_full
from archdoc.pipeline.links import links_out
from archdoc.pipeline.swap import Swap
from archdoc.pipeline.untrusted import hash_of, is_same_text, read_whole
from archdoc.report.unfit import UNFIT, unfit

MANIFEST, MODEL_JSON = "manifest.json", "model.json"
_STAGING = ".archdoc-"
_VERSION = 1


class OutputFolderError(Exception):
    """The output folder cannot be written, or is not archdoc's to write."""

    help = "check its permissions"


class NoRoomError(OutputFolderError):
    """Its disk is full."""

    help = "make room there"


class LinkOutError(OutputFolderError):
    """A link in the folder leads out of it."""

    help = "remove the link: a folder takes its place"


@dataclass(frozen=True)
class Artefact:
    """One file of the output."""

    content: bytes
    made_from: str
    """The view, environment or file that it was made from."""

    @cached_property
    def sha256(self) -> str:
        """The hash of its content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


class Change(StrEnum):
    """What a build does with one file of the output folder."""

    MISSING = "missing"
    CHANGED = "changed"
    STALE = "not made any more"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build wrote: path → (hash, made from)."""

    files: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    site_inputs: str = ""
    """Digest of all that the site was made from, and of its files; empty where none was made."""

    def encode(self) -> bytes:
        """As JSON, sorted by path."""
        document = {
            "version": _VERSION,
            "site_inputs": self.site_inputs,
            "files": {
                path: {"sha256": digest, "made_from": made_from}
                for path, (digest, made_from) in sorted(self.files.items())
            },
        }
        return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def load_manifest(folder: Path) -> Manifest:
    """The manifest of an earlier build.

    Paths that lead out of the folder are dropped: the file may have been edited by anybody. Raises
    OSError, and ValueError for what is no manifest of this version.
    """
    try:
        document = json.loads(read_whole(folder / MANIFEST))
        version = document["version"]
        if version != _VERSION:
            raise ValueError(f"it is of version {version!r}, and this archdoc reads {_VERSION}")
        files = {
            str(path): (str(entry["sha256"]), str(entry["made_from"]))
            for path, entry in document["files"].items()
            if _stays_inside(str(path))
        }
        return Manifest(files, str(document["site_inputs"]))
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error}") from error
    except UNFIT as error:
        raise unfit("a manifest", error) from error


def read_manifest(folder: Path) -> Manifest:
    """The same, or an empty one where there is none or it cannot be read."""
    try:
        return load_manifest(folder)
    except (OSError, ValueError):
        return Manifest()


@dataclass(frozen=True, slots=True)
class Update:
    """What makes a folder hold exactly what one build made; nothing is done yet."""

    folder: Path
    artefacts: Mapping[str, Artefact]
    """What has to be written, the manifest among it."""
    changes: Mapping[str, Change]
    """Path → what becomes of it, sorted by path; the manifest's own entry comes with any other."""

    def but_for_ends_of_lines(self) -> Update:
        """The same without texts whose lines have other ends: Git may have given them those."""
        same = {
            path
            for path, change in self.changes.items()
            if change is Change.CHANGED
            and is_same_text(self.folder / path, self.artefacts[path].content)
        }
        changes = {path: change for path, change in self.changes.items() if path not in same}
        return replace(self, changes=changes)

    def refuse_links(self) -> None:
        """Raise LinkOutError where `apply` would."""
        _refuse_links(self.folder, self.changes)

    def apply(self) -> None:
        """Do it. Raises OutputFolderError where the folder cannot be written."""
        stale = [path for path, change in self.changes.items() if change is Change.STALE]
        if not self.changes:
            return
        try:
            _write(self.folder, self.artefacts, stale)
        except OSError as error:
            raise _refusal(self.folder, error) from error


def update(
    folder: Path, artefacts: Mapping[str, Artefact], kept: Manifest, site_inputs: str
) -> Update:
    """What makes `folder` hold exactly the artefacts and the files of `kept`."""
    before = read_manifest(folder)
    entries = dict(kept.files) | {p: (a.sha256, a.made_from) for p, a in artefacts.items()}
    manifest = Artefact(Manifest(entries, site_inputs).encode(), "")
    wanted = {**artefacts, MANIFEST: manifest}
    changed = {p: a for p, a in wanted.items() if hash_of(folder / p) != a.sha256}
    changes = {
        path: Change.CHANGED if os.path.lexists(folder / path) else Change.MISSING
        for path in changed
    } | {path: Change.STALE for path in before.files if path not in entries}
    return Update(folder, changed, dict(sorted(changes.items())))


def write_files(folder: Path, files: Mapping[str, bytes], mode: int | None = None) -> None:
    """Write some files into a folder, all or none; others in it are left alone.

    `mode` is who may do what with them, as for chmod, whatever the umask is. Raises
    OutputFolderError.
    """
    try:
        _write(folder, {path: Artefact(content, "") for path, content in files.items()}, [], mode)
    except OSError as error:
        raise _refusal(folder, error) from error


def _refusal(folder: Path, error: OSError) -> OutputFolderError:
    """What kept files from being written, at the place where they should have gone."""
    place = Path(error.filename or folder)
    with suppress(ValueError):
        staged = place.relative_to(folder).parts
        if staged and staged[0].startswith(_STAGING):
            place = folder.joinpath(*staged[2:])
    reason = error.strerror or str(error)
    if isinstance(error, FileExistsError | NotADirectoryError):
        around = (place, *place.parents)
        place = next((p for p in around if p.exists() or p.is_symlink()), place)
        reason = "a file is in the way" if place.exists() else "it is a link that leads nowhere"
    refusal = NoRoomError if is_full(error) else OutputFolderError
    return refusal(f"cannot write {place}: {reason}")


def _write(
    folder: Path, changed: Mapping[str, Artefact], stale: list[str], mode: int | None = None
) -> None:
    for path in changed:
        if not _stays_inside(path):
            raise OutputFolderError(f"{path} leads out of {folder}")
    _refuse_links(folder, [*changed, *stale])
    made = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _staging(folder) as staging:
            _stage(staging / "new", changed, mode)
            (staging / "old").mkdir()
            swap = Swap(folder, staging / "old")
            try:
                for path in stale:  # first: a folder may come where a file was
                    swap.remove(path)
                for path in changed:
                    swap.put(path, staging / "new" / path)
            except BaseException:
                swap.undo()
                raise
    except BaseException:
        for parent in made:
            with suppress(OSError):  # not empty: somebody else has begun to use it
                parent.rmdir()
        raise


def _refuse_links(folder: Path, paths: Iterable[str]) -> None:
    for link in links_out(folder, paths):
        raise LinkOutError(f"cannot write {link}: it is a link that leads out of {folder}")


def _stage(staging: Path, changed: Mapping[str, Artefact], mode: int | None) -> None:
    """Write new content where nobody looks: a full disk is noticed here."""
    for parent in {PurePosixPath(path).parent for path in changed}:
        (staging / parent).mkdir(parents=True, exist_ok=True)
    for path, artefact in changed.items():
        staged = staging / path
        staged.write_bytes(artefact.content)
        if mode is not None:
            staged.chmod(mode)


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """A folder for new content, one at a time: another run waits, if it writes to the same place.

    Under the lock, whatever staging is there is a killed run's, and is cleared away.
    """
    with _locked(folder):
        for left in folder.glob(f"{_STAGING}*"):
            shutil.rmtree(left, ignore_errors=True)
        staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=folder))
        try:
            yield staging
        finally:
            shutil.rmtree(staging, ignore_errors=True)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock. The system frees it when a run dies, and it leaves no file behind."""
    if sys.platform == "win32":  # no such locks there
        yield
        return
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems have no locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _stays_inside(path: str) -> bool:
    """Whether a path is one below a folder, on every system."""
    pure = PurePosixPath(path)
    is_name = path.isascii() or path.encode("utf-8", "ignore").decode() == path
    inside = not pure.is_absolute() and ".." not in pure.parts
    return bool(pure.parts) and is_name and inside and not {"\\", "\0"} & set(path)
