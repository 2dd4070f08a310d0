"""Everything that can be wrong with a model, before anything is made of it."""

from __future__ import annotations

from archdoc.pipeline.compose import ComposeFailedError, compose_files
from archdoc.report import Diagnostic, Severity, in_order
from archdoc.rules import check as check_rules
from archdoc.source import Loaded


def check(loaded: Loaded) -> list[Diagnostic]:
    """What the rules find, and what keeps compose files from being derived."""
    found = check_rules(loaded)
    if any(diagnostic.severity is Severity.ERROR for diagnostic in found):
        return found  # what follows relies on a model without errors
    for environment in loaded.model.environments:
        try:
            compose_files(loaded, environment)
        except ComposeFailedError as error:
            found.append(error.diagnostic)
    return in_order(found)
