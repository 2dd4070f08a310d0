"""`archdoc build`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archdoc.cli.common import (
    FINDINGS,
    UNUSABLE,
    build_option,
    load_checked,
    model_argument,
    outside,
    show,
    status_of_drawing,
    stop,
)
from archdoc.cli.progress import meter
from archdoc.render import Early
from archdoc.report.mend import Mend

if TYPE_CHECKING:
    from archdoc.pipeline import Report


@click.command("build")
@model_argument
@build_option
@click.option("--no-site", is_flag=True, help="Pictures, compose files and model.json only.")
@click.option(
    "--check",
    is_flag=True,
    help="Write nothing; fail if anything would change, and name every file that would.",
)
def command(model: Path, output: Path, *, no_site: bool, check: bool) -> None:
    """Make everything of MODEL, a file or a folder (default: model): only what changed."""
    with Early(model, ("all",)) as early:
        report = _built(model, output, early, with_site=not no_site, writes=not check)
        if report.problems:
            show(report.problems)
        if check:
            _say_what_would_change(report, Mend(model).build(output, site=not no_site))
        else:
            click.echo(_summary(report, with_site=not no_site))
        if report.failed:
            sys.exit(status_of_drawing(report.problems))


def _built(model: Path, output: Path, early: Early, *, with_site: bool, writes: bool) -> Report:
    """The build. Imports what it needs while Java starts."""
    from archdoc.pipeline import BuildError, build

    loaded = load_checked(model)
    outside(output, model)
    try:
        with meter() as progress:
            return build(
                loaded,
                output,
                with_site=with_site,
                writes=writes,
                progress=progress.advance,
                begin=progress.begin,
                early=early,
            )
    except BuildError as error:
        stop([error.diagnostic], FINDINGS if error.diagnostic.span else UNUSABLE)


def _summary(report: Report, *, with_site: bool) -> str:
    """What was done, in two lines."""
    if report.rendered or report.not_drawn:
        pictures = f"rendered {report.rendered} of {report.pictures} pictures"
        if report.not_drawn:
            pictures += f", {report.not_drawn} failed"
    else:
        pictures = f"nothing to render: all {report.pictures} pictures are current"
    changed = f"{report.changed} files changed" if report.changed else "no file changed"
    lines = [f"{pictures}; {changed} in {report.folder}"]
    if with_site and (report.folder / "site" / "index.html").exists():
        lines.append(f"open {report.folder / 'site' / 'index.html'}")
    return "\n".join(lines)


def _say_what_would_change(report: Report, again: str) -> None:
    """Name every file that is not what the model says, and exit if there is one."""
    from archdoc.report.text import printable

    if not report.changes:
        click.echo(f"{printable(str(report.folder))} is what the model says")
        return
    width = max(map(len, report.changes.values()))
    for path, change in report.changes.items():
        click.echo(f"{change:<{width}}  {printable(str(report.folder / path))}")
    number = len(report.changes)
    files = "1 file is" if number == 1 else f"{number} files are"
    click.echo(
        f"error: {files} not what the model says\n  = help: write anew: `{printable(again)}`",
        err=True,
    )
    if not report.failed:
        sys.exit(FINDINGS)
