"""`archdoc` as people run it, without the second that its imports take: who has done them forks.

Each command is a process of its own, with its arguments, folder, environment and streams, and ends
as any other. It cannot see what Python reads when it starts: `needs_a_start` says what that is.

As a script (`forked.py PLACE ARGUMENT …`) it is a program to put on PATH.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import NoReturn

_LENGTH = 8
_HEAVY = ("archdoc.api", "archdoc.pipeline", "archdoc.site.theme", "mkdocs.commands.build",
          "material.plugins.search.plugin", "rich.progress")  # fmt: skip


def needs_a_start(changed: Iterable[str]) -> bool:
    """Whether variables are among these that Python or its C library reads once."""
    return any(name.startswith(("PYTHON", "LC_", "LANG")) for name in changed)


def call(
    place: str,
    arguments: Sequence[str],
    cwd: str,
    environment: Mapping[str, str],
    streams: Sequence[int],
) -> int:
    """Run a command, and wait for it: its status, negative where a signal has ended it.

    `place` is where the process listens; `streams` are three descriptors.
    """
    body = json.dumps([list(arguments), cwd, dict(environment)]).encode()
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(place)
        socket.send_fds(connection, [len(body).to_bytes(_LENGTH)], streams)
        connection.sendall(body)
        return int.from_bytes(_read(connection, _LENGTH), signed=True)


def _read(connection: socket.socket, length: int) -> bytes:
    found = b""
    while len(found) < length:
        part = connection.recv(length - len(found))
        if not part:
            raise EOFError("the process that runs commands has ended")
        found += part
    return found


def serve(place: str) -> None:
    """Run commands until nobody holds the other end of standard input."""
    import gc
    import importlib
    import select
    import signal

    from archdoc import cli

    for name in (*_HEAVY, *(f"archdoc.cli.{name}" for name in cli._COMMANDS)):
        importlib.import_module(name)
    gc.freeze()  # what is there stays as it is, and in memory that all share
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(place)
        listening.listen()
        print("ready", flush=True)  # noqa: T201 - whoever started it waits for that
        while listening in select.select([listening, sys.stdin], [], [])[0]:
            connection, _ = listening.accept()
            with connection:
                if os.fork() == 0:
                    listening.close()
                    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                    _keep(connection)


def _keep(connection: socket.socket) -> NoReturn:
    """Run one command in another process, and tell how it ended."""
    head, streams, *_ = socket.recv_fds(connection, _LENGTH, 3)
    arguments, cwd, environment = json.loads(_read(connection, int.from_bytes(head)))
    process = os.fork()
    if process == 0:
        connection.close()
        _become(streams, cwd, environment)
        sys.argv = ["archdoc", *arguments]
        from archdoc.cli import main

        main()
        sys.exit()
    _, status = os.waitpid(process, 0)
    connection.sendall(os.waitstatus_to_exitcode(status).to_bytes(_LENGTH, signed=True))
    os._exit(0)


def _become(streams: Sequence[int], cwd: str, environment: Mapping[str, str]) -> None:
    """Take over what a process has from whoever started it."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[:0] = [cwd, *filter(None, environment.get("PYTHONPATH", "").split(os.pathsep))]
    sys.stdin = os.fdopen(0, encoding="utf-8")
    sys.stdout = os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1)


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(sys.argv[2])
    else:
        status = call(sys.argv[1], sys.argv[2:], os.path.realpath("."), os.environ, (0, 1, 2))
        sys.exit(status if status >= 0 else 128 - status)
