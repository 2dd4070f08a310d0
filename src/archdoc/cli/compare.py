"""`archdoc compare`."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from archdoc.cli.common import load_checked, model_option, one_of, refuse
from archdoc.outputs.comparison import (
    all_changes,
    changes_json,
    changes_text,
    table_json,
    table_text,
)
from archdoc.outputs.compose import ToRun
from archdoc.pipeline import compose_files
from archdoc.source import Loaded
from archdoc.views import Change


@click.command("compare")
@click.argument("environments", nargs=-1, metavar="[ENVIRONMENT [ENVIRONMENT]]")
@click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="text is for people, json for programs.",
)
@model_option
def command(environments: tuple[str, ...], format_: str, model: Path) -> None:
    """Show where every container runs in every environment, side by side.

    With two environments: what changes from the first to the second. With one: what changes from
    the environment that it extends.
    """
    if len(environments) > 2:
        refuse("two environments at most can be compared", "without any, all are in one table")
    loaded = load_checked(model)
    known = loaded.model.environments
    pair = _pair(loaded, [one_of(name, known, "environment") for name in environments])
    width = shutil.get_terminal_size((80, 24)).columns
    if pair is None:
        if not known:
            refuse("this model has no environments", "say under `environments:` where it runs")
        as_json = format_ == "json"
        text = (
            table_json(loaded.model, loaded.bases) if as_json else table_text(loaded.model, width)
        )
    elif format_ == "json":
        text = changes_json(loaded.model, *pair, _changes(loaded, *pair))
    else:
        text = changes_text(loaded.model, *pair, _changes(loaded, *pair), width)
    click.echo(text, nl=False)


def _changes(loaded: Loaded, old: str, new: str) -> tuple[Change, ...]:
    to_run = {
        environment: ToRun.of(compose_files(loaded, environment)) for environment in (old, new)
    }
    return all_changes(loaded.model, old, new, to_run)


def _pair(loaded: Loaded, environments: list[str]) -> tuple[str, str] | None:
    """The environments whose differences are asked for, old and new; None: all in one table."""
    if not environments:
        return None
    if len(environments) == 2:
        return environments[0], environments[1]
    (name,) = environments
    if name not in loaded.bases:
        others = ", ".join(e for e in loaded.model.environments if e != name)
        refuse(
            f"environment `{name}` extends no other one to compare it with",
            f"name two environments; the others: {others or 'none'}",
        )
    return loaded.bases[name], name
