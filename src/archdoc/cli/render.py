"""`archdoc render`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from archdoc.cli.common import (
    UNUSABLE,
    load_checked,
    model_option,
    one_of,
    outside,
    refuse,
    show,
    write,
)
from archdoc.cli.progress import meter
from archdoc.outputs import MissingPackageError
from archdoc.pipeline import Source, draw, failures_of, servers_for, sources, unlike
from archdoc.render import EngineError
from archdoc.report import Diagnostic, Severity
from archdoc.source import Loaded
from archdoc.views import all_views, diagrams

_FORMATS = ("svg", "png", "puml", "dot")


@click.command("render")
@click.argument("views", nargs=-1, metavar="[VIEW]...")
@click.option(
    "--format",
    "formats",
    type=click.Choice(_FORMATS),
    multiple=True,
    default=("svg",),
    show_default=True,
    help="May be given several times. puml and dot are the pictures' sources.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("diagrams"),
    show_default=True,
    help="The folder to write into.",
)
@model_option
def command(views: tuple[str, ...], formats: tuple[str, ...], output: Path, model: Path) -> None:
    """Draw some views, or all of them."""
    loaded = load_checked(model)
    outside(output, model)
    known = all_views(loaded.model)
    wanted = {one_of(view, known, "view") for view in views} or set(known)
    try:
        chosen = [s for s in sources(diagrams(loaded.model)) if s.diagram.id in wanted]
        pictures, problems = _pictures(loaded, chosen, formats)
    except (MissingPackageError, EngineError) as error:
        refuse(str(error), error.help)
    files = pictures | {
        _name(source.path): source.emitted.source.encode()
        for source in chosen
        if source.path.endswith(tuple(f".{format_}" for format_ in formats))
    }
    if not files and not problems:
        refuse(
            f"none of these views has a picture in format {', '.join(formats)}",
            "only AWS views have a dot source; every view has svg, png and puml",
        )
    write(output, files)
    click.echo(f"wrote {len(files)} files in {output}")
    if problems:
        show(problems)
    if any(problem.severity is Severity.ERROR for problem in problems):
        sys.exit(UNUSABLE)


def _pictures(
    loaded: Loaded, chosen: list[Source], formats: tuple[str, ...]
) -> tuple[dict[str, bytes], list[Diagnostic]]:
    if not {"svg", "png"} & set(formats):
        return {}, []
    with meter() as progress:
        progress.begin("Drawing")
        servers = servers_for(loaded.model)
        drawn = draw(chosen, progress.advance, png="png" in formats, servers=servers)
    files: dict[str, bytes] = {}
    for name, picture in drawn.pictures.items():
        if "svg" in formats:
            files[f"{name}.svg"] = picture.svg
        if picture.png is not None:
            files[f"{name}.png"] = picture.png
    return files, [*unlike(loaded, drawn), *failures_of(loaded, chosen, drawn)]


def _name(path: str) -> str:
    return path.rpartition("/")[2]
