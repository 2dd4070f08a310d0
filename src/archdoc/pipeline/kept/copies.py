"""Outputs that stand somewhere else: a picture of a README, a compose file, a block of Mermaid.

What each of them was made from is read from it; its name may be any.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from archdoc.outputs.compose import made_for
from archdoc.pipeline.kept import anew, files, findings
from archdoc.pipeline.kept.damage import damage, is_pointer
from archdoc.pipeline.kept.expected import Expected
from archdoc.pipeline.kept.forms import as_written, suffix_of
from archdoc.pipeline.kept.guard import guarded
from archdoc.pipeline.kept.marks import site_around
from archdoc.pipeline.kept.pages import page_at_home
from archdoc.pipeline.kept.projects import MAIN, Projects, check_text
from archdoc.pipeline.kept.seals import (
    GONE,
    check_list,
    is_gone,
    is_sealed,
    list_of,
    page_differences,
    unlike_page,
)
from archdoc.pipeline.kept.shown import check_html, check_markdown
from archdoc.pipeline.kept.told import GoneError, OwnError, Told, UnknownError
from archdoc.pipeline.ours import is_others_model
from archdoc.pipeline.tree import MODEL_JSON
from archdoc.pipeline.untrusted import read_whole, shown
from archdoc.report import Diagnostic, Severity
from archdoc.report.mend import Mend
from archdoc.site import LIST

_MOST_FILES = 20_000
_SKIPPED = {"node_modules", "__pycache__", "venv"}
_PAGES = {"elements", "environments"}
_OURS = re.compile(rb"data-element|assets/archdoc\.")
"""What is in every page that archdoc generates; an `index.html` may be anybody's."""
_PULL = findings.Advice("fetch it: `git lfs pull`")
_LET_READ = findings.Advice("let it be read, or name something else")
_Check = Callable[[Path, bytes], Iterator[Diagnostic]]


def check_copies(expected: Expected, path: Path, mend: Mend) -> Iterator[Diagnostic]:
    """Everything that is wrong in one file, or in those of a folder that archdoc has made."""
    copies = _Copies(expected, mend)
    if not os.path.lexists(path):
        yield findings.missing(shown(path), anew.by_name(mend, expected, path))
    elif not path.is_dir():
        yield from copies.named(path)
    elif _is_made_for(path / MAIN):
        yield from copies.named(path / MAIN)
    else:
        yield from copies.folder(path)


