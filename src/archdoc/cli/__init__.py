"""The command line: the only place that prints, exits, or shows progress."""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys
from contextlib import suppress

import click

import archdoc
from archdoc.cli.ending import by_signal, end_unread, open_streams

_COMMANDS = (
    *("init", "check", "build", "serve", "render", "compose", "compare"),
    *("explain", "schema", "doctor", "cache"),
)
"""Each is a module of this package with a click command of its name."""


class _LazyGroup(click.Group):
    """Imports a command's module only when it is run: most start-ups need one of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"archdoc.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; whoever ends it early does not hear that something was found."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("\ninterrupted", err=True)
            sys.exit(by_signal(signal.SIGINT))
        except BrokenPipeError:
            end_unread()


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit status: 0 all is well, 1 something was found, 2 it could not be done, "
    "more than 128 a signal ended it.",
)
@click.version_option(archdoc.__version__, message="archdoc %(version)s")
def cli() -> None:
    """Understand and run an architecture from one model."""


def main() -> None:
    """Run the command line. A traceback is never shown, unless ARCHDOC_TRACEBACK asks for it."""
    open_streams()
    _end_politely()
    # Looking for plugins, of which none is wanted, would read every installed package's metadata.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # A command is short, and keeps what it makes until it ends: looking for garbage often found
    # none, and took a fifth of the time on large models.
    gc.set_threshold(50_000, 50, 100)
    try:
        cli()
    except OSError as error:
        if os.environ.get("ARCHDOC_TRACEBACK"):
            raise
        place = f"{error.filename}: " if error.filename else ""
        _say(
            f"error: the machine refused: {place}{error.strerror or error}\n"
            "  = help: check that disks (and TMPDIR) have space left, and permissions"
        )
        sys.exit(2)
    except Exception as error:
        if os.environ.get("ARCHDOC_TRACEBACK"):
            raise
        _say(
            f"error: archdoc stopped at a mistake of its own: {type(error).__name__}: {error}\n"
            "  = help: please report it; ARCHDOC_TRACEBACK=1 shows where it happened"
        )
        sys.exit(2)


def _say(message: str) -> None:
    with suppress(OSError):  # it may be this that the machine refuses
        click.echo(message, err=True)


def _end_politely() -> None:
    """Unwind when asked to end, as on Ctrl-C: Python would just die, and its Java live on."""

    def end(number: int, _: object) -> None:
        sys.exit(by_signal(number))

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:  # `nohup` ignores one
            signal.signal(number, end)
