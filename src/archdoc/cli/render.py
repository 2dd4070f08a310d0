"""`archdoc render`."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from archdoc.cli.common import NamedPath, model_option
from archdoc.render import Early

SOURCES = {"puml": ".puml", "dot": ".dot", "mermaid": ".mmd"}
"""Formats that are text, and how their files end."""
PICTURES = frozenset({"svg", "png"})
_FORMATS = ("svg", "png", *SOURCES)


@click.command("render")
@click.argument("views", nargs=-1, metavar="[VIEW]...")
@click.option(
    "--format",
    "formats",
    type=click.Choice(_FORMATS),
    multiple=True,
    default=("svg",),
    show_default=True,
    help="May be given several times. puml and dot are the pictures' sources; mermaid is "
    "for Markdown files, which GitHub and others draw.",
)
@click.option(
    "-o",
    "--output",
    type=NamedPath(path_type=Path, file_okay=False),
    default=Path("diagrams"),
    show_default=True,
    help="The folder to write into.",
)
@model_option
def command(views: tuple[str, ...], formats: tuple[str, ...], output: Path, model: Path) -> None:
    """Draw some views, or all of them."""
    is_drawn = not PICTURES.isdisjoint(formats)
    what = ("render", *sorted(formats), "of", *sorted(views))
    with Early(model, what) if is_drawn else nullcontext() as early:
        # Imported while Java starts.
        from archdoc.cli.drawing import draw_views

        draw_views(model, views, formats, output, early)
