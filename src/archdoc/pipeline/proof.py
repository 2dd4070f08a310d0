"""Every output of a build is read back before it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from archdoc.consistency import (
    Difference,
    compare,
    compose_differences,
    differences,
    logical_graph,
    mark_differences,
    value_differences,
    variable_differences,
)
from archdoc.model import Placement
from archdoc.outputs import compose, model_json
from archdoc.outputs.svg_marks import read_marks
from archdoc.pipeline.pictures import Drawn, Source
from archdoc.report import Diagnostic
from archdoc.report.unfit import UNFIT, unfit
from archdoc.source import Loaded


def prove_pictures(wanted: Iterable[Source], drawn: Drawn) -> Iterator[Diagnostic]:
    """What pictures do not show as the model says it."""
    for source in wanted:
        picture = drawn.pictures.get(source.name)
        if picture is not None:
            yield from prove_picture(source, picture.svg)


def prove_picture(source: Source, svg: bytes) -> Iterator[Diagnostic]:
    """The same of one."""
    try:
        found = picture_differences(source, svg)
    except ValueError as error:
        yield _unreadable(source.svg_path, error)
        return
    yield from (_diagnostic(source.svg_path, difference) for difference in found)


def prove_texts(wanted: Iterable[Source]) -> Iterator[Diagnostic]:
    """What diagrams that are only text do not say as the model does, where their syntax is read."""
    for source in wanted:
        if source.is_drawn or source.output.read_text is None:
            continue
        try:
            shown = source.output.read_text(source.emitted.source)
        except ValueError as error:
            yield _unreadable(source.path, error)
            continue
        expected = source.output.shows(source.diagram)
        for difference in differences(expected, shown, source.emitted.names):
            yield _diagnostic(source.path, difference)


def prove_model_json(loaded: Loaded, content: bytes) -> Iterator[Diagnostic]:
    """What `model.json` does not say as the model does."""
    try:
        found = compare(
            logical_graph(loaded.model, loaded.locations.origin), model_json.read(content)
        )
    except ValueError as error:
        yield _unreadable("model.json", error)
        return
    yield from (_diagnostic("model.json", difference) for difference in found)


def picture_differences(source: Source, svg: bytes) -> tuple[Difference, ...]:
    """The facts in which a drawn picture, or what it is marked with, departs from its diagram.

    Raises ValueError for what cannot be read as such a picture.
    """
    try:
        shown, marks = source.output.read(svg), read_marks(svg)
    except UNFIT as error:  # what comes of a picture in pieces
        raise unfit("a picture of archdoc's", error) from error
    diagram, names = source.diagram, source.emitted.names
    expected = source.output.shows(diagram)
    wrong = differences(expected, shown, names)
    return wrong or mark_differences(diagram, expected, names, marks, shown)


def prove_compose(
    loaded: Loaded, environment: str, files: Mapping[str, bytes]
) -> Iterator[Diagnostic]:
    """What an environment's compose files do not say as the model does."""
    nodes = Placement(loaded.model, environment).compose_projects
    for node in nodes:
        folder = "" if len(nodes) == 1 else f"{node}/"
        path, content = f"{folder}compose.yaml", files[f"{folder}compose.yaml"]
        try:
            facts, said = compose.read(content), compose.read_graph(content)
        except ValueError as error:
            yield _unreadable(path, error)
            continue
        example = compose.read_dotenv(files[f"{folder}.env.example"])
        for difference in (
            *compose_differences(loaded.model, environment, node, facts),
            *value_differences(loaded.model, environment, node, facts, said),
            *variable_differences(content, example),
        ):
            yield _diagnostic(f"compose/{environment}/{path}", difference)


def _diagnostic(path: str, difference: Difference) -> Diagnostic:
    return Diagnostic(
        code="inconsistent-output",
        message=f"{path} does not show what the model says: {difference}",
        subject=path,
        help="please report it: an output of archdoc's is wrong",
    )


def _unreadable(path: str, error: ValueError) -> Diagnostic:
    return Diagnostic(
        code="inconsistent-output",
        message=f"{path} cannot be read back: {error}",
        subject=path,
        help="please report it: an output of archdoc's is wrong",
    )
