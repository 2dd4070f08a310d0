"""`archdoc cache`."""

from __future__ import annotations

import os

import click

from archdoc.kept import Cache, Usage, default_folder


@click.group("cache", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Say where pictures made before are kept, and how much space they take."""
    if context.invoked_subcommand is None:
        cache = _cache()
        click.echo(f"cache: {cache.folder}")
        click.echo(f"pictures: {_said(cache.pictures())}")
        click.echo(f"java archives: {_said(cache.java())}")
        click.echo(f"compiled templates: {_said(cache.templates())}")


@command.command("prune")
@click.option(
    "--older-than",
    "days",
    type=click.FloatRange(min=0),
    default=30,
    show_default=True,
    metavar="DAYS",
    help="What was not used for so long. Uses are noted once a day.",
)
@click.option("--all", "everything", is_flag=True, help="Whatever its age.")
def prune(days: float, *, everything: bool) -> None:
    """Remove what was not used lately. It is made anew when it is needed."""
    cache = _cache()
    click.echo(f"removed {_said(cache.prune(0 if everything else days))} from {cache.folder}")


def _cache() -> Cache:
    return Cache(default_folder(os.environ))


def _said(usage: Usage) -> str:
    files = "1 file" if usage.files == 1 else f"{usage.files} files"
    return f"{files}, {usage.size / 1_000_000:.1f} MB"
