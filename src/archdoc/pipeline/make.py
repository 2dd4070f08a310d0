"""Everything that archdoc makes of a model, but the site: in memory, proved, not yet written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from archdoc.outputs import MissingPackageError, model_json
from archdoc.pipeline.compose import ComposeFailedError, compose_files
from archdoc.pipeline.last import with_last
from archdoc.pipeline.pictures import (
    Drawing,
    Drawn,
    Progress,
    Source,
)
from archdoc.pipeline.proof import prove_compose, prove_model_json, prove_picture, prove_texts
from archdoc.pipeline.servers import servers_for, unlike
from archdoc.pipeline.tree import MODEL_JSON, Artefact, OutputFolderError
from archdoc.pipeline.undrawn import failures_of, lacking_letters
from archdoc.pipeline.untold import is_told, paths_of, with_untold
from archdoc.render import Early, EngineError, Failure, Picture
from archdoc.report import Diagnostic
from archdoc.site import Figure, SiteError
from archdoc.source import Loaded
from archdoc.views import diagrams


@dataclass(frozen=True, slots=True)
class Made:
    """Pictures, their sources and compose files."""

    wanted: tuple[Source, ...]
    drawn: Drawn
    artefacts: Mapping[str, Artefact]
    """Path under the output folder → file."""
    problems: tuple[Diagnostic, ...]
    """What failed without stopping the rest, and what outputs do not show as the model says it."""
    untold: frozenset[str] = frozenset()
    """Files that a package would write which is not installed: they stay as they are."""

    def compose(self, environment: str) -> dict[str, bytes]:
        """The files of an environment's compose projects, by path under its folder."""
        return _under(f"compose/{environment}/", self.artefacts)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The pictures, as the site shows them."""
        return _figures(self.wanted, self.drawn)


class BuildError(Exception):
    """Nothing could be written; `diagnostic` says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


_BLANK = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
STOPPING = (ComposeFailedError, EngineError, OutputFolderError)


def reason(error: Exception) -> Diagnostic:
    """What stopped a build, as a finding."""
    match error:
        case ComposeFailedError():
            return error.diagnostic
        case EngineError():
            return missing(error)
    help_ = error.help if isinstance(error, OutputFolderError) else ""
    return Diagnostic("output-folder", str(error), help=help_)


def make(  # noqa: PLR0913 - each is a choice of its own, and has a usual value
    loaded: Loaded,
    progress: Progress = lambda *_: None,
    early: Early | None = None,
    meanwhile: Callable[[Made], None] = lambda _: None,
    drawn_one: Callable[[Figure], None] = lambda _: None,
    *,
    last: Path | None = None,
) -> Made:
    """Write and draw everything. Raises ComposeFailedError and EngineError.

    `early` is a Java that may be running. `meanwhile` is called while engines draw, if they do,
    with all but the pictures: it finds blank ones in their places. Then `drawn_one` is told of each
    that is there. `last` is the folder of an earlier build: a picture in it that was drawn from the
    same text takes the place of one that fails.
    """
    lacking: list[MissingPackageError] = []
    with Drawing(servers_for(loaded.model), early) as drawing:
        views = tuple(diagrams(loaded.model))
        wanted = drawing.begin(views, lacking.append)
        artefacts = _texts(loaded, wanted)
        wrong = [*_prove_texts(loaded, wanted, artefacts)]
        of = {source.name: source for source in wanted}
        shown: dict[str, list[Diagnostic]] = {}

        def finished(picture: Picture) -> None:
            source = of[picture.name]
            shown[picture.name] = [*prove_picture(source, picture.svg)]
            drawn_one(_figure(source, wanted, picture))

        # What is done while engines still draw costs little time.
        if drawing.is_busy:
            meanwhile(_of(wanted, _blank(wanted), artefacts))
        drawn = with_last(drawing.finish(progress, finished), wanted, last)
    problems = [missing(error) for error in lacking]
    problems += [*unlike(loaded, drawn), *failures_of(loaded, wanted, drawn)]
    problems += [problem for name in of for problem in shown.get(name, ())]
    problems += [*lacking_letters(loaded, wanted, drawn), *wrong]
    untold = (source for source in with_untold(views, wanted) if not is_told(source))
    return _of(wanted, drawn, artefacts, problems, frozenset(paths_of(untold)))


def _of(
    wanted: tuple[Source, ...],
    drawn: Drawn,
    artefacts: Mapping[str, Artefact],
    problems: Iterable[Diagnostic] = (),
    untold: frozenset[str] = frozenset(),
) -> Made:
    files = {**artefacts, **_pictures(wanted, drawn)}
    return Made(wanted, drawn, files, tuple(problems), untold)


def _blank(wanted: Iterable[Source]) -> Drawn:
    """What will be drawn, with nothing on it."""
    blank = (
        Picture(source.name, _BLANK, b"" if source.png_path else None, fresh=False)
        for source in wanted
        if source.is_drawn
    )
    return Drawn({picture.name: picture for picture in blank}, {})


def missing(error: MissingPackageError | EngineError | SiteError) -> Diagnostic:
    """What is not installed, or does not work, as a finding."""
    return Diagnostic("missing-engine", str(error), help=error.help)


def _prove_texts(
    loaded: Loaded, wanted: tuple[Source, ...], artefacts: Mapping[str, Artefact]
) -> Iterator[Diagnostic]:
    """What texts do not say as the model does."""
    yield from prove_texts(wanted)
    yield from prove_model_json(loaded, artefacts[MODEL_JSON].content)
    for environment in loaded.model.environments:
        files = _under(f"compose/{environment}/", artefacts)
        yield from prove_compose(loaded, environment, files)


def _texts(loaded: Loaded, wanted: tuple[Source, ...]) -> dict[str, Artefact]:
    """Everything that needs no engine."""
    artefacts = {
        MODEL_JSON: Artefact(model_json.emit(loaded.model, loaded.locations.origin), "model")
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
    made: dict[str, Picture | Failure] = {**drawn.failures, **drawn.pictures}
    return tuple(_figure(source, wanted, made[source.name]) for source in wanted if source.is_drawn)


def _figure(source: Source, wanted: tuple[Source, ...], made: Picture | Failure) -> Figure:
    picture = made if isinstance(made, Picture) else None
    texts = (other.path for other in wanted if not other.is_drawn and other.is_of(source))
    pixels = [source.png_path] if source.png_path and picture and picture.png is not None else []
    return Figure(
        diagram=source.diagram,
        output=source.output.name,
        svg=picture.svg if picture else None,
        problem=made.message if isinstance(made, Failure) else "",
        downloads=(source.svg_path, *pixels, source.path, *texts),
    )


def _under(folder: str, artefacts: Mapping[str, Artefact]) -> dict[str, bytes]:
    return {
        path.removeprefix(folder): artefact.content
        for path, artefact in artefacts.items()
        if path.startswith(folder)
    }
