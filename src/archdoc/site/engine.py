"""The last step: mkdocs turns staged Markdown into HTML. Any Markdown site engine could."""

from __future__ import annotations

import html
import logging
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

from archdoc.report import Diagnostic, Severity
from archdoc.site.aside import put_back, set_aside
from archdoc.site.finish import finished
from archdoc.site.navigation import merged
from archdoc.site.settings import DEFAULTS, adapt, without_plugin
from archdoc.site.stage import Staged
from archdoc.site.warm import Kept
from archdoc.site.written import Written


class SiteError(Exception):
    """The site cannot be built at all; `help` says what to do."""

    def __init__(self, message: str, help_: str) -> None:
        super().__init__(message)
        self.help = help_


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A site: path → content, and what the engine complained of."""

    files: Mapping[str, bytes]
    problems: tuple[Diagnostic, ...]


def build_site(staged: Staged) -> BuiltSite:
    """Build the site in a temporary folder. Raises SiteError where mkdocs is missing or refuses."""
    with Engine() as engine:
        return engine.build(staged)


class Engine:
    """mkdocs, which is quick with what it has built before."""

    def __init__(self) -> None:
        self._place = tempfile.TemporaryDirectory(prefix="archdoc-site-")
        self._written: Mapping[str, bytes] = {}
        self._kept: Kept | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Forget all that was built."""
        self._place.cleanup()

    @property
    def is_new(self) -> bool:
        """Whether it has built nothing that would make it quick."""
        return self._kept is None

    @property
    def written(self) -> Written | None:
        """What pages were written as, that it has built last."""
        return self._kept.staged.written if self._kept else None

    def prepare(self, staged: Staged) -> None:
        """Be quick with a site that differs from this one in its pictures alone.

        What is wrong is not said: whoever builds the site hears it. Where a site cannot be built in
        part, nothing is done.
        """
        with suppress(SiteError):
            self._build(replace(staged, files=set_aside(staged.files)[0]), only_to_keep=True)

    def build(self, staged: Staged) -> BuiltSite:
        """The site. Raises SiteError where mkdocs is missing or refuses."""
        texts, aside = set_aside(staged.files)
        light = replace(staged, files=texts)
        kept, complaints = self._build(light)
        files = kept.site if kept else {}
        pages = {p: put_back(page, aside) for p, page in files.items() if p.endswith(".html")}
        whole = finished({**files, **pages}, staged, light.page_sources)
        return BuiltSite(whole, tuple(complaints))

    def _build(
        self, staged: Staged, *, only_to_keep: bool = False
    ) -> tuple[Kept | None, list[Diagnostic]]:
        """What has the site, and what was complained of."""
        docs = self._folder / "docs"
        _write(docs, staged.files, self._written)
        self._written = staged.files
        kept, self._kept = self._kept, None
        with _quiet_clock(), _complaints() as complaints:
            if kept is None or not _calling(partial(kept.bring_up_to_date, staged), complaints):
                complaints.clear()
                whole = partial(_whole, staged, self._folder, only_to_keep=only_to_keep)
                kept = _calling(whole, complaints)
        # One that was complained of is built whole next time, so that all of it is said again.
        self._kept = None if complaints else kept
        return kept, complaints

    @property
    def _folder(self) -> Path:
        return Path(self._place.name)


def _whole(staged: Staged, folder: Path, *, only_to_keep: bool) -> Kept | None:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    from archdoc.site.theme import quicken

    docs, out = folder / "docs", folder / "site"
    config = load_config(**_settings(staged, folder, docs, out))
    adapt(config)
    quicken(config.theme)
    kept = Kept(staged, config, out)
    if only_to_keep and not kept.can_be_kept:
        return None
    kept.listen()
    build(config)
    return kept


_Result = TypeVar("_Result")


def _calling(action: Callable[[], _Result], complaints: list[Diagnostic]) -> _Result:
    """What an action that calls mkdocs gives. Raises SiteError where it refuses or is missing."""
    try:
        from mkdocs.exceptions import MkDocsException
    except ImportError as error:
        raise SiteError(
            "mkdocs is not installed, so no site was built",
            "install it with `pip install 'archdoc-c4[site]'`, or build without: `--no-site`",
        ) from error
    try:
        return action()
    except MkDocsException as error:
        said = [c.message for c in complaints if c.message not in str(error)]
        raise SiteError(
            f"mkdocs refused: {' / '.join([str(error), *said])}",
            "mend mkdocs.yml; what is not installed comes with `pip install 'archdoc-c4[site]'`",
        ) from error


def _write(docs: Path, files: Mapping[str, bytes], before: Mapping[str, bytes]) -> None:
    """Let the folder hold these files, where it held those before."""
    for path in before.keys() - files.keys():
        (docs / path).unlink(missing_ok=True)
    for path, content in files.items():
        if before.get(path) != content:
            file = docs / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)


def _settings(staged: Staged, folder: Path, docs: Path, out: Path) -> dict[str, Any]:
    """The project's configuration, or ours, with what archdoc adds to either."""
    from mkdocs.utils.yaml import yaml_load

    config = staged.config
    if config is None:
        import yaml

        config = folder / "mkdocs.yml"
        # The theme writes the name into its pages as it is, attributes included.
        named = {"site_name": html.escape(staged.name), **DEFAULTS}
        config.write_text(yaml.safe_dump(named), "utf-8")
    try:
        written = yaml_load(config.read_text("utf-8")) or {}
    except UnicodeDecodeError as error:
        raise SiteError(f"{config} is not UTF-8: {error}", "save it as UTF-8") from error
    if not isinstance(written, dict):
        raise SiteError(f"{config} is no mapping of settings", "begin it with `site_name: …`")
    settings: dict[str, Any] = {"config_file": str(config), "docs_dir": str(docs)}
    settings |= {"site_dir": str(out), "use_directory_urls": False}
    own = written.get("nav") or ["index.md"]
    if not isinstance(own, list):
        raise SiteError(f"`nav` in {config} is no list", "write one page a line: `- index.md`")
    settings["nav"] = merged(own, staged.navigation)
    if plugins := written.get("plugins"):
        settings["plugins"] = without_plugin(plugins)
    return settings


@contextmanager
def _quiet_clock() -> Iterator[None]:
    """Keep the clock out of the pages, and an announcement of the theme's out of the terminal."""
    fixed = {"SOURCE_DATE_EPOCH": "0", "NO_MKDOCS_2_WARNING": "1"}
    before = {name: os.environ.get(name) for name in fixed}
    os.environ.update(fixed)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


@contextmanager
def _complaints() -> Iterator[list[Diagnostic]]:
    """Collect what mkdocs warns of, instead of letting it print."""
    found: list[Diagnostic] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(
                Diagnostic(
                    code="site",
                    message=record.getMessage(),
                    severity=Severity.WARNING,
                    subject="site",
                )
            )

    logger = logging.getLogger("mkdocs")
    handler = Collector(logging.WARNING)
    logger.addHandler(handler)
    propagate, logger.propagate = logger.propagate, False
    try:
        yield found
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate
