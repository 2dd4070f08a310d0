"""What is checked at a path: an output folder, or copies of outputs that are kept elsewhere."""

from __future__ import annotations

from pathlib import Path

from archdoc.pipeline.kept.copies import check_copies
from archdoc.pipeline.kept.expected import Expected
from archdoc.pipeline.kept.folder import check_folder
from archdoc.pipeline.kept.marks import is_output_folder
from archdoc.report import Diagnostic, in_order
from archdoc.report.mend import Mend
from archdoc.source import Loaded


def check_outputs(loaded: Loaded, paths: tuple[Path, ...], mend: Mend) -> list[Diagnostic]:
    """Everything at some paths that is not what a model without errors says. Writes nothing."""
    expected = Expected(loaded)
    found: list[Diagnostic] = []
    for path in paths:
        if path.is_dir() and is_output_folder(expected, path):
            found += check_folder(expected, path, mend)
        else:
            found += check_copies(expected, path, mend)
    return in_order([*found, *expected.problems()])
