"""What `archdoc render` does."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from pathlib import Path

import click

from archdoc.cli.common import load_checked, one_of, outside, refuse, show, status_of_drawing, write
from archdoc.cli.progress import meter
from archdoc.cli.render import PICTURES, SOURCES
from archdoc.consistency import left_out
from archdoc.outputs import DIAGRAM_OUTPUTS, DiagramOutput, MissingPackageError
from archdoc.pipeline import (
    Source,
    draw,
    failures_of,
    lacking_letters,
    servers_for,
    sources,
    unlike,
)
from archdoc.render import Early, EngineError
from archdoc.report import Diagnostic, Severity
from archdoc.report.text import printable
from archdoc.source import Loaded
from archdoc.views import all_views, diagrams


def draw_views(
    model: Path,
    views: Collection[str],
    formats: Collection[str],
    output: Path,
    early: Early | None = None,
) -> None:
    """Write some views, or all of them, in some formats; shows what is wrong, and exits then."""
    loaded = load_checked(model)
    outside(output, model)
    known = all_views(loaded.model)
    wanted = {one_of(view, known, "view") for view in views} or set(known)
    try:
        shown = (d for d in diagrams(loaded.model) if d.id in wanted)
        chosen = sources(shown, outputs=_outputs(formats))
        pictures, problems = _pictures(loaded, chosen, formats, early)
    except (MissingPackageError, EngineError) as error:
        refuse(str(error), error.help)
    files = pictures | {
        _name(source.path): source.emitted.source.encode()
        for source in chosen
        if source.path.endswith(_suffixes(formats))
    }
    if not files and not problems:
        refuse(
            f"none of these views has a picture in format {', '.join(formats)}",
            "only AWS views have a dot source; every view has all other formats",
        )
    write(output, files)
    click.echo(f"wrote {len(files)} files in {output}")
    _tell_left_out(chosen, files)
    if problems:
        show(problems)
    if any(problem.severity is Severity.ERROR for problem in problems):
        sys.exit(status_of_drawing(problems))


def _tell_left_out(chosen: Sequence[Source], written: Collection[str]) -> None:
    """What formats have no room for, on standard error: it may matter, and is no mistake."""
    for source in chosen:
        missing = "; ".join(left_out(source.diagram, source.output))
        of_it = {_name(source.path), f"{source.name}.svg", f"{source.name}.png"}
        names = ", ".join(name for name in written if name in of_it)
        if missing and names:
            click.echo(f"note: {names}: not shown: {printable(missing)}", err=True)


def _outputs(formats: Collection[str]) -> list[DiagramOutput]:
    """Those that are asked for: others may need packages that are not installed."""
    is_drawn = not PICTURES.isdisjoint(formats)
    return [
        output
        for output in DIAGRAM_OUTPUTS
        if output.source_suffix.endswith(_suffixes(formats)) or (is_drawn and output.drawing)
    ]


def _suffixes(formats: Collection[str]) -> tuple[str, ...]:
    return tuple(SOURCES[format_] for format_ in formats if format_ in SOURCES)


def _pictures(
    loaded: Loaded, chosen: Sequence[Source], formats: Collection[str], early: Early | None
) -> tuple[dict[str, bytes], list[Diagnostic]]:
    if PICTURES.isdisjoint(formats):
        return {}, []
    with meter() as progress:
        progress.begin("Drawing")
        servers = servers_for(loaded.model)
        png = "png" in formats
        drawn = draw(chosen, progress.advance, png=png, servers=servers, early=early)
    files: dict[str, bytes] = {}
    for name, picture in drawn.pictures.items():
        if "svg" in formats:
            files[f"{name}.svg"] = picture.svg
        if picture.png is not None:
            files[f"{name}.png"] = picture.png
    problems = [*unlike(loaded, drawn), *failures_of(loaded, chosen, drawn)]
    return files, [*problems, *lacking_letters(loaded, chosen, drawn)]


def _name(path: str) -> str:
    return path.rpartition("/")[2]
