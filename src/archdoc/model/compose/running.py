"""The one command that brings a compose file up, wherever it is shown."""

from __future__ import annotations

from shlex import quote


def up_command(file: str = "") -> str:
    """The command for a compose file; without one, for that in the folder that it is typed in.

    Containers of services that the file has no more would run on, beside those that took their
    place: a second database at the same data. Docker Compose knows them by the project's name.
    """
    named = f" -f {quote(file)}" if file else ""
    return f"docker compose{named} up --detach --wait --remove-orphans"
