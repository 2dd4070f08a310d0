"""Write what commands say of themselves as a page in Markdown."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archdoc.outputs.templates import environment

if TYPE_CHECKING:
    import click


@dataclass(frozen=True, slots=True)
class _Command:
    """One command, as `--help` tells of it."""

    name: str
    """With what stands before it: `archdoc cache prune`."""
    usage: str
    about: str
    options: tuple[tuple[str, str], ...]
    """How an option is written, and what it does."""


def emit(group: click.Group, name: str) -> bytes:
    """The page of all commands of a group called `name`."""
    template = environment("commands").get_template("commands.md.j2")
    commands = list(_commands(group, name))
    return template.render(commands=commands, epilog=group.epilog).encode()


def _commands(command: click.Command, name: str) -> Iterator[_Command]:
    import click

    context = click.Context(command, info_name=name, max_content_width=1000)
    yield _Command(
        name,
        " ".join([name, *command.collect_usage_pieces(context)]),
        inspect.cleandoc(command.help or ""),
        tuple((_cell(written), _cell(does)) for written, does in _options(command, context)),
    )
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            if found is not None:
                yield from _commands(found, f"{name} {inner}")


def _options(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    """All but `--help`; what stands without a name is in the usage."""
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if parameter.param_type_name == "option" and parameter.name != "help" and record:
            yield record


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
