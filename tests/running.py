"""A server that a test has started: `archdoc serve`, `mkdocs serve`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Self

PATIENCE = 60.0
"""Seconds that a busy machine may take."""


def ends(process: int) -> None:
    """Wait until a process that is nobody's child here has ended: it may do so after its parent."""
    end = time.monotonic() + PATIENCE
    while _is_there(process):
        assert time.monotonic() < end, f"process {process} is still there"
        time.sleep(0.05)


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
        if sys.platform != "linux":
            return True
        state = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state != "Z"  # that has ended, and waits for whoever adopted it


class Running:
    """A Python module that runs as a program, and what it has said so far."""

    def __init__(self, *command: str, cwd: Path, **environment: str) -> None:
        self.said = ""
        self.process = subprocess.Popen(
            [sys.executable, "-X", "faulthandler", "-u", "-m", *command],
            cwd=cwd, env={**os.environ, **environment}, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        """Read on, so that it never waits for a reader."""
        assert self.process.stdout is not None
        with self.process.stdout as stream:
            for line in stream:
                self.said += line

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        self._listener.join()

    def until(self, fact: Callable[[], bool]) -> None:
        """Wait for it."""
        end = time.monotonic() + PATIENCE
        while not fact():
            assert time.monotonic() < end, self.last_words()
            assert self.process.poll() is None, self.said
            time.sleep(0.1)

    def last_words(self) -> str:
        """All that it said, and where each of its threads is: for when it does not answer.

        It ends: that is how Python is made to tell where its threads are.
        """
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGABRT)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(10)
            self._listener.join(10)
        return f"{self.said}\n(it ended with {self.process.poll()})"
