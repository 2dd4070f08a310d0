"""`archdoc build`."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from archdoc.cli.common import (
    FINDINGS,
    UNUSABLE,
    build_option,
    load_checked,
    model_argument,
    outside,
    refuse,
    show,
    status_of_drawing,
    stop,
)
from archdoc.cli.progress import meter
from archdoc.cli.unchanged import Unchanged
from archdoc.render import Early, find_engines
from archdoc.report.mend import Mend

if TYPE_CHECKING:
    from archdoc.pipeline import Report

_Site = Literal["site", "pages", "none"]
"""What a build makes of the site."""


@click.command("build")
@model_argument
@build_option
@click.option("--no-site", is_flag=True, help="Pictures, compose files and model.json only.")
@click.option(
    "--check",
    is_flag=True,
    help="Write nothing; fail if anything would change, and name every file that would.",
)
@click.option(
    "--pages",
    is_flag=True,
    help="Instead of the site what any engine builds it of: pages/mkdocs.yml and pages/docs.",
)
def command(model: Path, output: Path, *, no_site: bool, check: bool, pages: bool) -> None:
    """Make everything of MODEL, a file or a folder (default: model): only what changed."""
    if no_site and pages:
        refuse("--no-site and --pages contradict each other", "choose one of them")
    site: _Site = "none" if no_site else "pages" if pages else "site"
    unchanged = Unchanged(model, output, site)
    if not check and (said := unchanged.said()):
        click.echo(said)
        return
    with Early(model, ("all",)) as early:
        report = _built(model, output, early, site, unchanged, writes=not check)
        if report.problems:
            show(report.problems)
        if check:
            pages, has_site = pages or "pages" in report.unseen, "site" in report.unseen
            again = Mend(model).build(output, site=not no_site or has_site, pages=pages)
            _say_what_would_change(report, again)
        else:
            click.echo(_summary(report, with_site=site == "site"))
            if not report.problems:
                nothing = replace(report, rendered=0, changes={})
                files = (engine.path for engine in find_engines(os.environ).all())
                said = _summary(nothing, with_site=site == "site")
                unchanged.remember(filter(None, files), said)
        if report.failed:
            sys.exit(status_of_drawing(report.problems))


def _built(  # noqa: PLR0913 - what a build is told, and what accompanies it
    model: Path, output: Path, early: Early, site: _Site, unchanged: Unchanged, *, writes: bool
) -> Report:
    """The build. Imports what it needs while Java starts."""
    from archdoc.pipeline import BuildError, build

    loaded = load_checked(model)
    outside(output, model)
    unchanged.look(loaded)
    try:
        with meter() as progress:
            return build(
                loaded,
                output,
                with_site=site != "none",
                as_pages=site == "pages",
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
    number = report.changed
    changed = f"{number or 'no'} file{'s' if number > 1 else ''} changed"
    if report.changes and not report.changed:
        changed += " but manifest.json"
    lines = [f"{pictures}; {changed} in {report.folder}"]
    if with_site and (report.folder / "site" / "index.html").exists():
        lines.append(f"open {report.folder / 'site' / 'index.html'}")
    return "\n".join(lines)


def _say_what_would_change(report: Report, again: str) -> None:
    """Name every file that is not what the model says, and exit if there is one."""
    from archdoc.report.text import printable

    unseen = [f"{report.folder / name} was not looked at" for name in sorted(report.unseen)]
    if not report.changes:
        if report.failed:
            return
        said = [f"{report.folder} is what the model says", *unseen]
        click.echo(printable("; ".join(said)))
        return
    width = max(map(len, report.changes.values()))
    for path, change in report.changes.items():
        click.echo(f"{change:<{width}}  {printable(str(report.folder / path))}")
    number = len(report.changes)
    files = "1 file is" if number == 1 else f"{number} files are"
    notes = [*(f"note: {said}" for said in unseen), f"help: write anew: `{again}`"]
    click.echo(f"error: {files} not what the model says", err=True)
    for note in notes:
        click.echo(f"  = {printable(note)}", err=True)
    if not report.failed:
        sys.exit(FINDINGS)
