"""`archdoc compose`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

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
from archdoc.outputs.compose import made_for
from archdoc.pipeline import ComposeFailedError, compose_files, departures
from archdoc.report.text import printable
from archdoc.source import Loaded

_MAIN = "compose.yaml"
_READABLE = 0o644
"""What containers mount they have to read, as users of their own; nothing in it is secret."""


@click.command("compose")
@click.argument("environment", required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="A folder for all files, or the compose file's own name (the others go beside it). "
    "Without it, the compose file goes to standard output.",
)
@click.option(
    "--check",
    "kept",
    type=click.Path(path_type=Path),
    help="Write nothing; fail, with a diff, if the files at this path are not what the model says: "
    "a folder, or a compose file, which says itself which environment it is of.",
)
@model_option
def command(environment: str | None, output: Path | None, kept: Path | None, model: Path) -> None:
    """Write the compose file of ENVIRONMENT, .env.example, and what they mount."""
    if output and kept:
        refuse("both -o and --check are given", "write the files, or check them")
    if kept:
        _check(kept, environment, model)
        return
    loaded = load_checked(model)
    if environment is None:
        known = ", ".join(_with_compose(loaded)) or "none"
        refuse("no environment is given", f"environments with compose files: {known}")
    files = _files(loaded, environment)
    if output is None:
        _to_standard_output(files, environment)
        return
    if output.suffix in {".yaml", ".yml"}:
        if _MAIN not in files:
            refuse(f"`{environment}` has several compose files", f"name a folder: -o {output.stem}")
        files, output = _called(output.name, files), output.parent
    outside(output, model)
    _spare_what_is_not_ours(output, files)
    write(output, files, mode=_READABLE)
    click.echo(f"wrote {', '.join(files)} in {output}", err=True)


def _spare_what_is_not_ours(output: Path, files: Mapping[str, bytes]) -> None:
    """Refuse to write over a compose file that somebody wrote by hand."""
    for path, content in files.items():
        there = output / path
        if made_for(content) and there.is_file() and made_for(there.read_bytes()) is None:
            refuse(
                f"{there} was not made by archdoc, and would be lost",
                "move it away, or name another folder or file with -o",
            )


def _files(loaded: Loaded, environment: str) -> Mapping[str, bytes]:
    """All files of an environment; says what is wrong and exits where there are none."""
    one_of(environment, loaded.model.environments, "environment")
    try:
        files = compose_files(loaded, environment)
    except ComposeFailedError as error:
        stop([error.diagnostic], FINDINGS)
    if not files:
        refuse(
            f"nothing in environment `{environment}` runs under Docker Compose",
            f"environments with compose files: {', '.join(_with_compose(loaded)) or 'none'}",
        )
    return files


def _with_compose(loaded: Loaded) -> list[str]:
    model = loaded.model
    return [name for name in model.environments if Placement(model, name).compose_projects]


def _called(name: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same files, with another name for the compose file."""
    return {(name if path == _MAIN else path): content for path, content in files.items()}


def _check(kept: Path, environment: str | None, model: Path) -> None:
    """Say where what is kept departs from the model, and exit if it does."""
    main = kept / _MAIN if kept.is_dir() else kept
    node = None
    try:
        if said := made_for(main.read_bytes()) if main.exists() else None:
            node = said[1] if environment in (None, said[0]) else None
            environment = environment or said[0]
        if environment is None:
            _refuse_unknown(main)
        files = _files(load_checked(model), environment)
        if node:
            start = f"{node}/"
            files = {p.removeprefix(start): c for p, c in files.items() if p.startswith(start)}
        if not kept.is_dir():
            files = _called(kept.name, files)
        found = list(departures(files, main.parent))
    except OSError as error:
        refuse(f"{kept} cannot be read: {error.strerror or error}", "name a compose file")
    for _, diff in found:
        click.echo("\n".join(map(printable, diff)))
    if found:
        names = ", ".join(str(path) for path, _ in found)
        place = main.parent.parent if node else kept
        again = f"archdoc compose {environment} -o {printable(str(place))}"
        click.echo(
            f"error: not what the model says: {printable(names)}\n  = help: write anew: `{again}`",
            err=True,
        )
        sys.exit(FINDINGS)


def _refuse_unknown(main: Path) -> NoReturn:
    what = "does not say which environment it is of" if main.exists() else "does not exist"
    refuse(f"{main} {what}", f"say it: archdoc compose ENVIRONMENT --check {main}")


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
