"""What Java starts from: made once a machine, by a first build, and timed apart from builds."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path

from archdoc.kept import Cache
from archdoc.render import find_engines
from archdoc.render.archive import ENOUGH, Archive


def make_archive(cache: Path, sources: Iterable[Path]) -> float:
    """Make it with what PlantUML draws of a model; seconds that it took."""
    archive = Archive(find_engines(os.environ), Cache(cache))
    texts = [file.read_text("utf-8") for file in sources]
    begin = time.perf_counter()
    archive.make(texts[:ENOUGH])
    seconds = time.perf_counter() - begin
    if not archive.flags():
        raise SystemExit(
            "this benchmark would say nothing: Java does not accept the archive that was made"
        )
    return seconds


def put_aside(folder: Path) -> None:
    """Have no such folder any more, and remove nothing.

    Linux's ext4 takes four times as long to make a file where many were removed a moment ago: it
    looks for a number that none of them had.
    """
    if folder.exists():
        aside = folder.with_name("put-aside")
        aside.mkdir(exist_ok=True)
        folder.rename(aside / f"{len([*aside.iterdir()])}")


def forget_pictures(cache: Path) -> None:
    """Empty the cache, but for what a machine makes once: for Java, and of a theme's templates."""
    once = {Cache(cache).archives, cache / "code"}
    for kept in cache.iterdir() if cache.exists() else ():
        if kept not in once and kept.name != "put-aside":
            put_aside(kept)
