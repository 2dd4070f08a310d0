"""Everything that a site engine needs, before any engine runs: Markdown, assets, navigation."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from archdoc.render import dark_css, page_font_css
from archdoc.report import Diagnostic
from archdoc.site import decisions, glossary
from archdoc.site.asked import finding, own_files, read_text, shown
from archdoc.site.blocks import containers
from archdoc.site.comparison import PAGE
from archdoc.site.content import Content
from archdoc.site.figures import icon_files
from archdoc.site.navigation import element_entries
from archdoc.site.pages import Pages
from archdoc.site.sealed import sources_of
from archdoc.site.view_pages import VIEWS
from archdoc.site.written import Written

_ENGINE = ("mkdocs", "mkdocs-material", "archdoc-c4", "pymdown-extensions", "Markdown")
_ASSETS = Path(__file__).parent / "assets"
_DARK = '@media screen{[data-md-color-scheme="slate"]{%s}}'
"""Where mkdocs-material says that a page is dark; paper is light."""


_REACHES_OUT = re.compile(rb"^[ \t]*(?:hooks|INHERIT)[ \t]*:|\bcustom_dir\b|!ENV\b", re.MULTILINE)


def reaches_out(config: bytes) -> bool:
    """Whether a `mkdocs.yml` draws in other files of the project, or the environment."""
    return _REACHES_OUT.search(config) is not None


@lru_cache
def _own_source() -> str:
    """A digest of what writes pages: another archdoc may be of the same version."""
    hasher = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        hasher.update(file.read_bytes())
    return hasher.hexdigest()


@dataclass(frozen=True)
class Staged:
    """The input of a site engine."""

    files: Mapping[str, bytes]
    """Path under the docs folder → content."""
    navigation: tuple[dict[str, Any], ...]
    """The generated part of the navigation, in mkdocs's form."""
    config: Path | None
    """The project's own `mkdocs.yml`."""
    name: str
    problems: tuple[Diagnostic, ...] = ()
    written: Written | None = field(default=None, compare=False, repr=False)
    """What its pages were written as."""

    @cached_property
    def settings(self) -> bytes:
        """All that the site is made from but the content: configuration, engine versions."""
        config = self.config.read_bytes() if self.config else b""
        versions = [_own_source(), *(_version(package) for package in _ENGINE)]
        facts: Iterable[object] = (self.navigation, self.name, versions)
        return json.dumps(list(facts)).encode() + config

    @property
    def page_sources(self) -> Mapping[str, str]:
        """The digests of the texts of pages, pictures aside, by the paths of built pages."""
        return sources_of(self.files)

    @property
    def digest(self) -> str:
        """Changes whenever the built site could: content, configuration, engine versions.

        Empty where that cannot be told: the configuration draws in what may lie anywhere.
        """
        if self.config and reaches_out(self.config.read_bytes()):
            return ""
        hasher = hashlib.sha256(self.settings)
        for path, content in sorted(self.files.items()):
            hasher.update(f"\0{path}\0{len(content)}\0".encode() + content)
        return hasher.hexdigest()


def stage(
    content: Content,
    project: Path,
    downloads: Mapping[str, bytes],
    docs: Path | None = None,
    before: Written | None = None,
) -> Staged:
    """Put generated pages, the project's own `docs/` and assets together.

    `project` is the folder that holds `mkdocs.yml` and `docs/`, both optional; `downloads` are
    further files, by path under the site's root. A page in `docs/` replaces a generated one of the
    same path. What was written `before` is written anew only where it says something else.
    """
    written = Written.of(content, before)
    problems: list[Diagnostic] = []
    files: dict[str, bytes] = {path: text.encode() for path, text in written.generated.items()}
    for doc, p in written.problems:
        problems.append(finding(doc.file, p, doc.text.splitlines()))
    docs = docs or project / "docs"
    for file in own_files(docs):
        path = file.relative_to(docs).as_posix()
        data = file.read_bytes()
        if file.suffix == ".md":
            text = read_text(data)
            expanded, wrong = written.own(path, text)
            lines = text.splitlines()
            problems += [finding(shown(file), p, lines) for p in wrong]
            data = expanded.encode()
        files[path] = data
    files |= {f"assets/{asset.name}": asset.read_bytes() for asset in sorted(_ASSETS.iterdir())}
    svgs = [figure.svg for figure in content.figures if figure.svg is not None]
    files |= icon_files(svgs)
    files["assets/archdoc.css"] += _style_of(tuple(svgs))
    config = project / "mkdocs.yml"
    return Staged(
        files={**files, **downloads},
        navigation=tuple(_navigation(content, written.pages)),
        config=config if config.is_file() else None,
        name=content.model.name,
        problems=tuple(problems),
        written=written,
    )


@lru_cache(maxsize=1)
def _style_of(svgs: tuple[bytes, ...]) -> bytes:
    """Colours in the dark, and letters; remembered for whoever saves text after text."""
    return (_DARK % dark_css(*svgs) + page_font_css(svgs)).encode()


def _navigation(content: Content, pages: Pages) -> Iterable[dict[str, Any]]:
    model = content.model
    environments = [
        {environment.name or id_: f"environments/{id_}.md"}
        for id_, environment in model.environments.items()
    ]
    if pages.compares:
        environments.insert(0, {"Environments compared": PAGE})
    elements = element_entries(model, pages.element_pages)
    if pages.figures:
        yield {"Pictures": VIEWS}
    if containers(model):
        yield {"Versions": "versions.md"}
    yield {"Words": glossary.PAGE}
    if model.groups:
        yield {"Groups": "groups.md"}
    if environments:
        yield {"Environments": environments}
    if elements:
        yield {"Elements": elements}
    if content.decisions:
        yield {"Decisions": decisions.navigation(content)}


@lru_cache
def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
