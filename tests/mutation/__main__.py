"""`make mutate`: spoils everything that a build of a model makes, and says how much is found.

    python -m mutation [MODEL] [MOST]

MOST bounds how many of each kind are tried; all, if left out.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from archdoc.pipeline import build
from archdoc.pipeline.kept.expected import Expected
from archdoc.source import load_model
from mutation.folder import Folder
from mutation.mutant import Score, some


def main(model: str = "model", most: str = "1000000") -> int:
    loaded = load_model(Path(model))
    score = Score()
    with tempfile.TemporaryDirectory() as folder:
        build(loaded, Path(folder) / "build")
        spoiled = Folder(Path(folder) / "build", Expected(loaded))
        for mutant in some(spoiled.mutants(), int(most)):
            score.add(mutant, found=spoiled.finds(mutant))
    print("\n".join(score.lines()))
    return 1 if score.survivors else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
