"""`make mutate`: puts bugs into emitters, spoils all that a build makes, and says what is found.

    python -m mutation [MODEL] [MOST]

MOST bounds how many of each kind are tried; all, if left out.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from archdoc.pipeline import build
from archdoc.source import load_model
from helpers import loaded as shop
from mutation import bugs_found
from mutation.shares import tried


def main(model: str = "model", most: str = "1000000") -> int:
    loaded = load_model(Path(model))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        score = bugs_found.score(shop(folder, bugs_found.SHOP), folder / "bugs")
        build(loaded, folder / "build")
        for mutant, found in tried(model, folder / "build", int(most)):
            score.add(mutant, found=found)
    print("\n".join(score.lines()))
    return 1 if score.survivors else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
