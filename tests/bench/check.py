"""`make bench`: what checking a model costs, beside a peer; whole processes, medians, ratios.

Nothing here fails on a time: machines differ. Read the ratios.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bench.models import Generated
from bench.peers import likec4
from bench.processes import Contender, Cost, certainly, side_by_side

_SIZES = (100, 1_000, 10_000)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5, help="runs of each command")
    parser.add_argument(
        "--peers", type=Path, help="a folder to install peers into; left out, they are not run"
    )
    options = parser.parse_args()
    peer = likec4(options.peers) if options.peers else None
    archdoc = [sys.executable, "-m", "archdoc"]
    start = side_by_side({"version": Contender([*archdoc, "--version"])}, options.runs)
    print(f"archdoc --version  {start['version']}")
    mine: dict[int, Cost] = {}
    with tempfile.TemporaryDirectory(prefix="archdoc-bench-") as folder:
        for size in _SIZES:
            place = Path(folder, str(size))
            _write(place, size)
            contenders = {"mine": Contender([*archdoc, "check", str(place / "model")])}
            if peer is not None:
                # Without its layouts: archdoc draws nothing here, either.
                command = [*peer, "validate", "--no-layout", str(place / "likec4")]
                contenders["theirs"] = Contender(command)
            costs = side_by_side(contenders, options.runs)
            mine[size] = certainly(costs["mine"], f"archdoc check of {size} containers")
            print(f"{size:>6} containers: archdoc check     {mine[size]}")
            if "theirs" in costs:
                print(f"{'':>18} likec4 validate   {_beside(costs['theirs'], mine[size])}")
    each = {size: cost.seconds / size for size, cost in mine.items()}
    print(
        f"cost of one container from 1,000 to 10,000: {each[10_000] / each[1_000]:.2f} times; "
        f"without start-up: {_slope(mine):.2f} times"
    )


def _beside(theirs: Cost | None, mine: Cost) -> str:
    if theirs is None:
        return "more than a minute"
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


if __name__ == "__main__":
    main()
