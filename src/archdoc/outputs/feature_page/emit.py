"""Write what outputs declare as a table in Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from archdoc.outputs.base import DiagramOutput
from archdoc.outputs.features import Feature
from archdoc.outputs.templates import environment

_YES, _PARTLY, _NO = "yes", "partly", "no"


def emit(outputs: Sequence[DiagramOutput]) -> bytes:
    """The page: a row for each feature, a column for each output, and notes."""
    notes = [
        (output.source_suffix, feature.value, note)
        for output in outputs
        for feature, note in output.can.items()
        if note
    ]
    rows = [(feature.value, [_said(output, feature) for output in outputs]) for feature in Feature]
    template = environment("outputs").get_template("outputs.md.j2")
    return template.render(outputs=outputs, rows=rows, notes=notes).encode()


def _said(output: DiagramOutput, feature: Feature) -> str:
    if feature not in output.can:
        return _NO
    return _PARTLY if output.can[feature] else _YES
