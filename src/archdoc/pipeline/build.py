"""One build: from a checked model to everything that archdoc makes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from archdoc.consistency import left_out
from archdoc.outputs import MissingPackageError, model_json
from archdoc.pipeline.compose import ComposeFailedError, compose_files
from archdoc.pipeline.docs import read_docs
from archdoc.pipeline.pictures import (
    Drawing,
    Drawn,
    Progress,
    Source,
    failures_of,
    lacking_letters,
)
from archdoc.pipeline.proof import prove_compose, prove_pictures
from archdoc.pipeline.servers import servers_for, unlike
from archdoc.pipeline.tree import (
    MANIFEST,
    Artefact,
    Change,
    Manifest,
    OutputFolderError,
    read_manifest,
    site_is_current,
    update,
)
from archdoc.render import Early, EngineError
from archdoc.report import Diagnostic, Severity, in_order
from archdoc.site import Content, Figure, SiteError, build_site, stage
from archdoc.source import Loaded, read_decisions
from archdoc.views import diagrams


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    folder: Path
    pictures: int
    rendered: int
    """How many pictures an engine drew; the others were in the cache, or failed."""
    not_drawn: int
    """How many pictures failed."""
    changes: Mapping[str, Change]
    """What was written or removed or, of a build that only looks, what would have been."""
    problems: tuple[Diagnostic, ...] = ()
    """What failed without stopping the rest: pictures, links."""

    @property
    def changed(self) -> int:
        """How many files were written or removed, but for the manifest."""
        return len(self.changes.keys() - {MANIFEST})

    @property
    def failed(self) -> bool:
        """Whether anything that should be in the folder is not."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


class BuildError(Exception):
    """Nothing could be written; `diagnostic` says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@dataclass(frozen=True, slots=True)
class _Site:
    """The site's part of a build."""

    artefacts: Mapping[str, Artefact]
    kept: Manifest
    inputs: str
    problems: tuple[Diagnostic, ...]


def build(  # noqa: PLR0913 - each is a choice of its own, and has a usual value
    loaded: Loaded,
    folder: Path,
    *,
    with_site: bool = True,
    writes: bool = True,
    progress: Progress = lambda *_: None,
    begin: Callable[[str], None] = lambda _: None,
    early: Early | None = None,
) -> Report:
    """Bring `folder` up to date with the model. Raises BuildError; then nothing was written.

    Without `writes` it only finds out what that would change, and leaves the folder alone.
    `begin` is called with a few words whenever the next stage begins; `early` is a Java that may be
    running.
    """
    try:
        begin("Drawing")
        lacking: list[MissingPackageError] = []
        with Drawing(servers_for(loaded.model), early) as drawing:
            wanted = drawing.begin(diagrams(loaded.model), lacking.append)
            artefacts = _texts(loaded, wanted)
            drawn = drawing.finish(progress)
        compose = {env: _under(f"compose/{env}/", artefacts) for env in loaded.model.environments}
        problems = [*map(_missing, lacking), *unlike(loaded, drawn)]
        problems += [*failures_of(loaded, wanted, drawn), *prove_pictures(wanted, drawn)]
        problems += lacking_letters(loaded, wanted, drawn)
        problems += [p for env, files in compose.items() for p in prove_compose(loaded, env, files)]
        artefacts |= _pictures(wanted, drawn)
        site = _Site({}, Manifest(), "", ())
        if with_site:
            begin("Building the site")
            docs, unread = read_docs(loaded)
            decisions, wrong = read_decisions(loaded.home, loaded.model)
            problems += [*unread, *wrong]
            figures = _figures(wanted, drawn)
            content = Content(loaded.model, figures, compose, docs, loaded.bases, decisions)
            site = _site(content, loaded.home, folder, artefacts)
        todo = update(folder, {**artefacts, **site.artefacts}, site.kept, site.inputs)
        if writes:
            todo.apply()
    except _STOPPING as error:
        raise BuildError(_reason(error)) from error
    return Report(
        folder,
        pictures=sum(source.is_drawn for source in wanted),
        rendered=drawn.rendered,
        not_drawn=len(drawn.failures),
        changes=todo.changes,
        problems=tuple(in_order([*problems, *site.problems])),
    )


