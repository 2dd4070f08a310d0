"""Progress of long work on standard error; silent where that is not a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


@dataclass
class Meter:
    """Shows the stage of the work, and how far it is."""

    bar: Progress | None = None
    task: TaskID | None = None

    def begin(self, stage: str) -> None:
        """The next stage begins."""
        if self.bar is not None and self.task is not None:
            self.bar.update(self.task, description=stage)

    def advance(self, done: int, total: int) -> None:
        """So much of it is done."""
        if self.bar is not None and self.task is not None:
            self.bar.update(self.task, completed=done, total=total)


@contextmanager
def meter() -> Iterator[Meter]:
    """A meter that is gone when the work is done."""
    if not sys.stderr.isatty():
        yield Meter()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield Meter(bar, bar.add_task("Reading the model", total=None))
