"""`archdoc init`."""

from __future__ import annotations

from pathlib import Path

import click

from archdoc.cli.common import NamedPath, refuse, write
from archdoc.model import display_name


@click.command("init")
@click.argument(
    "folder", type=NamedPath(path_type=Path, file_okay=False), default=Path(), required=False
)
@click.option("--name", help="What the system is called; left out, the folder's name says it.")
def command(folder: Path, name: str | None) -> None:
    """Begin a model in FOLDER (default: here): one that can be checked, drawn and run at once.

    Nothing that exists is changed.
    """
    from archdoc.outputs import starter

    files = starter.emit(name or display_name(folder.resolve().name) or "My system")
    taken = [path for path in files if (folder / path).exists()]
    if "mkdocs.yml" in taken:  # the project's site goes on as it is
        taken.remove("mkdocs.yml")
        del files["mkdocs.yml"]
    if taken or (folder / "model").exists():
        refuse(
            f"{', '.join(taken) or 'model/'} exists here already",
            "archdoc init begins a new model; to work on this one, run `archdoc check`",
        )
    write(folder, files)
    prefix = "" if folder == Path() else f"cd {folder} && "
    click.echo(f"wrote {', '.join(files)}\n\nNext:")
    for does, what in (
        ("archdoc check", "says what is wrong, if anything is"),
        ("archdoc build", "draws the pictures and builds the site"),
        ("archdoc compose local -o deploy", "writes what Docker Compose runs"),
    ):
        click.echo(f"  {prefix}{does:<33} {what}")
