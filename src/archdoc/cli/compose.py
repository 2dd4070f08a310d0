"""`archdoc compose`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import click

from archdoc.cli.common import (
    FINDINGS,
    NamedPath,
    load_checked,
    model_option,
    one_of,
    outside,
    refuse,
    stop,
    write,
)
from archdoc.cli.compose_kept import (
    MAIN,
    gone_projects,
    renamed_projects,
    spare_what_is_not_ours,
    tell_gone,
    warn_of_files_beside,
    warn_of_renamed,
)
from archdoc.cli.compose_left import left_behind, warn_of_files, warn_of_left
from archdoc.model import Placement
from archdoc.outputs.compose import made_for
from archdoc.pipeline import (
    ComposeFailedError,
    Departure,
    KeptFileError,
    compose_files,
    departures,
    head_of,
)
from archdoc.report.mend import Mend
from archdoc.report.text import printable
from archdoc.source import Loaded

_SUFFIXES = (".yaml", ".yml")
_FILES = frozenset(
    (".cfg", ".conf", ".env", ".example", ".gz", ".ini", ".json", ".md", ".tar", ".toml", ".txt")
)
"""What names end in that nobody gives to a folder."""
_READABLE = 0o644
"""What containers mount they have to read, as users of their own; nothing in it is secret."""


@click.command("compose")
@click.argument("environment", required=False)
@click.option(
    "-o",
    "--output",
    type=NamedPath(path_type=Path),
    help="A folder for all files, or the compose file's own name (the others go beside it). "
    "Without it, the compose file goes to standard output.",
)
@click.option(
    "--check",
    "kept",
    type=NamedPath(path_type=Path),
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
        _to_standard_output(files, environment, model)
        return
    if output.suffix in _SUFFIXES and not output.is_dir():
        if MAIN not in files:
            refuse(f"`{environment}` has several compose files", f"name a folder: -o {output.stem}")
        files, output = _called(output.name, files), output.parent
    elif not output.exists() and (output.suffix in _FILES or output.name.startswith(".env")):
        stem = output.name.lstrip(".").partition(".")[0]
        refuse(
            f"{output} looks like a file that is no compose file",
            f"name a folder, as in `-o {stem}`, or a compose file, as in `-o {stem}.yaml`: "
            ".env.example is written beside it",
        )
    outside(output, model)
    _write(output, files, environment)


def _write(output: Path, files: Mapping[str, bytes], environment: str) -> None:
    spare_what_is_not_ours(output, files)
    renamed, left = renamed_projects(output, files), left_behind(output, files)
    write(output, files, mode=_READABLE)
    click.echo(f"wrote {', '.join(files)} in {output}", err=True)
    warn_of_renamed(renamed)
    warn_of_left(left)
    warn_of_files_beside(output, files)
    if any(path.rpartition("/")[2] == MAIN for path in files):
        gone = gone_projects(output / MAIN, True, environment, files)
        tell_gone(gone, "warning", files)


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
    return {(name if path == MAIN else path): content for path, content in files.items()}


def _check(kept: Path, environment: str | None, model: Path) -> None:
    """Say where what is kept departs from the model, and exit if it does."""
    is_folder = kept.is_dir() or not (kept.exists() or kept.suffix in _SUFFIXES)
    main = kept / MAIN if is_folder else kept
    said = None
    try:
        said = made_for(head_of(main))
        if said is None and environment is None:
            _refuse_unknown(kept, main, "does not say which environment it is of", model)
    except KeptFileError as error:
        if environment is None:
            _refuse_unknown(kept, main, str(error), model)
    environment = environment or (said[0] if said else "")
    files = every = _files(load_checked(model), environment)
    node = said[1] if said and said[0] == environment else None
    gone = [*gone_projects(main, is_folder, environment, files)]
    if main in gone and (node or not is_folder):
        files = {}
    elif node:
        start = f"{node}/"
        files = {p.removeprefix(start): c for p, c in files.items() if p.startswith(start)}
    if not is_folder:
        files = _called(kept.name, files)
    found = list(departures(files, main.parent))
    tell_gone(gone, "error", every)
    _show(found)
    warn_of_files_beside(main.parent, files)
    warn_of_files(main.parent, files)
    if found:
        place = main.parent.parent if node else kept
        again = Mend(model).compose(environment, place)
        click.echo(f"  = help: write anew: `{printable(again)}`", err=True)
    if found or gone:
        sys.exit(FINDINGS)


def _show(found: list[Departure]) -> None:
    """Diffs on standard output, and what is wrong on standard error."""
    for departure in found:
        if departure.reason:
            click.echo(f"error: {printable(f'{departure.path} {departure.reason}')}", err=True)
        else:
            click.echo("\n".join(map(printable, departure.diff)))
    if names := ", ".join(str(departure.path) for departure in found if departure.diff):
        click.echo(f"error: not what the model says: {printable(names)}", err=True)


def _refuse_unknown(kept: Path, main: Path, what: str, model: Path) -> NoReturn:
    """Say what to type: several projects, each in a folder, are checked by their environment."""
    environments = set()
    for other in sorted(kept.glob(f"*/{MAIN}")):
        with suppress(KeptFileError):
            environments |= {said[0] for said in [made_for(head_of(other))] if said}
    known = environments.pop() if len(environments) == 1 else "ENVIRONMENT"
    command = printable(Mend(model).compose_check(known, kept))
    refuse(f"{main} {what}", f"say which environment: `{command}`")


def _to_standard_output(files: Mapping[str, bytes], environment: str, model: Path) -> None:
    command = printable(Mend(model).compose(environment, Path("FOLDER")))
    if MAIN not in files:
        refuse(
            f"`{environment}` has several compose files",
            f"write them into a folder: `{command}`",
        )
    click.echo(files[MAIN], nl=False)
    others = ", ".join(path for path in files if path != MAIN)
    click.echo(f"note: it needs {others} beside it: `{command}` writes them all", err=True)
