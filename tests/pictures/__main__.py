"""`make pictures`: what the model's pictures looked like when they were accepted, and now."""

from __future__ import annotations

import argparse
from pathlib import Path

from archdoc.source import load_model
from pictures.changes import changes
from pictures.golden import GOLDEN, accept, accepted, written
from pictures.page import page

_ROOT = Path(__file__).parents[2]


def main(arguments: list[str] | None = None) -> None:
    """Write the page; with `--accept`, make what the model gives now the golden sources."""
    parser = argparse.ArgumentParser(prog="make pictures", description=__doc__)
    parser.add_argument("--accept", action="store_true", help="take what the model gives now")
    parser.add_argument("--model", type=Path, default=_ROOT / "model")
    parser.add_argument("--golden", type=Path, default=GOLDEN)
    parser.add_argument("--output", type=Path, default=_ROOT / "build" / "pictures" / "index.html")
    options = parser.parse_args(arguments)
    now = written(load_model(options.model).model)
    found = changes(accepted(options.golden), now)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(page(found), "utf-8")
    for change in found:
        print(f"{change.what:>8} {change.name}")
    if not found:
        print("nothing changed: the golden sources are what the model gives")
        return
    print(f"open {options.output}")
    if options.accept:
        accept(now, options.golden)
        print(f"accepted: {len(found)} golden sources brought up to date in {options.golden}")
    else:
        print("make pictures ACCEPT=1 accepts them")


if __name__ == "__main__":
    main()
