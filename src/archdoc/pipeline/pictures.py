"""From diagrams to the sources of their pictures, and to the pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from archdoc.outputs import DIAGRAM_OUTPUTS, DiagramOutput, Emitted
from archdoc.render import Failure, Job, Picture, render
from archdoc.report import Diagnostic
from archdoc.views import Diagram

Progress = Callable[[str, int, int], None]
"""Called with the name of a finished picture, how many are done and how many there are."""

_SVG_SUFFIX = {"c4_plantuml": ".svg", "aws_plantuml": ".aws.svg", "aws_diagrams": ".diagrams.svg"}


@dataclass(frozen=True, slots=True)
class Source:
    """One diagram in the syntax of one output."""

    diagram: Diagram
    output: DiagramOutput
    emitted: Emitted

    @property
    def path(self) -> str:
        """Where its text is written: `diagrams/aws-simple.aws.puml`."""
        return f"diagrams/{self.diagram.id}{self.output.suffix}"

    @property
    def svg_path(self) -> str:
        """Where its picture is written: `diagrams/aws-simple.aws.svg`."""
        return f"diagrams/{self.diagram.id}{_SVG_SUFFIX[self.output.name]}"

    @property
    def png_path(self) -> str | None:
        """Where its picture in pixels is written, for outputs that have one."""
        return f"diagrams/{self.diagram.id}.png" if self.output.name == "c4_plantuml" else None


def sources(diagrams: Iterable[Diagram]) -> tuple[Source, ...]:
    """Every diagram in the syntax of every output that draws its kind."""
    return tuple(
        Source(diagram, output, output.emit(diagram))
        for diagram in diagrams
        for output in DIAGRAM_OUTPUTS
        if (diagram.kind == "aws") == output.name.startswith("aws_")
    )


def draw(
    drawn: Sequence[Source], progress: Progress | None = None, *, png: bool = True
) -> tuple[dict[str, bytes], list[Diagnostic], int]:
    """Render all: (path → picture, what failed, how many were not in the cache).

    A picture that fails costs only itself.
    """
    done = 0

    def tick(result: Picture | Failure) -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(result.name, done, len(drawn))

    jobs = [_job(source, png=png and source.png_path is not None) for source in drawn]
    results = render(jobs, icon_root=_icon_root(), progress=tick)
    pictures: dict[str, bytes] = {}
    failures: list[Diagnostic] = []
    for source, result in zip(drawn, results, strict=True):
        if isinstance(result, Failure):
            failures.append(_diagnostic(source, result))
            continue
        pictures[source.svg_path] = result.svg
        if result.png is not None and source.png_path is not None:
            pictures[source.png_path] = result.png
    fresh = sum(isinstance(result, Picture) and result.fresh for result in results)
    return pictures, failures, fresh


def _job(source: Source, *, png: bool) -> Job:
    diagram = source.diagram
    return Job(
        name=source.svg_path.removeprefix("diagrams/").removesuffix(".svg"),
        language="dot" if source.output.suffix.endswith(".dot") else "plantuml",
        source=source.emitted.source,
        title=diagram.title,
        description=diagram.description,
        names=element_names(source),
        png=png,
    )


def element_names(source: Source) -> Mapping[str, str]:
    """The engine's name of each thing drawn → the id of the model's element that it shows."""
    elements = {node.id: node.element for node in source.diagram.walk()}
    return {name: elements.get(id_, id_) for name, id_ in source.emitted.names.items()}


def _icon_root() -> Path | None:
    """Where the `diagrams` package keeps its icons; None where it is not installed."""
    from importlib.util import find_spec

    spec = find_spec("diagrams")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent.parent / "resources"


def _diagnostic(source: Source, failure: Failure) -> Diagnostic:
    where = f", line {failure.line} of {source.path}" if failure.line else ""
    return Diagnostic(
        code="render-failed",
        message=f"the picture of view `{source.diagram.id}` failed: {failure.message}{where}",
        subject=source.svg_path,
        help=failure.remedy,
    )
