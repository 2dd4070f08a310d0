"""Which files belong to a model, and what can be wrong with one before it is YAML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from os.path import relpath
from pathlib import Path

from archdoc.report import Diagnostic
from archdoc.source.text import SourceText

_MAX_BYTES = 10 * 1024 * 1024
_MAX_FILES = 5_000
_SUFFIXES = (".yaml", ".yml")
_IGNORED = re.compile(r"^[.#]|~$|\.(?:bak|orig|rej|swp|tmp)$")
"""Hidden files, and what editors and merges leave behind."""
_MARKERS = (".git", "pyproject.toml")
# What YAML 1.2 does not allow in a file (section 5.1); libyaml names no place when it meets it.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def shown(path: Path) -> str:
    """A path as people know it: relative to the working directory where it is inside it."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix() or "."
    except ValueError:
        return path.as_posix()


@dataclass(frozen=True, slots=True)
class Project:
    """What may be read: nothing outside of it is, whatever a model says."""

    folder: Path
    """Resolved."""
    prefix: str = ""
    """Put before the names of its files, for one that is an installed package."""
    base: Path | None = None
    """What the names of its files are relative to, where that is not the folder itself."""

    def holds(self, path: Path) -> bool:
        """Whether a path, with all its links followed, is inside."""
        try:
            return path.resolve().is_relative_to(self.folder)
        except (OSError, RuntimeError, ValueError):  # a link to itself, a NUL, too long a name
            return True  # it leads nowhere, so it does not lead out

    def name(self, path: Path) -> str:
        """A file's path as `model.json` says it."""
        return self.prefix + Path(relpath(path, self.base or self.folder)).as_posix()


def project_of(model: Path) -> Project:
    """The project that a model belongs to.

    That is the nearest folder around it that is a checkout or holds a `pyproject.toml`; the folder
    that holds the model, where there is none.
    """
    path = model.resolve()
    return Project(checkout_around(path) or path.parent, base=path.parent)


def checkout_around(path: Path) -> Path | None:
    """The nearest folder around a path that is a checkout or holds a `pyproject.toml`.

    The path is taken as it is written: links in it are not followed.
    """
    holding = (f for f in path.parents if any((f / marker).exists() for marker in _MARKERS))
    return next(holding, None)


def yaml_files(path: Path, project: Project) -> tuple[list[Path], list[Path], list[Diagnostic]]:
    """The YAML files of a file or a folder, and the files that are something else, each sorted.

    Hidden files and backups are neither.
    """
    if not path.exists():
        return [], [], [_no_model(path)]
    if path.is_file():
        return [path], [], []
    inside = sorted(
        file
        for file in path.rglob("*")
        if not any(_IGNORED.search(part) for part in file.relative_to(path).parts)
        and not file.is_dir()
    )
    outside = [file for file in inside if not project.holds(file)]
    problems = [
        about_file(
            "outside-file",
            f"{shown_link(f)} leads out of the project",
            f,
            "copy it here: nothing outside of the project is read",
        )
        for f in outside
    ]
    inside = [file for file in inside if file not in outside]
    files = [file for file in inside if file.suffix in _SUFFIXES and file.is_file()]
    foreign = sorted({*inside} - {*files})
    if not files and not outside:
        message = f"{shown(path)} holds no YAML file"
        problems.append(about_file("no-model", message, path, "write the model into `app.yaml`"))
    if len(files) > _MAX_FILES:
        message = f"{shown(path)} holds {len(files)} YAML files"
        problems.append(about_file("no-model", message, path, "is this the model's folder?"))
        files = []
    return files, foreign, problems


def shown_link(path: Path) -> str:
    """A path as people know it, without following it where it is a link."""
    return (Path(shown(path.parent)) / path.name).as_posix()


def _no_model(path: Path) -> Diagnostic:
    return Diagnostic(
        "no-model",
        f"there is no model at {shown(path)}",
        subject=shown(path),
        help="name the model's file or folder, run in the folder that holds `model/`, "
        "or begin one with `archdoc init`",
    )


def read_text(file: Path, project: Project) -> tuple[SourceText | None, list[Diagnostic]]:
    """A file's text; None and a finding where it cannot be read as text."""
    try:
        if file.stat().st_size > _MAX_BYTES:
            message = f"{shown(file)} is larger than {_MAX_BYTES // 2**20} MiB"
            return None, [about_file("unreadable-file", message, file, "split it, or leave it out")]
        data = file.read_bytes()
    except OSError as error:
        message = f"{shown(file)} cannot be read: {error.strerror}"
        return None, [about_file("unreadable-file", message, file, "check its permissions")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{shown(file)} is not UTF-8 (line {_line_at(data, error.start)})"
        return None, [about_file("unreadable-file", message, file, "save it as UTF-8")]
    source = SourceText(shown(file), project.name(file), file, text)
    found = _UNPRINTABLE.search(text)
    if found:
        span = source.span(found.start(), found.end())
        message = f"the character U+{ord(found[0]):04X} cannot stand in YAML"
        help_ = 'remove it, or write it as an escape in double quotes: "\\u0007"'
        return None, [Diagnostic("yaml-syntax", message, span=span, help=help_)]
    return source, []


def read_plain(file: Path) -> str:
    """The text of a file that is no YAML, its lines ended by line feeds.

    Raises OSError where it cannot be read, and ValueError where it is too large or is no text.
    """
    with file.open("rb") as opened:
        data = opened.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise ValueError(f"it is larger than {_MAX_BYTES // 2**20} MiB")
    nul = data.find(b"\0")
    if nul >= 0:
        raise ValueError(f"it is no text: it has a NUL character in line {_line_at(data, nul)}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"it is not UTF-8 (line {_line_at(data, error.start)})") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _line_at(data: bytes, index: int) -> int:
    return data.count(b"\n", 0, index) + 1


def about_file(code: str, message: str, file: Path, help_: str) -> Diagnostic:
    """A finding about a file as a whole."""
    return Diagnostic(code, message, subject=shown_link(file), help=help_)
