"""All mutants of a build, tried by all cores: each takes a share of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from rich.console import Console
from rich.progress import track

from archdoc.pipeline.kept.expected import Expected
from archdoc.source import load_model
from mutation.folder import Folder
from mutation.mutant import Mutant, some

_AT_ONCE = 100
"""So many that telling of them costs nothing beside trying them."""


def tried(model: str, root: Path, most: int) -> Iterator[tuple[Mutant, bool]]:
    """Every mutant, in their order, and whether it was found."""
    wanted = _mutants(model, root, most)
    parts = [slice(begin, begin + _AT_ONCE) for begin in range(0, len(wanted), _AT_ONCE)]
    found: dict[int, list[bool]] = {}
    # Spawned: what they inherit otherwise depends on the system.
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        waiting = {pool.submit(_found, model, root, most, part): part for part in parts}
        console = Console(stderr=True)
        done = as_completed(waiting)
        for future in track(
            done, "Trying mutants", len(parts), console=console, disable=not console.is_terminal
        ):
            found[waiting[future].start] = future.result()
    results = (result for begin in sorted(found) for result in found[begin])
    return zip(wanted, results, strict=True)


@cache
def _mutants(model: str, root: Path, most: int) -> list[Mutant]:
    return some(_folder(model, root).mutants(), most)


@cache
def _folder(model: str, root: Path) -> Folder:
    return Folder(root, Expected(load_model(Path(model))))


def _found(model: str, root: Path, most: int, part: slice) -> list[bool]:
    folder = _folder(model, root)
    return [folder.finds(mutant) for mutant in _mutants(model, root, most)[part]]
