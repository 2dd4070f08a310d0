"""All that a build of a model makes, as far as that is known without drawing anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePosixPath

from archdoc.consistency import (
    Compared,
    compared_with,
    comparison_page,
    decisions_about,
    element_page,
    environment_page,
    flows,
    groups_page,
    plain,
    start_page,
    versions_page,
    views_page,
)
from archdoc.model import Decision, Documented
from archdoc.outputs import MissingPackageError, model_json
from archdoc.outputs.compose import offered_as
from archdoc.pipeline.compose import compose_files
from archdoc.pipeline.docs import decisions_beside, read_docs
from archdoc.pipeline.pictures import Source, sources
from archdoc.pipeline.tree import MODEL_JSON
from archdoc.pipeline.untold import is_told, with_untold
from archdoc.report import Diagnostic, Severity
from archdoc.site import (
    SEEN_IN,
    Content,
    Figure,
    Staged,
    differences,
    page_of_view,
    stage,
    to_know,
    without_pictures,
)
from archdoc.source import Loaded, read_decisions
from archdoc.views import Diagram, Graph, diagrams

_VIEWS = "views.html"
_EMPTY = b'<svg xmlns="http://www.w3.org/2000/svg"></svg>'


@dataclass(frozen=True)
class Expected:
    """What a model says that its outputs are."""

    loaded: Loaded
    lacking: list[MissingPackageError] = field(default_factory=list)
    """Outputs whose texts cannot be told: their package is not installed."""
    untold: list[str] = field(default_factory=list)
    """The paths of such texts, of those that were looked at."""

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every diagram in every syntax; those of `lacking` without their texts."""
        shown = tuple(diagrams(self.loaded.model))
        return with_untold(shown, sources(shown, self.lacking.append))

    @cached_property
    def texts(self) -> Mapping[str, bytes]:
        """The content of everything that no engine makes, by its path in the output folder."""
        loaded = self.loaded
        texts = {MODEL_JSON: model_json.emit(loaded.model, loaded.locations.origin)}
        told = (source for source in self.sources if is_told(source))
        texts |= {source.path: source.emitted.source.encode() for source in told}
        for environment, files in self._compose.items():
            texts |= {f"compose/{environment}/{path}": text for path, text in files.items()}
        return texts

    @cached_property
    def pictures(self) -> Mapping[str, Source]:
        """What is drawn, by its name: `aws-simple.aws`."""
        return {source.name: source for source in self.sources if source.is_drawn}

    @cached_property
    def vectors(self) -> Mapping[str, Source]:
        """What is drawn, by the path of its SVG."""
        return {source.svg_path: source for source in self.pictures.values()}

    @cached_property
    def pixels(self) -> Mapping[str, Source]:
        """What is drawn in pixels, by the path of its PNG."""
        drawn = self.pictures.values()
        return {source.png_path: source for source in drawn if source.png_path is not None}

    @cached_property
    def source_of(self) -> Mapping[str, Source]:
        """Every diagram in every syntax, by the path of its text."""
        return {source.path: source for source in self.sources}

    @property
    def paths(self) -> tuple[str, ...]:
        """Every file but those of the site, in a fixed order."""
        untold = (source.path for source in self.sources if not is_told(source))
        return (*self.texts, *untold, *self.vectors, *self.pixels)

    @cached_property
    def offered(self) -> Mapping[str, str]:
        """Each of these files by its path under the site's root."""
        return {offered_as(path): path for path in self.paths}

    @cached_property
    def page_paths(self) -> tuple[str, ...]:
        """The pages that a site has whatever else is on it, by their paths under its root."""
        model = self.loaded.model
        elements = (f"elements/{id_}.html" for id_ in model.index.elements)
        environments = (f"environments/{id_}.html" for id_ in model.environments)
        return ("index.html", *elements, *environments, *self.view_pages)

    @cached_property
    def view_pages(self) -> Mapping[str, Mapping[str, Diagram]]:
        """The pages of views of no environment: the pictures that each shows, by name."""
        views = {
            name: source.diagram
            for name, source in self.pictures.items()
            if source.diagram.environment is None
        }
        pages: dict[str, dict[str, Diagram]] = {_VIEWS: {}} if views else {}
        for name, diagram in views.items():
            path = page_of_view(diagram.id, len(views)).removesuffix(".md") + ".html"
            pages.setdefault(path, {})[name] = diagram
        return pages

    def page(self, path: str) -> Graph | None:
        """What a generated page says; None for a page of which nothing is expected but pictures."""
        model, pure = self.loaded.model, PurePosixPath(path)
        if self.is_own(path):
            return None
        id_, page = pure.stem, None
        if pure.parts[0] == "elements" and id_ in model.index.elements:
            page = element_page(model, id_)
        if pure.parts[0] == "environments" and id_ in model.environments:
            page = environment_page(model, id_, compose_files(self.loaded, id_))
        if page is not None:
            shown = {path: tuple(diagrams.values()) for path, diagrams in self.view_pages.items()}
            led = flows(model, shown, id_)
            if id_ in model.environments:
                led = compared_with(model, self._changes, self.loaded.bases.get(id_), id_)
            decided = decisions_about(model, self.decisions, id_)
            return replace(page, facts=(*page.facts, *led, *decided))
        return self._overview(path)

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """What was decided, as the project's folder has it."""
        return read_decisions(self.loaded.home, self.loaded.model)[0]

    @cached_property
    def page_sources(self) -> Mapping[str, str]:
        """The digests of the texts that pages are built from, as their seals say them."""
        return self._staged.page_sources

    @cached_property
    def generated(self) -> frozenset[str]:
        """The pages that a site has, but for those of the project's own, and what it leaves out."""
        config = self._staged.config
        leaves_out = config is not None and b"exclude_docs" in config.read_bytes()
        pages = {*self.page_paths, *(() if leaves_out else self.page_sources)}
        return frozenset(page for page in pages if not self.is_own(page))

    @cached_property
    def page_texts(self) -> Mapping[str, bytes]:
        """The texts that pages are built from, pictures aside, by their paths under `docs`."""
        texts = self._staged.files.items()
        return {path: without_pictures(text) for path, text in texts if path.endswith(".md")}

    @cached_property
    def _staged(self) -> Staged:
        """What a site is built of, with empty pictures: these are compared by themselves."""
        loaded = self.loaded
        figures = tuple(
            Figure(source.diagram, source.output.name, _EMPTY, downloads=self.downloads(source))
            for source in self.pictures.values()
        )
        docs, decisions = read_docs(loaded)[0], decisions_beside(loaded)[0]
        content = Content(loaded.model, figures, self._compose, docs, loaded.bases, decisions)
        return stage(content, loaded.home, {})

    @property
    def _compose(self) -> Mapping[str, Mapping[str, bytes]]:
        return {id_: compose_files(self.loaded, id_) for id_ in self.loaded.model.environments}

    @cached_property
    def _changes(self) -> Compared:
        """The comparisons of environments that the site tells."""
        found = differences(self.loaded.model, self.loaded.bases, self._compose)
        return [(d.old, d.new, d.changes) for d in found]

    def _overview(self, path: str) -> Graph | None:
        """What a page says that tells of everything."""
        model = self.loaded.model
        match path:
            case "index.html":
                told = (plain(model, said) for said in to_know(model, "\0{}\0".format))
                return start_page(model, told, self._ways())
            case "versions.html":
                return versions_page(model)
            case "groups.html" if not self.is_mixed(path):
                return groups_page(model)
            case "environments.html":
                return comparison_page(model, self._changes)
            case _ if path == _VIEWS:
                alone = {p: d for p, d in self.view_pages.items() if p != _VIEWS}
                return views_page({p: next(iter(d.values())) for p, d in alone.items()})
        return None

    def _ways(self) -> Iterator[str]:
        """The pages to which the start page leads on."""
        if self.view_pages and not self.is_own(_VIEWS):
            yield _VIEWS
        if len(self.loaded.model.environments) > 1:
            yield "environments.html"
        if self.decisions:
            yield "decisions/index.html"

    def is_mixed(self, path: str) -> bool:
        """Whether a file that an element names (`docs:`) is part of a generated page."""
        model, pure = self.loaded.model, PurePosixPath(path)
        told: list[Documented] = []
        if pure.parts[0] == "elements" and pure.stem in model.index.elements:
            told = [model.index.elements[pure.stem].content]
        if pure.parts[0] == "environments" and pure.stem in model.environments:
            told = [*model.environments[pure.stem].nodes.values()]
        if path == "groups.html":
            told = [*model.groups.values()]
        return any(content.docs for content in told)

    def pictures_on(self, path: str) -> frozenset[str]:
        """The names of the pictures that a generated page has to show."""
        if self.is_own(path):
            return frozenset()
        of_environment = (
            name
            for name, source in self.pictures.items()
            if path == f"environments/{source.diagram.environment}.html"
        )
        return frozenset((*self.view_pages.get(path, ()), *of_environment))

    def shown_on(self, path: str) -> frozenset[str]:
        """The names of pictures of which an element's page has to show one."""
        id_ = PurePosixPath(path).stem
        if not path.startswith("elements/") or self.is_own(path):
            return frozenset()
        element = self.loaded.model.index.elements.get(id_)
        kinds = SEEN_IN.get(element.kind, ()) if element else ()
        return frozenset(
            name
            for name, source in self.pictures.items()
            if source.diagram.kind in kinds
            and any(node.element == id_ for node in source.diagram.walk())
        )

    def downloads(self, source: Source) -> tuple[str, ...]:
        """The files that are offered below a picture, in their order."""
        others = (s.path for s in self.sources if not s.is_drawn and s.is_of(source))
        pixels = [source.png_path] if source.png_path else []
        return (source.svg_path, *pixels, source.path, *others)

    def is_own(self, path: str) -> bool:
        """Whether somebody's own page in `docs/` stands in place of a generated one."""
        try:
            return (self.loaded.home / "docs" / PurePosixPath(path).with_suffix(".md")).is_file()
        except OSError:  # a manifest may hold names that no file can have
            return False

    def is_file_of_docs(self, path: str) -> bool:
        """Whether a file of the site is one of `docs/`, as it is there: a picture of their own."""
        return (self.loaded.home / "docs" / path).is_file()

    def look_at(self, source: Source) -> None:
        """Remember that a file of a diagram was looked at, of which all is known, or not."""
        if not is_told(source) and source.path not in self.untold:
            self.untold.append(source.path)

    def problems(self) -> list[Diagnostic]:
        """Why some files that were looked at could be compared in part only."""
        if not self.untold:
            return []
        number = len(self.untold) - 1
        others = f" and {number} more like it" if number else ""
        return [
            Diagnostic(
                "missing-engine",
                f"{error}: of {self.untold[0]}{others}, and of their pictures, only facts and "
                "seals were compared",
                severity=Severity.WARNING,
                help=error.help,
            )
            for error in self.lacking
        ]
