"""The golden sources: every diagram of the reference model as somebody has looked at it.

Where they are, what they should be and how they are accepted is said here only: a test compares
them, and `make pictures` shows what changed.
"""

from __future__ import annotations

from pathlib import Path

from archdoc.model import Model
from archdoc.pipeline import sources
from archdoc.views import diagrams

GOLDEN = Path(__file__).parents[1] / "outputs" / "golden"


def written(model: Model) -> dict[str, str]:
    """What the model gives now: file name → text."""
    return {Path(s.path).name: s.emitted.source for s in sources(diagrams(model))}


def accepted(folder: Path = GOLDEN) -> dict[str, str]:
    """What was accepted last, likewise."""
    return {file.name: file.read_text("utf-8") for file in folder.iterdir()}


def accept(texts: dict[str, str], folder: Path = GOLDEN) -> None:
    """Make these the golden sources, and no others."""
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        if old.name not in texts:
            old.unlink()
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