_STOPPING = (ComposeFailedError, EngineError, OutputFolderError)


def _reason(error: Exception) -> Diagnostic:
    """What stopped a build, as a finding."""
    match error:
        case ComposeFailedError():
            return error.diagnostic
        case EngineError():
            return _missing(error)
    return Diagnostic("output-folder", str(error), help="check its permissions")


def _missing(error: MissingPackageError | EngineError | SiteError) -> Diagnostic:
    return Diagnostic("missing-engine", str(error), help=error.help)


def _texts(loaded: Loaded, wanted: tuple[Source, ...]) -> dict[str, Artefact]:
    """Everything that needs no engine."""
    artefacts = {
        "model.json": Artefact(model_json.emit(loaded.model, loaded.locations.origin), "model")
    }
    for source in wanted:
        content = source.emitted.source.encode()
        artefacts[source.path] = Artefact(content, f"view {source.diagram.id}")
    for environment in loaded.model.environments:
        for path, content in compose_files(loaded, environment).items():
            made_from = f"environment {environment}"
            artefacts[f"compose/{environment}/{path}"] = Artefact(content, made_from)
    return artefacts


def _pictures(wanted: tuple[Source, ...], drawn: Drawn) -> dict[str, Artefact]:
    artefacts: dict[str, Artefact] = {}
    for source in wanted:
        picture = drawn.pictures.get(source.name)
        if picture is None:
            continue
        artefacts[source.svg_path] = Artefact(picture.svg, source.path)
        if picture.png is not None and source.png_path is not None:
            artefacts[source.png_path] = Artefact(picture.png, source.path)
    return artefacts


def _figures(wanted: tuple[Source, ...], drawn: Drawn) -> tuple[Figure, ...]:
    figures = []
    for source in wanted:
        if not source.is_drawn:
            continue
        picture = drawn.pictures.get(source.name)
        texts = (other.path for other in wanted if not other.is_drawn and other.is_of(source))
        pixels = [source.png_path] if source.png_path and picture and picture.png else []
        figures.append(
            Figure(
                diagram=source.diagram,
                output=source.output.name,
                svg=picture.svg if picture else None,
                problem="" if picture else drawn.failures[source.name].message,
                downloads=(source.svg_path, *pixels, source.path, *texts),
                left_out=left_out(source.diagram, source.output),
            )
        )
    return tuple(figures)


def _under(folder: str, artefacts: Mapping[str, Artefact]) -> dict[str, bytes]:
    return {
        path.removeprefix(folder): artefact.content
        for path, artefact in artefacts.items()
        if path.startswith(folder)
    }


def _site(
    content: Content, project: Path, folder: Path, artefacts: Mapping[str, Artefact]
) -> _Site:
    """The site, unless the one in the folder was made from the same."""
    downloads = {
        path: artefact.content
        for path, artefact in artefacts.items()
        if path.startswith(("diagrams/", "compose/")) and "/." not in path
    }
    staged = stage(content, project, downloads)
    before, inputs = read_manifest(folder), staged.digest
    if site_is_current(folder, before, inputs):
        return _Site({}, Manifest(_site_files(before)), inputs, staged.problems)
    try:
        built = build_site(staged)
    except SiteError as error:
        # The last good site stays; without a digest, the next build tries anew.
        return _Site({}, Manifest(_site_files(before)), "", (*staged.problems, _missing(error)))
    pages_built = {f"site/{path}": Artefact(c, "site") for path, c in built.files.items()}
    # A site that the engine complained of is built anew next time, so that it complains again.
    inputs = "" if built.problems else inputs
    return _Site(pages_built, Manifest(), inputs, (*staged.problems, *built.problems))


def _site_files(manifest: Manifest) -> dict[str, tuple[str, str]]:
    return {path: entry for path, entry in manifest.files.items() if path.startswith("site/")}
