"""What an output would make whose package is not installed: known by name, and not by content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from archdoc.outputs import DIAGRAM_OUTPUTS, Emitted
from archdoc.pipeline.pictures import Source
from archdoc.views import Diagram


def is_told(source: Source) -> bool:
    """Whether a diagram's text is known."""
    return bool(source.emitted.source)


def with_untold(diagrams: Iterable[Diagram], told: Sequence[Source]) -> tuple[Source, ...]:
    """Every diagram in every syntax; those of packages that are not installed have no text."""
    made = {(id(source.diagram), source.output.name): source for source in told}
    return tuple(
        made.get((id(diagram), output.name))
        or Source(diagram, output, Emitted("", output.names(diagram) if output.names else {}))
        for diagram in diagrams
        for output in DIAGRAM_OUTPUTS
        if output.draws(diagram)
    )


def paths_of(sources: Iterable[Source]) -> Iterator[str]:
    """The files of some diagrams in the output folder, on its site, and among its pages."""
    for source in sources:
        paths = [source.path]
        if source.is_drawn:
            paths += [source.svg_path, *([source.png_path] if source.png_path else [])]
        yield from (f"{root}{path}" for path in paths for root in ("", "site/", "pages/docs/"))
