"""`plugins: [archdoc]`: the generated pages in a site that mkdocs builds and serves by itself.

For projects that call mkdocs themselves; `archdoc build` does without it. Pages are made in memory:
nothing is written into the project, so that serving it never sees a change of its own making.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files

from archdoc.pipeline import BuildError, StagedSite, check_path, stage_site
from archdoc.report import Diagnostic, Severity
from archdoc.report.text import full
from archdoc.site import Written, adapt, merged
from archdoc.source import Loaded

_log = logging.getLogger("mkdocs.plugins.archdoc")
_FIGURE = re.compile(r'<figure class="archdoc-figure.*?</figure>', re.DOTALL)
_LINK = re.compile(r'(?<=href=")(?![a-z]+:|[#/])([^"#]+)')


class _Settings(Config):  # type: ignore[no-untyped-call]  # mkdocs has few types
    model = config_options.Type(str, default="model")
    """The model, a file or a folder, from where mkdocs.yml is."""


class ArchdocPlugin(BasePlugin[_Settings]):  # type: ignore[no-untyped-call]  # the same
    """mkdocs calls its methods, in the order in which they stand here."""

    def __init__(self) -> None:
        self._site: StagedSite | None = None
        self._added: set[str] = set()
        self._server: Any = None
        self._watched: set[Path] = set()

    def on_startup(self, **_: Any) -> None:
        """Being there keeps this object alive from one build of `mkdocs serve` to the next."""

    @event_priority(100)  # before the search plugin reads its settings
    def on_config(self, config: Any) -> Any:
        """Check and draw the model. Raises PluginError, with all that is wrong."""
        home = Path(config.config_file_path or "mkdocs.yml").parent
        loaded, found = check_path(home / self.config.model)
        self._follow(home, loaded)
        errors = [finding for finding in found if finding.severity is Severity.ERROR]
        if loaded is None or errors:
            raise PluginError(_said(errors))
        try:
            self._site = stage_site(loaded, Path(config.docs_dir))
        except BuildError as error:
            raise PluginError(_said([error.diagnostic])) from None
        for finding in self._site.problems:
            _log.warning("%s", _said([finding]))
        adapt(config)
        if config.nav is not None:
            config.nav = merged(config.nav, self._site.staged.navigation)
        return config

    def on_files(self, files: Files, config: Any) -> Files:
        """Add the pages, unless the project has one of its own in that place."""
        self._added = set()
        for path, content in self._made.staged.files.items():
            if files.get_file_from_path(path) is None:
                self._added.add(path)
                files.append(File.generated(config, path, content=content))
        return files

    def on_page_markdown(self, markdown: str, page: Any, **_: Any) -> str:
        """Fill in the blocks and values of the project's own pages."""
        if page.file.src_uri in self._added:
            return markdown
        return Written.of(self._made.content).own(page.file.src_uri, markdown)[0]

    def on_page_content(self, html: str, page: Any, files: Files, **_: Any) -> str:
        """Let links of pictures lead to where mkdocs puts pages; it knows only Markdown's."""
        home = dirname(page.file.src_uri)

        def link(match: re.Match[str]) -> str:
            path = normpath(join(home, match[1]))
            file = files.get_file_from_path(re.sub(r"\.html$", ".md", path))
            return file.url_relative_to(page.file) if file else match[0]

        return _FIGURE.sub(lambda figure: _LINK.sub(link, figure[0]), html)

    def on_serve(self, server: Any, **_: Any) -> Any:
        """Build anew when a file of the model is saved."""
        self._server = server
        for place in self._watched:
            server.watch(str(place))
        return server

    @property
    def _made(self) -> StagedSite:
        if self._site is None:
            raise PluginError("archdoc: `on_config` has not run")
        return self._site

    def _follow(self, home: Path, loaded: Loaded | None) -> None:
        """Watch the model, wherever its parts are."""
        model = (home / self.config.model).absolute()
        roots = [root.absolute() for root, _ in loaded.roots] if loaded and model.is_dir() else []
        folders = [model, *roots]
        files = [file.absolute() for file in loaded.files] if loaded else []
        outside = [f for f in files if not any(f.is_relative_to(folder) for folder in folders)]
        new = {place for place in (*folders, *outside) if place.exists()} - self._watched
        self._watched |= new
        for place in new if self._server else ():
            self._server.watch(str(place))


def _said(findings: Iterable[Diagnostic]) -> str:
    return full(list(findings)).rstrip()
