"""mkdocs kept between builds: pages whose text has changed are built anew, and no others.

mkdocs builds every page whenever one has changed: seconds, with a hundred pages. What it has worked
out of the others is still right, as long as settings, paths, navigation and titles are the same.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from archdoc.site.figures import ICONS
from archdoc.site.settings import SEARCH
from archdoc.site.stage import Staged


@dataclass
class Kept:
    """What a whole build has worked out."""

    staged: Staged
    config: Any
    out: Path
    files: Any = None
    nav: Any = None
    env: Any = None
    taken: dict[str, bytes] = field(default_factory=dict)
    """Files that are taken as they are, where nobody looks for them in `out`."""

    def listen(self) -> None:
        """Be told by mkdocs, while it builds, what it works with."""

        def on_nav(nav: Any, *, files: Any, **_: Any) -> Any:
            self.nav, self.files = nav, files
            return nav

        def on_env(env: Any, **_: Any) -> Any:
            self.env = env
            return env

        def on_files(files: Any, **_: Any) -> Any:
            for file in files:
                if not file.is_documentation_page():
                    file.copy_file = partial(self._take, file)
            return files

        if self.can_be_kept:
            self.config.plugins.events["files"].append(on_files)
        self.config.plugins.events["nav"].append(on_nav)
        self.config.plugins.events["env"].append(on_env)

    def _take(self, file: Any, dirty: bool = False) -> None:  # noqa: ARG002 - mkdocs's
        self.taken[file.dest_uri] = file.content_bytes

    @property
    def site(self) -> Mapping[str, bytes]:
        """The site as it was built last: path → content."""
        found = (Path(folder, name) for folder, _, names in os.walk(self.out) for name in names)
        made = {file.relative_to(self.out).as_posix(): file.read_bytes() for file in found}
        return dict(sorted({**self.taken, **made}.items()))

    @property
    def can_be_kept(self) -> bool:
        """Whether no page is looked at by what may want to see all: other plugins, hooks."""
        return set(self.config.plugins) <= set(SEARCH) and not self.config.hooks

    def bring_up_to_date(self, staged: Staged) -> bool:
        """Build what is different in `staged`; False: that cannot be done.

        Then a whole build has to follow: what is in `out` may be half of this and half of that.
        """
        before = self.staged.files
        changed = [path for path, content in staged.files.items() if content != before.get(path)]
        if not self._is_alike(staged):
            return False
        pages = [path for path in changed if path.endswith(".md")]
        if not self._build(pages):
            return False
        for path in set(changed).difference(pages):
            if path in self.taken or path.startswith(ICONS):
                self.taken[path] = staged.files[path]
        for path in before.keys() - staged.files.keys():
            self.taken.pop(path, None)
        self.staged = staged
        return True

    def _is_alike(self, staged: Staged) -> bool:
        """Whether only contents may differ, and icons of pictures."""
        before = self.staged
        return (
            self.env is not None
            and self.can_be_kept
            and before.settings == staged.settings
            and _linked(before) == _linked(staged)
        )

    def _build(self, paths: Iterable[str]) -> bool:
        from mkdocs.commands import build as mkdocs

        found = [self.files.get_file_from_path(path) for path in paths]
        if any(file is None or file.page is None for file in found):
            return False
        pages = [file.page for file in found]
        titles = [page.title for page in pages]
        for page in pages:
            mkdocs._populate_page(page, self.config, self.files)  # noqa: SLF001 - pinned below 2
        if titles != [page.title for page in pages]:
            return False  # they stand in the navigation of every other page
        for page in pages:
            self._forget(page.url)
            documents = self.files.documentation_pages()
            mkdocs._build_page(page, self.config, documents, self.nav, self.env)  # noqa: SLF001
        self._in_order()
        for file in self.files.documentation_pages():
            level = self.config.validation.links.anchors
            file.page.validate_anchor_links(files=self.files, log_level=level)
        self.config.plugins.on_post_build(config=self.config)
        return True

    def _forget(self, address: str) -> None:
        """Take a page out of the search index."""
        for entries in self._indices():
            entries[:] = [e for e in entries if e["location"].partition("#")[0] != address]

    def _in_order(self) -> None:
        """The index of a whole build follows the pages: the same bytes, however they were made."""
        pages = self.files.documentation_pages()
        order = {file.page.url: number for number, file in enumerate(pages)}
        for entries in self._indices():
            entries.sort(key=lambda entry: order[entry["location"].partition("#")[0]])

    def _indices(self) -> Iterable[list[dict[str, str]]]:
        for name in SEARCH:
            index = getattr(self.config.plugins.get(name), "search_index", None)
            if index is not None:
                yield index.entries if hasattr(index, "entries") else index._entries  # noqa: SLF001


def _linked(staged: Staged) -> set[str]:
    """The files to which pages may link: mkdocs says of each whether it is there."""
    return {path for path in staged.files if not path.startswith(ICONS)}
