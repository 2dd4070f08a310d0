"""`make bench`: what checking a model costs, beside a peer; whole processes, medians, ratios.

Nothing here fails on a time: machines differ. Read the ratios.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.models import Generated

_SIZES = (100, 1_000, 10_000)
_LIKEC4 = "likec4@1.59.4"
_PATIENCE = 60
"""Seconds after which a command is ended."""


@dataclass(frozen=True, slots=True)
class Cost:
    """The median of some runs of one command."""

    seconds: float
    megabytes: float

    def __str__(self) -> str:
        return f"{self.seconds:6.2f} s {self.megabytes:5.0f} MB"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5, help="runs of each command")
    parser.add_argument(
        "--peers", type=Path, help="a folder to install peers into; left out, they are not run"
    )
    options = parser.parse_args()
    likec4 = _likec4(options.peers) if options.peers else None
    archdoc = [sys.executable, "-m", "archdoc"]
    print(f"archdoc --version  {_certainly([*archdoc, '--version'], options.runs)}")
    mine: dict[int, Cost] = {}
    with tempfile.TemporaryDirectory(prefix="archdoc-bench-") as folder:
        for size in _SIZES:
            place = Path(folder, str(size))
            _write(place, size)
            mine[size] = _certainly([*archdoc, "check", str(place / "model")], options.runs)
            print(f"{size:>6} containers: archdoc check     {mine[size]}")
            if likec4 is not None:
                # Without its layouts: archdoc draws nothing here, either.
                command = [*likec4, "validate", "--no-layout", str(place / "likec4")]
                theirs = _measure(command, min(options.runs, 3))
                print(f"{'':>18} likec4 validate   {_beside(theirs, mine[size])}")
    each = {size: cost.seconds / size for size, cost in mine.items()}
    print(
        f"cost of one container from 1,000 to 10,000: {each[10_000] / each[1_000]:.2f} times; "
        f"without start-up: {_slope(mine):.2f} times"
    )


def _beside(theirs: Cost | None, mine: Cost) -> str:
    if theirs is None:
        return f"more than {_PATIENCE} s"
    return f"{theirs}   {theirs.seconds / mine.seconds:.1f} times as long"


def _slope(mine: dict[int, Cost]) -> float:
    """How the cost of one more container grows, from 100 → 1,000 to 1,000 → 10,000."""
    small = (mine[1_000].seconds - mine[100].seconds) / 900
    large = (mine[10_000].seconds - mine[1_000].seconds) / 9_000
    return large / small if small > 0 else float("nan")


def _write(place: Path, size: int) -> None:
    generated = Generated(size)
    for name, text in (
        ("model/app.yaml", generated.archdoc()),
        ("likec4/model.c4", generated.likec4()),
    ):
        (place / name).parent.mkdir(parents=True)
        (place / name).write_text(text, "utf-8")


def _likec4(folder: Path) -> Sequence[str] | None:
    """The peer's command, installed into `folder`; None where there is no npm."""
    npm = shutil.which("npm")
    if npm is None:
        print("npm is missing: likec4 is left out", file=sys.stderr)
        return None
    found = folder / "node_modules" / ".bin" / "likec4"
    if not found.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [npm, "install", "--silent", "--no-audit", "--prefix", str(folder), _LIKEC4], check=True
        )
    return [str(found)]


def _certainly(command: Sequence[str], runs: int) -> Cost:
    cost = _measure(command, runs)
    if cost is None:
        raise SystemExit(f"{' '.join(command)} took more than {_PATIENCE} s")
    return cost


def _measure(command: Sequence[str], runs: int) -> Cost | None:
    """The median of some runs; None where the first one takes longer than anybody would wait."""
    seconds, sizes = [], []
    for _ in range(runs):
        with tempfile.TemporaryFile() as said:
            begin = time.perf_counter()
            process = subprocess.Popen(command, stdout=said, stderr=said, start_new_session=True)
            clock = threading.Timer(_PATIENCE, os.killpg, (process.pid, signal.SIGKILL))
            clock.start()
            _, status, usage = os.wait4(process.pid, 0)
            clock.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
            seconds.append(time.perf_counter() - begin)
            sizes.append(usage.ru_maxrss / 1024)
            if process.returncode == -signal.SIGKILL:
                return None
            if process.returncode != 0:
                said.seek(0)
                raise SystemExit(f"{' '.join(command)} failed:\n{said.read().decode()[-2000:]}")
    return Cost(statistics.median(seconds), statistics.median(sizes))


if __name__ == "__main__":
    main()