@dataclass(frozen=True)
class _Copies:
    expected: Expected
    mend: Mend
    sealed: dict[Path, bool] = field(default_factory=dict)
    """Of each site: whether its pages have seals."""

    @cached_property
    def told(self) -> Told:
        """Texts and pictures of diagrams."""
        return Told(self.expected, self.mend)

    @cached_property
    def projects(self) -> Projects:
        """Compose files, and what lies beside them."""
        return Projects(self.expected, self.mend)

    def named(self, path: Path) -> Iterator[Diagnostic]:
        """A file that somebody asks about: that it cannot be told is a finding, too."""
        try:
            yield from self.file(path)
        except UnknownError as error:
            yield findings.foreign(shown(path), str(error), Severity.ERROR)

    def folder(self, folder: Path) -> Iterator[Diagnostic]:
        """The files of a folder, of which some may be of others."""
        name, known, closed = shown(folder), 0, list[OSError]()
        for number, file in enumerate(_walk(folder, closed.append)):
            if number == _MOST_FILES:
                more = f"more than {_MOST_FILES} files in {name}"
                yield findings.uncounted(more, "name a smaller folder")
                break
            try:
                found = [*self.file(file)]
            except OwnError:
                continue
            except UnknownError:
                if alike := self.told.called_alike(file):
                    yield alike
                continue
            known += 1
            yield from found
        yield from self.projects.lost()
        for error in closed:
            place = shown(Path(error.filename))
            yield findings.unreadable(place, error.strerror, _LET_READ)
        if not known:
            help_ = f"write outputs: `{self.mend.build()}`"
            yield findings.foreign(name, help_, Severity.ERROR)

    def file(self, path: Path) -> Iterator[Diagnostic]:
        """What is wrong in a file. Raises UnknownError, before anything is found."""
        check = self._checks.get(suffix_of(path))
        if check is None:
            raise UnknownError("pictures, Mermaid, PlantUML, dot, HTML, Markdown, compose files "
                               "and model.json say what they were made from")  # fmt: skip
        name, root = shown(path), site_around(path)
        if root and self.expected.is_file_of_docs(path.relative_to(root).as_posix()):
            raise OwnError("it is the project's own")
        again = partial(anew.by_name, self.mend, self.expected, path)

        def found() -> Iterator[Diagnostic]:
            content = as_written(path, read_whole(path))
            if why := damage(path, content):
                yield findings.unreadable(name, why, _PULL if is_pointer(content) else again())
            else:
                yield from check(path, content)

        return iter(guarded(name, again, found))

    @cached_property
    def _checks(self) -> dict[str, _Check]:
        return {
            ".svg": lambda path, svg: self.told.picture(path, shown(path), svg),
            ".png": lambda path, png: self.told.pixels(path, shown(path), png),
            ".md": self._markdown,
            ".markdown": self._markdown,
            ".mmd": self._diagram,
            ".puml": self._diagram,
            ".dot": self._diagram,
            ".yaml": self.projects.check,
            ".yml": self.projects.check,
            ".json": self._json,
            ".html": self._page,
        }

    def _markdown(self, path: Path, content: bytes) -> Iterator[Diagnostic]:
        return check_markdown(path, files.as_text(content), self.told, self.file)

    def _diagram(self, path: Path, content: bytes) -> Iterator[Diagnostic]:
        return self.told.text(shown(path), files.as_text(content), suffix_of(path))

    def _is_sealed(self, root: Path) -> bool:
        if root not in self.sealed:
            self.sealed[root] = is_sealed(root)
        return self.sealed[root]

    def _json(self, path: Path, content: bytes) -> Iterator[Diagnostic]:
        root = site_around(path)
        if root and path == list_of(root):
            return check_list(self.expected, path, content, anew.copied(self.mend, "site"))
        return self._model_json(path, content)

    def _model_json(self, path: Path, content: bytes) -> Iterator[Diagnostic]:
        is_named = path.name == MODEL_JSON
        has_form = b'"elements"' in content and b'"relationships"' in content
        if is_others_model(content) if is_named else not has_form:
            raise UnknownError("of JSON files, archdoc makes model.json only")
        again = anew.copied(self.mend, MODEL_JSON)
        yield from check_text(self.expected, shown(path), MODEL_JSON, content, again)

    def _page(self, path: Path, content: bytes) -> Iterator[Diagnostic]:
        root = site_around(path)
        is_ours = root or path.parent.name in _PAGES or _OURS.search(content)
        if not is_ours:
            yield from check_html(path, files.as_text(content), self.told, self.file)
            return
        if is_gone(content, self.expected):
            raise GoneError(GONE)
        page, place = page_at_home(path, content, self.expected)
        is_told = self.expected.page(page.path) is not None or place in self.expected.page_sources
        if not is_told and not page.pictures:
            raise UnknownError("no page of the model's site is called so, or shows such an element")
        wrong = page_differences(page, content, self.expected)
        again = anew.copied(self.mend, f"site/{place}" if place else "")
        yield from findings.stale(shown(path), wrong, again)
        needs_seal = root is not None and self._is_sealed(root)
        if not wrong and (why := unlike_page(place, content, self.expected, needs_seal=needs_seal)):
            yield (findings.edited if why == files.EDITED else findings.other)(shown(path), again)
        if place == "index.html" and needs_seal and root and not list_of(root).exists():
            yield findings.missing(shown(list_of(root)), anew.copied(self.mend, f"site/{LIST}"))


def _walk(folder: Path, closed: Callable[[OSError], None]) -> Iterator[Path]:
    """The files under a folder, without hidden ones; links to folders are not followed.

    Folders that cannot be read are told to `closed`.
    """
    for place, folders, names in os.walk(folder, onerror=closed):
        folders[:] = sorted(n for n in folders if not n.startswith(".") and n not in _SKIPPED)
        yield from (Path(place) / name for name in sorted(names) if not name.startswith("."))


def _is_made_for(path: Path) -> bool:
    try:
        return made_for(read_whole(path)) is not None
    except (OSError, ValueError):
        return False
