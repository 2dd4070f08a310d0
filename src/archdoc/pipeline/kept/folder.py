"""The output folder: every file in it, against the model and against its manifest."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from archdoc.consistency import Difference
from archdoc.pipeline.beside import is_main, read_instead
from archdoc.pipeline.kept import files, findings
from archdoc.pipeline.kept.expected import Expected
from archdoc.pipeline.kept.links import told_of_links
from archdoc.pipeline.kept.seals import check_text, is_gone, page_differences, unlike_page
from archdoc.pipeline.kept.walk import files_below
from archdoc.pipeline.pictures import Source
from archdoc.pipeline.tree import MANIFEST, Manifest, load_manifest
from archdoc.pipeline.untrusted import read_whole, shown
from archdoc.report import Diagnostic
from archdoc.report.mend import Mend
from archdoc.site import Page, read_page

_SITE, _SEARCH = "site/", "site/search/search_index.json"
_PAGES = "pages/docs/"
"""What a site is built of elsewhere (`archdoc build --pages`)."""
_MOST_FILES, _MOST_FOREIGN = 100_000, 20
_DOWNLOADS = ("diagrams/", "compose/")
_OF_ELEMENTS = ("elements/", "environments/")


def check_folder(expected: Expected, folder: Path, mend: Mend) -> Iterator[Diagnostic]:
    """Everything in an output folder that is not what the model says, or not what was written."""
    name, checked = shown(folder / MANIFEST), _Folder(expected, folder, None, mend)
    try:
        checked = _Folder(expected, folder, load_manifest(folder), mend)
    except FileNotFoundError:
        yield findings.missing(name, checked.again)
    except (OSError, ValueError) as error:
        yield findings.unreadable(name, error, checked.again)
    yield from told_of_links(folder, checked.check(), checked.again)


@dataclass
class _Folder:
    expected: Expected
    folder: Path
    manifest: Manifest | None
    mend: Mend
    unlisted: list[str] = field(default_factory=list)
    """What is right, but for the manifest, which says something else of it."""

    def check(self) -> Iterator[Diagnostic]:
        for path in self.expected.paths:
            yield from self._file(path, path)
        if self.has_site:
            yield from self._site()
        if self.has_pages:
            yield from self._pages()
        yield from self._obsolete()
        yield from self.read_instead
        if self.manifest is not None:
            if self.unlisted:
                reason = f"it does not say what is in {', '.join(sorted(self.unlisted)[:3])}"
                more = f" and {len(self.unlisted) - 3} more" if len(self.unlisted) > 3 else ""
                yield findings.unreadable(self._name(MANIFEST), reason + more, self.again)
            yield from self._foreign()

    @cached_property
    def listed(self) -> dict[str, str]:
        """What the manifest says: path → hash."""
        files_ = self.manifest.files if self.manifest else {}
        return {path: digest for path, (digest, _) in files_.items()}

    @cached_property
    def read_instead(self) -> list[Diagnostic]:
        """What Docker Compose reads beside the compose files, or in their place."""
        mains = (path for path in self.expected.texts if is_main(path))
        return [finding for path in mains for finding in read_instead(self.folder / path)]

    @cached_property
    def has_site(self) -> bool:
        """Whether the folder was built with the site; without a manifest, a site tells it."""
        if self.manifest is None:
            return (self.folder / "site").is_dir()
        return any(path.startswith(_SITE) for path in self.listed)

    @cached_property
    def has_pages(self) -> bool:
        """Whether the folder was built with the pages of a site, for another engine."""
        if self.manifest is None:
            return (self.folder / "pages" / "mkdocs.yml").is_file()
        return any(path.startswith(_PAGES) for path in self.listed)

    @cached_property
    def again(self) -> str:
        """The command that mends it."""
        return self.mend.build(self.folder, site=self.has_site, pages=self.has_pages)

    def _name(self, path: str) -> str:
        return shown(self.folder / path)

    def _file(self, path: str, as_: str) -> Iterator[Diagnostic]:
        """A file that the model tells of; `as_` is the path under which a build makes it."""
        name = self._name(path)
        try:
            content = read_whole(self.folder / path)
        except (FileNotFoundError, NotADirectoryError):
            yield findings.missing(name, self.again)
            return
        except (OSError, ValueError) as error:
            yield findings.unreadable(name, _reason(error), self.again)
            return
        edited = self._edited(path, content)
        try:
            found = [*self._told(name, as_, content, edited=edited)]
        except ValueError as error:
            found = [findings.unreadable(name, error, self.again)]
        yield from found
        if not found and edited:
            if as_ in self.expected.texts:
                self.unlisted.append(path)
            else:
                yield findings.edited(name, self.again)
        elif not found and edited is None:
            self.unlisted.append(path)

    def _told(
        self, name: str, as_: str, content: bytes, *, edited: bool | None
    ) -> Iterator[Diagnostic]:
        """What a file says that it should not. Raises ValueError."""
        expected = self.expected
        if as_ in expected.texts:
            wrong = files.text_differences(as_, content, expected)
            text, wanted = files.as_text(content), expected.texts[as_].decode()
            places = files.places(name, text, wanted)
            if places and not wrong:
                told = findings.edited if edited else findings.other
                yield told(name, self.again, places[0])
            yield from findings.stale(name, wrong, self.again, places, edited=edited)
        elif as_ in expected.vectors:
            source = expected.vectors[as_]
            wrong = files.picture_differences(source, content)
            yield from findings.stale(name, wrong, self.again, edited=edited)
            yield from () if wrong else self._unlike(name, source, content)
        elif as_ in expected.pixels:
            yield from self._unlike(name, expected.pixels[as_], content)
        else:
            expected.look_at(expected.source_of[as_])

    def _unlike(self, name: str, source: Source, content: bytes) -> Iterator[Diagnostic]:
        """What a picture says of itself. Raises ValueError."""
        self.expected.look_at(source)
        why = files.unlike(source, content)
        if why:
            told = findings.edited if why == files.EDITED else findings.other
            yield told(name, self.again)

    def _edited(self, path: str, content: bytes) -> bool | None:
        """Whether a file is not what was written; None where the manifest does not know it."""
        digest = self.listed.get(path)
        if digest is None:
            return None
        both = (content, content.replace(b"\r\n", b"\n"))
        return digest not in {hashlib.sha256(text).hexdigest() for text in both}

    def _site(self) -> Iterator[Diagnostic]:
        if not (self.folder / "site").exists():
            yield findings.missing(self._name("site"), self.again)
            return
        pages = {f"{_SITE}{path}" for path in self.expected.generated}
        listed = {path for path in self.listed if path.startswith(_SITE)}
        pages_read: list[Page] = []
        for path in sorted(pages | listed):
            made_as = path.removeprefix(_SITE)
            if made_as.startswith(_DOWNLOADS):
                if made_as in self.expected.offered:
                    yield from self._file(path, self.expected.offered[made_as])
            elif path.endswith(".html"):
                if not made_as.startswith(_OF_ELEMENTS) or path in pages:
                    yield from self._page(path, pages_read)
            elif path == _SEARCH:
                continue
            else:
                yield from self._asset(path)
        if _SEARCH in listed:
            yield from self._search(pages_read)

    def _pages(self) -> Iterator[Diagnostic]:
        """Markdown of which a site is built elsewhere: whether it is as written, and all there."""
        pages = {f"{_PAGES}{path}" for path in self.expected.page_texts}
        listed = {path for path in self.listed if path.startswith("pages/")}
        for path in sorted(pages | listed):
            made_as = path.removeprefix(_PAGES)
            if made_as.startswith(_DOWNLOADS):
                if made_as in self.expected.offered:
                    yield from self._file(path, self.expected.offered[made_as])
            elif not made_as.endswith(".md") or path in pages:
                yield from self._asset(path, made_as)

    def _page(self, path: str, read: list[Page]) -> Iterator[Diagnostic]:
        """One page, which is added to those that were read."""
        name = self._name(path)
        try:
            content = read_whole(self.folder / path)
            if is_gone(content, self.expected):
                yield findings.obsolete(name, f"a build removes it: `{self.again}`")
                return
            page = read_page(path.removeprefix(_SITE), content)
            wrong = [*page_differences(page, content, self.expected)]
        except (FileNotFoundError, NotADirectoryError):
            yield findings.missing(name, self.again)
            return
        except (OSError, ValueError) as error:
            yield findings.unreadable(name, _reason(error), self.again)
            return
        read.append(page)
        edited = self._edited(path, content)
        if edited:  # of a page as it was written, a link that leads nowhere was told by the build
            lost = sorted(filter(self._is_lost, set(page.links)))
            wrong += (Difference(link, "what a link leads to", "there", "missing") for link in lost)
        yield from findings.stale(name, wrong, self.again, edited=edited)
        why = unlike_page(page.path, content, self.expected)
        if not wrong and (edited or why):
            is_old = why == files.OLD and not edited
            yield (findings.other if is_old else findings.edited)(name, self.again)
        elif not wrong and edited is None:
            self.unlisted.append(path)

    def _is_lost(self, link: str) -> bool:
        """Whether a link leads to nothing that is there, or was."""
        path = f"{_SITE}{link}"
        return path not in self.listed and not (self.folder / path).exists()

    def _asset(self, path: str, made_as: str = "") -> Iterator[Diagnostic]:
        """A file that is as written, and, where a page is made of it, what the model says."""
        name = self._name(path)
        try:
            content = read_whole(self.folder / path)
            edited = self._edited(path, content)
            wrong = [*check_text(self.expected, made_as, name, content, self.again, edited=edited)]
        except (FileNotFoundError, NotADirectoryError):
            yield findings.missing(name, self.again)
        except (OSError, ValueError) as error:
            yield findings.unreadable(name, _reason(error), self.again)
        else:
            yield from wrong
            if edited and not wrong:
                yield findings.edited(name, self.again)

    def _search(self, read: list[Page]) -> Iterator[Diagnostic]:
        """What can be searched for: every page that was read, as far as it says so."""
        name = self._name(_SEARCH)
        try:
            content = read_whole(self.folder / _SEARCH)
            wrong = files.search_differences(content, read, self.expected)
        except (OSError, ValueError) as error:
            yield findings.unreadable(name, _reason(error), self.again)
            return
        edited = self._edited(_SEARCH, content)
        yield from findings.stale(name, wrong, self.again, edited=edited)
        if not wrong and edited:
            yield findings.edited(name, self.again)

    def _obsolete(self) -> Iterator[Diagnostic]:
        """What was written for something that is not in the model any more."""
        known = {*self.expected.offered, *self.expected.page_paths}
        for path in sorted(self.listed.keys() - {*self.expected.paths}):
            root = next((r for r in (_SITE, _PAGES, "pages/") if path.startswith(r)), "")
            made_as = path.removeprefix(root)
            texts = self.expected.page_texts if root == _PAGES and made_as.endswith(".md") else ()
            told_of = not root or texts or made_as.startswith((*_DOWNLOADS, *_OF_ELEMENTS))
            is_known = root and (made_as in known or made_as in texts)
            is_known = is_known or (root == _SITE and self.expected.is_own(made_as))
            if told_of and not is_known and os.path.lexists(self.folder / path):
                yield findings.obsolete(self._name(path), f"a build removes it: `{self.again}`")

    def _foreign(self) -> Iterator[Diagnostic]:
        """What no build wrote: it stays, and nobody should take it for one of archdoc's."""
        known = {MANIFEST, *self.listed, *self.expected.paths}
        told = {finding.subject for finding in self.read_instead}
        found = []
        for number, path in enumerate(files_below(self.folder)):
            if number > _MOST_FILES:
                more = f"more than {_MOST_FILES} files in {shown(self.folder)}"
                yield findings.foreign(more, "look into it")
                break
            if path not in known and self._name(path) not in told:
                found.append(path)
        for path in sorted(found)[:_MOST_FOREIGN]:
            yield findings.foreign(self._name(path), "move it away: the folder is archdoc's")
        if len(found) > _MOST_FOREIGN:
            more = f"{len(found) - _MOST_FOREIGN} more files in {shown(self.folder)}"
            yield findings.foreign(more, "move them away: the folder is archdoc's")


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
