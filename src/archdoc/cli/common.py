"""What several commands share: the model argument, and how findings are shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from archdoc.report import Diagnostic, Severity, did_you_mean
from archdoc.report.mend import DEFAULT_MODEL, DEFAULT_OUTPUT

if TYPE_CHECKING:
    from archdoc.source import Loaded

FINDINGS, UNUSABLE = 1, 2
"""Exit statuses: something was found; it could not be done at all."""


class NamedPath(click.Path):
    """A path that is not the empty word, which Python takes for the folder that one is in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path. Exits where there is none, as after `-o "$UNSET"`."""
        if value == "":
            self.fail("it is empty; `.` is the folder that you are in", param, ctx)
        return super().convert(value, param, ctx)


_Command = TypeVar("_Command", bound=Callable[..., object])

model_argument = click.argument(
    "model", type=NamedPath(path_type=Path), default=DEFAULT_MODEL, required=False
)

build_option = click.option(
    "-o",
    "--output",
    type=NamedPath(path_type=Path, file_okay=False),
    default=DEFAULT_OUTPUT,
    show_default=True,
    help="The folder to bring up to date.",
)
"""`-o`, for commands that build everything."""


def model_option(command: _Command) -> _Command:
    """`--model`, for commands whose arguments are something else."""
    return click.option(
        "--model",
        type=NamedPath(path_type=Path),
        default=DEFAULT_MODEL,
        show_default=True,
        help="The model: a file or a folder.",
    )(command)


def load_checked(path: Path) -> Loaded:
    """A model without errors; shows them and exits otherwise. Warnings are for `archdoc check`."""
    from archdoc.pipeline import check_path

    loaded, found = check_path(path)
    errors = [d for d in found if d.severity is Severity.ERROR]
    if loaded is None or errors:
        stop(errors, status_of(errors))
    return loaded


def status_of(diagnostics: Iterable[Diagnostic]) -> int:
    """The exit status that findings lead to: none is a failure but errors."""
    errors = [d for d in diagnostics if d.severity is Severity.ERROR]
    if not errors:
        return 0
    return UNUSABLE if all(error.code == "no-model" for error in errors) else FINDINGS


def status_of_drawing(problems: Iterable[Diagnostic]) -> int:
    """The exit status where not everything could be drawn."""
    return UNUSABLE if any(p.code == "missing-engine" for p in problems) else FINDINGS


def show(diagnostics: Iterable[Diagnostic]) -> None:
    """Findings for people, on standard error."""
    from archdoc.report.text import full

    click.echo(full(list(diagnostics)), err=True, nl=False)


def stop(diagnostics: Iterable[Diagnostic], status: int) -> NoReturn:
    """Show findings and exit."""
    show(diagnostics)
    sys.exit(status)


def refuse(message: str, help_: str) -> NoReturn:
    """One message about how archdoc was called, and exit."""
    from archdoc.report.text import printable

    click.echo(f"error: {printable(message)}\n  = help: {printable(help_)}", err=True)
    sys.exit(UNUSABLE)


def outside(folder: Path, model: Path) -> None:
    """Refuse to write into the model's own folder: what is written there would become the model."""
    if model.is_dir() and folder.resolve().is_relative_to(model.resolve()):
        refuse(
            f"{folder} is inside the model's folder {model}",
            "its YAML files would become part of the model: name another folder with -o",
        )


def write(folder: Path, files: Mapping[str, bytes], mode: int | None = None) -> None:
    """Write files into a folder, or say why that cannot be done and exit; `mode` as for chmod."""
    from archdoc.pipeline import OutputFolderError, write_files

    try:
        write_files(folder, files, mode)
    except OutputFolderError as error:
        refuse(str(error), f"choose another folder with -o, or {error.help}")


def one_of(word: str, known: Iterable[str], what: str) -> str:
    """The word, if it is a known one; refuses it with a suggestion otherwise."""
    names = list(known)
    if word in names:
        return word
    there = f"{what}s: {', '.join(names) or 'none'}"
    refuse(f"there is no {what} `{word}`", f"{did_you_mean(word, names)} {there}".strip())
