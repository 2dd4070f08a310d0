"""One build: from a checked model to everything that archdoc makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from archdoc.outputs import MissingPackageError, model_json
from archdoc.outputs.compose import ComposeError
from archdoc.pipeline.compose import compose_files
from archdoc.pipeline.pictures import Progress, Source, draw, sources
from archdoc.pipeline.tree import (
    Artefact,
    Manifest,
    OutputFolderError,
    bring_up_to_date,
    read_manifest,
    site_is_current,
)
from archdoc.report import Diagnostic
from archdoc.site import Site, SiteError, build_site, stage
from archdoc.source import Loaded
from archdoc.views import diagrams

Stage = Callable[[str], None]
"""Called with a few words when the next stage of a build begins."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    folder: Path
    pictures: int
    rendered: int
    """How many pictures an engine drew; the others were in the cache."""
    changed: int
    """How many files were written or removed."""
    site_rebuilt: bool
    problems: tuple[Diagnostic, ...] = ()
    """What failed without stopping the rest: pictures, links."""

    @property
    def failed(self) -> bool:
        """Whether anything that should be in the folder is not."""
        return any(problem.severity == "error" for problem in self.problems)


class BuildError(Exception):
    """Nothing could be written; `diagnostics` says why."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("; ".join(diagnostic.message for diagnostic in diagnostics))
        self.diagnostics = diagnostics


def build(
    loaded: Loaded,
    folder: Path,
    *,
    with_site: bool = True,
    progress: Progress | None = None,
    stage_begins: Stage = lambda _: None,
) -> Report:
    """Bring `folder` up to date with the model. Raises BuildError; then nothing was written."""
    model = loaded.model
    try:
        stage_begins("Drawing")
        drawn = sources(diagrams(model))
        artefacts = _texts(loaded, drawn)
        pictures, problems, fresh = draw(drawn, progress)
        artefacts |= {
            path: Artefact(content, _source_of(path, drawn)) for path, content in pictures.items()
        }
        kept, inputs, rebuilt = Manifest(), "", False
        if with_site:
            stage_begins("Building the site")
            site = Site(loaded, drawn, pictures, _under_compose(artefacts), tuple(problems))
            staged = stage(site)
            inputs, before = staged.digest, read_manifest(folder)
            problems += staged.problems
            if site_is_current(folder, before, inputs):
                kept = Manifest(
                    {p: e for p, e in before.files.items() if p.startswith("site/")}, inputs
                )
            else:
                built = build_site(staged)
                problems += built.problems
                artefacts |= {f"site/{p}": Artefact(c, "site") for p, c in built.files.items()}
                rebuilt = True
        changed = bring_up_to_date(folder, artefacts, kept, inputs)
    except (ComposeError, MissingPackageError, SiteError, OutputFolderError) as error:
        raise BuildError(diagnostic_of(error, loaded)) from error
    return Report(folder, len(drawn), fresh, changed, rebuilt, tuple(problems))
