"""Every output of a build is read back before it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from archdoc.consistency import (
    Difference,
    compare,
    compose_differences,
    differences,
    logical_graph,
)
from archdoc.model import Placement
from archdoc.outputs import compose, model_json
from archdoc.pipeline.pictures import Drawn, Source
from archdoc.report import Diagnostic
from archdoc.source import Loaded


def prove_pictures(wanted: Iterable[Source], drawn: Drawn) -> Iterator[Diagnostic]:
    """What pictures do not show as the model says it."""
    for source in wanted:
        picture = drawn.pictures.get(source.name)
        if picture is None:
            continue
        expected, names = source.output.shows(source.diagram), source.emitted.names
        try:
            found = differences(expected, source.output.read(picture.svg), names)
        except ValueError as error:
            yield _unreadable(source.svg_path, error)
            continue
        yield from (_diagnostic(source.svg_path, difference) for difference in found)


def prove_model_json(loaded: Loaded, content: bytes) -> Iterator[Diagnostic]:
    """What `model.json` does not say as the model does."""
    try:
        found = compare(logical_graph(loaded.model), model_json.read(content))
    except ValueError as error:
        yield _unreadable("model.json", error)
        return
    yield from (_diagnostic("model.json", difference) for difference in found)


def prove_compose(
    loaded: Loaded, environment: str, files: Mapping[str, bytes]
) -> Iterator[Diagnostic]:
    """What an environment's compose files do not say as the model does."""
    nodes = Placement(loaded.model, environment).compose_projects
    for node in nodes:
        path = "compose.yaml" if len(nodes) == 1 else f"{node}/compose.yaml"
        try:
            facts = compose.read(files[path])
        except ValueError as error:
            yield _unreadable(path, error)
            continue
        for difference in compose_differences(loaded.model, environment, node, facts):
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
