"""`archdoc check`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

import archdoc
from archdoc.cli.common import model_argument, status_of
from archdoc.pipeline import check_pages, check_path
from archdoc.report import Diagnostic, in_order
from archdoc.report.mend import Mend
from archdoc.rules import EVERY_RULE

_FORMATS = ("full", "concise", "json", "github", "sarif")


@click.command("check")
@model_argument
@click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    default="full",
    show_default=True,
    help="full and concise are for people, on standard error; the others go to standard output.",
)
@click.option(
    "--outputs",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Also say where outputs are not what MODEL says: the folder of a build, or a copy of a "
    "picture, of compose files, of a page, or a Markdown file. May be given several times.",
)
def command(model: Path, format_: str, outputs: tuple[Path, ...]) -> None:
    """Say everything that is wrong with MODEL, a file or a folder (default: model).

    Exits with 1 if there is an error, and with 0 if there are warnings at most.
    """
    loaded, diagnostics = check_path(model)
    if loaded is not None and not status_of(diagnostics):
        diagnostics = in_order([*diagnostics, *check_pages(loaded)])
        if outputs:
            from archdoc.pipeline.kept import check_outputs

            diagnostics = in_order([*diagnostics, *check_outputs(loaded, outputs, Mend(model))])
    text = _render(diagnostics, format_)
    click.echo(text, nl=False, err=format_ in {"full", "concise"})
    sys.exit(status_of(diagnostics))


def _render(diagnostics: Sequence[Diagnostic], format_: str) -> str:
    from archdoc.report import machine, text

    match format_:
        case "json":
            return machine.as_json(diagnostics)
        case "github":
            return machine.github(diagnostics)
        case "sarif":
            summaries = {rule.name: rule.summary for rule in EVERY_RULE}
            return machine.sarif(diagnostics, summaries, archdoc.__version__)
        case "concise":
            return text.concise(diagnostics)
    return text.full(diagnostics) if diagnostics else "no findings\n"
