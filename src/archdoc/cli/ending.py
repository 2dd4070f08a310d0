"""How the command ends.

Ctrl+C is a fact that stays. Python tells of it by an exception, which is lost where it comes up in
what calls nobody back: in what runs around a fork, say. Whoever waits in a loop asks here instead.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn


class _Interrupted(KeyboardInterrupt):
    """Not the plain one: where that passes some code, Python ends as if nobody had caught it."""


class Ending:
    """Whether somebody has asked for the end."""

    def __init__(self) -> None:
        self.is_asked = False
        self._is_at_once = False

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """What takes long ends in the middle. Raises KeyboardInterrupt where it was asked for."""
        self._is_at_once = True
        try:
            self._go()
            yield
        finally:
            self._is_at_once = False

    def ask(self, *_: object) -> None:
        """Ask for it: a handler of signals. Asked for twice, it is not waited for."""
        was_asked, self.is_asked = self.is_asked, True
        if self._is_at_once or was_asked:
            self._go()

    def _go(self) -> None:
        if self.is_asked:
            raise _Interrupted


@contextmanager
def ending() -> Iterator[Ending]:
    """Ctrl+C asks for the end, until the block ends."""
    asked = Ending()
    say = sys.unraisablehook

    def unless_asked(lost: sys.UnraisableHookArgs) -> None:
        if lost.exc_type is not _Interrupted:
            say(lost)

    # Where it is ignored, as by `nohup … &`, it stays so.
    before = signal.getsignal(signal.SIGINT)
    is_ours = before is signal.default_int_handler
    if is_ours:
        signal.signal(signal.SIGINT, asked.ask)
    sys.unraisablehook = unless_asked
    try:
        yield asked
    finally:
        sys.unraisablehook = say
        if is_ours:
            signal.signal(signal.SIGINT, before)


def end_at_once(status: object) -> None:
    """End the process, with the status of a SystemExit, and leave its memory to the system.

    Python would take it apart object by object: a fifteenth of a build's time. Threads that are at
    work are waited for, as Python does. Does nothing where more would be lost than memory: a
    message, what nobody takes.
    """
    code = 0 if status is None else status
    if not isinstance(code, int):
        return
    for thread in threading.enumerate():
        if thread is not threading.main_thread() and not thread.daemon:
            thread.join()
    atexit._run_exitfuncs()  # noqa: SLF001 - as Python does before that
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        return  # Python says it in its own way
    with suppress(OSError, ValueError):  # there is nowhere else to say it
        sys.stderr.flush()
    os._exit(code & 0xFF)


def by_signal(number: int) -> int:
    """The status that shells say of what a signal has ended."""
    return 128 + number


def end_unread() -> NoReturn:
    """End where nobody reads what is said any more (`| head -1`), as SIGPIPE ends others."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)  # what is still to be said is not tried again
    sys.exit(by_signal(signal.SIGPIPE))


def open_streams() -> None:
    """Have all three standard streams, where whoever starts the command has closed some (`>&-`).

    What is said there goes nowhere. Files that are opened later would take their numbers.
    """
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is None:
            stream = open(os.devnull, mode)  # noqa: SIM115, PTH123 - as long as the process
            if stream.fileno() != number:
                os.dup2(stream.fileno(), number)
            os.set_inheritable(number, True)
            setattr(sys, name, stream)
