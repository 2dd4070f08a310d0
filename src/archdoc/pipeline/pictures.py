"""From diagrams to the sources of their pictures, and to the pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from types import TracebackType
from typing import Self

from archdoc.outputs import DIAGRAM_OUTPUTS, DiagramOutput, Emitted, MissingPackageError
from archdoc.outputs import Drawing as How
from archdoc.render import Arrow, Early, Failure, Job, Picture, Rendering
from archdoc.views import Diagram

Progress = Callable[[int, int], None]
"""Called whenever a picture is finished: how many are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Source:
    """One diagram in the syntax of one output."""

    diagram: Diagram
    output: DiagramOutput
    emitted: Emitted

    @property
    def name(self) -> str:
        """Unique in a run: `aws-simple.aws`, as in the names of its pictures.

        What is only text is called as its file is: `aws-simple.aws.mmd`.
        """
        if self.output.drawing is None:
            return self._file(self.output.source_suffix)
        return self._file(self.output.drawing.svg_suffix).removesuffix(".svg")

    @property
    def path(self) -> str:
        """Where its text is written: `diagrams/aws-simple.aws.puml`."""
        return f"diagrams/{self._file(self.output.source_suffix)}"

    @property
    def svg_path(self) -> str:
        """Where its picture is written: `diagrams/aws-simple.aws.svg`."""
        return f"diagrams/{self._file(self.drawing.svg_suffix)}"

    @property
    def png_path(self) -> str | None:
        """Where its picture in pixels is written, for outputs that have one."""
        suffix = self.drawing.png_suffix
        return None if suffix is None else f"diagrams/{self._file(suffix)}"

    @property
    def is_drawn(self) -> bool:
        """Whether a picture is made of it here."""
        return self.output.drawing is not None

    @property
    def drawing(self) -> How:
        """How its picture is made. Raises ValueError where none is."""
        if self.output.drawing is None:
            raise ValueError(f"no engine here draws {self.path}")
        return self.output.drawing

    def is_of(self, other: Source) -> bool:
        """Whether it says in another syntax what another source says."""
        return self.diagram is other.diagram and self.output.form == other.output.form

    def _file(self, suffix: str) -> str:
        return f"{self.diagram.id}{suffix}"


@dataclass(frozen=True, slots=True)
class Drawn:
    """The pictures of a run."""

    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """By the name of their source."""
    failures: Mapping[str, Failure] = field(default_factory=dict)
    """Likewise: what could not be drawn, and why. There may be a picture of an earlier build."""

    @property
    def rendered(self) -> int:
        """How many an engine drew; the others were in the cache."""
        return sum(picture.fresh for picture in self.pictures.values())


def sources(
    diagrams: Iterable[Diagram],
    lacking: Callable[[MissingPackageError], None] | None = None,
    outputs: Sequence[DiagramOutput] = DIAGRAM_OUTPUTS,
) -> tuple[Source, ...]:
    """Every diagram in the syntax of every output, or of some, that draws it.

    An output whose package is not installed is told to `lacking` and left out, once for all of its
    diagrams; without `lacking`, MissingPackageError is raised.
    """
    found: list[Source] = []
    left_out: set[str] = set()
    for diagram in diagrams:
        for output in outputs:
            if output.name in left_out or not output.draws(diagram):
                continue
            try:
                found.append(Source(diagram, output, output.emit(diagram)))
            except MissingPackageError as error:
                if lacking is None:
                    raise
                left_out.add(output.name)
                lacking(error)
    return tuple(found)


def draw(
    wanted: Sequence[Source],
    progress: Progress = lambda *_: None,
    *,
    png: bool | None = None,
    servers: Sequence[str] = (),
    early: Early | None = None,
) -> Drawn:
    """Make the pictures of what is drawn here; one that fails costs only itself.

    `png` asks for pixels of all or none; left out, of those that a build writes in pixels.
    `servers` are the PlantUML servers to draw on, if not on this machine; `early` is a Java that
    may be running.
    """
    with Drawing(servers, early, png=png) as drawing:
        drawing.add(wanted)
        return drawing.finish(progress)


class Drawing:
    """Pictures in the making, while whoever wants them does other things."""

    def __init__(
        self, servers: Sequence[str] = (), early: Early | None = None, *, png: bool | None = None
    ) -> None:
        self._rendering = Rendering(icon_root=_icon_root(), servers=servers, early=early)
        self._png = png
        self._number = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._rendering.__exit__(kind, error, traceback)

    def begin(
        self, diagrams: Iterable[Diagram], lacking: Callable[[MissingPackageError], None]
    ) -> tuple[Source, ...]:
        """Every diagram in the syntax of every output that draws it, as `sources` gives them.

        What PlantUML draws comes first: Java starts while the others are written.
        """
        shown = tuple(diagrams)
        slow = [o for o in DIAGRAM_OUTPUTS if o.drawing and o.drawing.language == "plantuml"]
        others = [output for output in DIAGRAM_OUTPUTS if output not in slow]
        made: dict[tuple[int, str], Source] = {}
        for outputs in (slow, others):
            found = sources(shown, lacking, outputs)
            self.add(found)
            made |= {(id(source.diagram), source.output.name): source for source in found}
        order = ((id(diagram), output.name) for diagram in shown for output in DIAGRAM_OUTPUTS)
        return tuple(made[place] for place in order if place in made)

    def add(self, wanted: Iterable[Source]) -> None:
        """Begin with the pictures of these, of which some may be only text."""
        jobs = [
            _job(source, png=source.png_path is not None if self._png is None else self._png)
            for source in wanted
            if source.is_drawn
        ]
        self._number += len(jobs)
        self._rendering.add(jobs)

    @property
    def is_busy(self) -> bool:
        """Whether engines draw now."""
        return self._rendering.is_busy

    def finish(
        self,
        progress: Progress = lambda *_: None,
        finished: Callable[[Picture], None] = lambda _: None,
    ) -> Drawn:
        """The pictures, when all are there; `finished` is told of each while others are drawn."""
        done = 0

        def tick(result: Picture | Failure) -> None:
            nonlocal done
            done += 1
            if isinstance(result, Picture):
                finished(result)
            progress(done, self._number)

        results = self._rendering.results(tick)
        return Drawn(
            {name: r for name, r in results.items() if isinstance(r, Picture)},
            {name: r for name, r in results.items() if isinstance(r, Failure)},
        )


def _job(source: Source, *, png: bool) -> Job:
    diagram = source.diagram
    elements = {node.id: node.element for node in diagram.walk()}
    name_of = {node: name for name, node in source.emitted.names.items()}
    return Job(
        name=source.name,
        language=source.drawing.language,
        source=source.emitted.source,
        title=diagram.title,
        description=diagram.description,
        names={name: elements[node] for name, node in source.emitted.names.items()},
        arrows=tuple(
            Arrow(name_of[shown.source], name_of[shown.target], edge.relationships, edge.two_headed)
            # Where an output draws them: `diagrams` cannot let an arrow end at a group.
            for shown, edge in zip(source.output.shows(diagram).edges, diagram.edges, strict=True)
        ),
        png=png,
    )


def _icon_root() -> FilePath | None:
    """Where the `diagrams` package keeps its icons; None where it is not installed."""
    from importlib.util import find_spec

    spec = find_spec("diagrams")
    if spec is None or spec.origin is None:
        return None
    return FilePath(spec.origin).parent.parent / "resources"
