"""Everything that can be wrong with a model, before anything is made of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from archdoc.outputs import DIAGRAM_OUTPUTS
from archdoc.pipeline.compose import ComposeFailedError, compose_files
from archdoc.pipeline.docs import decisions_beside, read_docs
from archdoc.report import Diagnostic, Severity, in_order
from archdoc.rules import check as check_rules
from archdoc.rules import check_rest
from archdoc.site import Content, Figure, asked_in_vain, own_texts
from archdoc.source import Loaded, SourceError, load_model
from archdoc.views import diagrams


def check_path(path: Path) -> tuple[Loaded | None, list[Diagnostic]]:
    """The model at a path, and all that is wrong with it; None where it cannot be loaded."""
    try:
        loaded = load_model(path)
    except SourceError as error:
        return None, check_rest(error)
    return loaded, check(loaded)


def check(loaded: Loaded) -> list[Diagnostic]:
    """What the rules find, and what keeps pages and compose files from being made."""
    found = [*check_rules(loaded), *read_docs(loaded)[1]]
    found += decisions_beside(loaded)[1]
    if any(diagnostic.severity is Severity.ERROR for diagnostic in found):
        return in_order(found)  # what follows relies on a model without errors
    failed: dict[Diagnostic, list[str]] = {}
    for environment in loaded.model.environments:
        try:
            compose_files(loaded, environment)
        except ComposeFailedError as error:
            # Environments that extend each other share most of their mistakes.
            reason = replace(error.diagnostic, message=error.reason)
            failed.setdefault(reason, []).append(f"`{environment}`")
    for reason, environments in failed.items():
        message = f"no compose file for {', '.join(environments)}: {reason.message}"
        found.append(replace(reason, message=message))
    return in_order(found)


def check_pages(loaded: Loaded) -> list[Diagnostic]:
    """What the project's own pages ask for in vain; a build says it, too, and the pages themselves.

    The model may have no errors.
    """
    if not loaded.files:
        return []  # one built in Python has no pages
    docs, model = read_docs(loaded)[0], loaded.model
    asking = [text for text in own_texts(loaded.home / "docs", docs) if text.asks]
    if not asking:
        return []
    figures = (
        Figure(diagram, output.name, None)
        for diagram in diagrams(model)
        for output in DIAGRAM_OUTPUTS
        if output.drawing and output.draws(diagram)
    )
    decisions = decisions_beside(loaded)[0]
    content = Content(model, tuple(figures), docs=docs, decisions=decisions)
    return in_order([*asked_in_vain(asking, content)])
