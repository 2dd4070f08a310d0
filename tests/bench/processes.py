"""What whole processes cost: medians of runs that take turns, so that all see the same machine."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a command cost, or the median of some."""

    seconds: float
    cpu: float
    """Seconds of all cores, its children's among them: other programs do not change them much."""
    megabytes: float
    """Of its largest process."""

    def __str__(self) -> str:
        return f"{self.seconds:6.2f} s {self.cpu:6.2f} s CPU {self.megabytes:5.0f} MB"


@dataclass(frozen=True, slots=True)
class Contender:
    """A command that is measured beside others."""

    command: Sequence[str]
    environ: Mapping[str, str] = field(default_factory=dict)
    """Beside those of this process."""
    folder: Path | None = None
    """Where it runs."""
    prepare: Callable[[], None] = lambda: None
    """What is done before each run, off the clock."""
    check: Callable[[str], None] = lambda _: None
    """Looks at what was printed, and at what was made; stops the benchmark where that is wrong."""
    patience: float = 60
    """Seconds after which it is ended."""
    statuses: Sequence[int] = (0,)
    """What it may exit with."""


_ENVIRON = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
"""With it, Python would compile what is not installed anew in each run, as no user's does."""


def side_by_side(contenders: Mapping[str, Contender], runs: int) -> dict[str, Cost | None]:
    """The medians of runs that take turns; None for who takes longer than anybody would wait."""
    costs: dict[str, list[Cost]] = {name: [] for name in contenders}
    late: set[str] = set()
    for _ in range(runs):
        for name, contender in contenders.items():
            cost = None if name in late else run(contender)
            if cost is None:
                late.add(name)
            else:
                costs[name].append(cost)
    return {name: None if name in late else _median(some) for name, some in costs.items()}


def run(contender: Contender) -> Cost | None:
    """One run; None if it takes longer than anybody would wait. Ends the benchmark if it fails."""
    contender.prepare()
    with tempfile.TemporaryFile() as said:
        begin = time.perf_counter()
        process = subprocess.Popen(
            contender.command,
            env={**_ENVIRON, **contender.environ},
            cwd=contender.folder,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        clock = threading.Timer(contender.patience, os.killpg, (process.pid, signal.SIGKILL))
        clock.start()
        _, status, usage = os.wait4(process.pid, 0)
        clock.cancel()
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read().decode("utf-8", "replace")
    if process.returncode == -signal.SIGKILL:
        return None
    if process.returncode not in contender.statuses:
        raise SystemExit(f"{' '.join(contender.command)} failed:\n{text[-2000:]}")
    contender.check(text)
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def certainly(cost: Cost | None, what: str) -> Cost:
    """A cost without which the rest of the benchmark says nothing."""
    if cost is None:
        raise SystemExit(f"{what} took longer than anybody would wait")
    return cost


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        *(
            statistics.median(values)
            for values in zip(*((c.seconds, c.cpu, c.megabytes) for c in costs), strict=True)
        )
    )
