"""All that changes from one environment to another: in the model, and for whoever runs it."""

from __future__ import annotations

from collections.abc import Mapping

from archdoc.model import Model
from archdoc.outputs.compose import ToRun, compose_changes
from archdoc.views import Change, changes


def all_changes(
    model: Model, old: str, new: str, to_run: Mapping[str, ToRun]
) -> tuple[Change, ...]:
    """From environment `old` to environment `new`; `to_run` has what both take to run.

    Raises LookupError for an unknown environment.
    """
    return (*changes(model, old, new), *compose_changes(to_run[old], to_run[new]))
