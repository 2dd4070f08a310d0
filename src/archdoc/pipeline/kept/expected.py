"""All that a build of a model makes, as far as that is known without drawing anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from archdoc.consistency import element_page, environment_page, versions_page
from archdoc.outputs import MissingPackageError, model_json
from archdoc.pipeline.compose import compose_files
from archdoc.pipeline.pictures import Source, sources
from archdoc.pipeline.tree import MODEL_JSON
from archdoc.report import Diagnostic
from archdoc.source import Loaded
from archdoc.views import Graph, diagrams


@dataclass(frozen=True)
class Expected:
    """What a model says that its outputs are."""

    loaded: Loaded
    lacking: list[MissingPackageError] = field(default_factory=list)
    """Outputs that cannot be told: their package is not installed."""

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every diagram in every syntax."""
        return sources(diagrams(self.loaded.model), self.lacking.append)

    @cached_property
    def texts(self) -> Mapping[str, bytes]:
        """The content of everything that no engine makes, by its path in the output folder."""
        loaded = self.loaded
        texts = {MODEL_JSON: model_json.emit(loaded.model, loaded.locations.origin)}
        texts |= {source.path: source.emitted.source.encode() for source in self.sources}
        for environment in loaded.model.environments:
            files = compose_files(loaded, environment)
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
        return (*self.texts, *self.vectors, *self.pixels)

    @cached_property
    def page_paths(self) -> tuple[str, ...]:
        """The pages that a site has whatever else is on it, by their paths under its root."""
        model = self.loaded.model
        elements = (f"elements/{id_}.html" for id_ in model.index.elements)
        environments = (f"environments/{id_}.html" for id_ in model.environments)
        return ("index.html", *elements, *environments)

    def page(self, path: str) -> Graph | None:
        """What a generated page says; None for a page of which nothing is expected but pictures."""
        model, pure = self.loaded.model, PurePosixPath(path)
        if self.is_own(path):
            return None
        if pure.parts[0] == "elements" and (id_ := pure.stem) in model.index.elements:
            return element_page(model, id_)
        if pure.parts[0] == "environments" and (id_ := pure.stem) in model.environments:
            return environment_page(model, id_, compose_files(self.loaded, id_))
        return versions_page(model) if path == "versions.html" else None

    def pictures_on(self, path: str) -> frozenset[str]:
        """The names of the pictures that a generated page has to show."""
        if self.is_own(path):
            return frozenset()
        of_environments = path.startswith("environments/")
        return frozenset(
            name
            for name, source in self.pictures.items()
            if (of_environments and path == f"environments/{source.diagram.environment}.html")
            or (path == "views.html" and source.diagram.environment is None)
        )

    def is_own(self, path: str) -> bool:
        """Whether somebody's own page in `docs/` stands in place of a generated one."""
        try:
            return (self.loaded.home / "docs" / PurePosixPath(path).with_suffix(".md")).is_file()
        except OSError:  # a manifest may hold names that no file can have
            return False

    def problems(self) -> list[Diagnostic]:
        """Why some outputs cannot be told."""
        return [Diagnostic("missing-engine", str(e), help=e.help) for e in self.lacking]
