"""`archdoc compose`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from archdoc.cli.common import (
    FINDINGS,
    load_checked,
    model_option,
    one_of,
    outside,
    refuse,
    stop,
    write,
)
from archdoc.model import Placement
from archdoc.pipeline import ComposeFailedError, compose_files

_MAIN = "compose.yaml"


@click.command("compose")
@click.argument("environment")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="A folder for all files, or the compose file's own name (the others go beside it). "
    "Without it, the compose file goes to standard output.",
)
@model_option
def command(environment: str, output: Path | None, model: Path) -> None:
    """Write the compose file of ENVIRONMENT, .env.example, and what they mount."""
    loaded = load_checked(model)
    one_of(environment, loaded.model.environments, "environment")
    try:
        files = compose_files(loaded, environment)
    except ComposeFailedError as error:
        stop([error.diagnostic], FINDINGS)
    if not files:
        able = [e for e in loaded.model.environments if Placement(loaded.model, e).compose_projects]
        refuse(
            f"nothing in environment `{environment}` runs under Docker Compose",
            f"environments with compose files: {', '.join(able) or 'none'}",
        )
    if output is None:
        _to_standard_output(files, environment)
        return
    if output.suffix in {".yaml", ".yml"}:
        if _MAIN not in files:
            refuse(f"`{environment}` has several compose files", f"name a folder: -o {output.stem}")
        files = {(output.name if path == _MAIN else path): c for path, c in files.items()}
        output = output.parent
    outside(output, model)
    write(output, files)
    click.echo(f"wrote {', '.join(files)} in {output}", err=True)


def _to_standard_output(files: Mapping[str, bytes], environment: str) -> None:
    if _MAIN not in files:
        refuse(
            f"`{environment}` has several compose files",
            f"write them into a folder: archdoc compose {environment} -o DIR",
        )
    click.echo(files[_MAIN], nl=False)
    others = ", ".join(path for path in files if path != _MAIN)
    click.echo(
        f"note: it needs {others} beside it: `archdoc compose {environment} -o .` writes them all",
        err=True,
    )
