"""What could not be drawn, and what of it cannot be read, as findings at the views of the model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from archdoc.model import Model, Path
from archdoc.pipeline.pictures import Drawn, Source
from archdoc.render import Failure, lacking
from archdoc.report import Diagnostic, Severity
from archdoc.source import Loaded
from archdoc.views import all_views

_NAMED = 10
"""So many letters that no font has are named."""


def failures_of(loaded: Loaded, wanted: Iterable[Source], drawn: Drawn) -> list[Diagnostic]:
    """What could not be drawn: one finding for each reason, at the view that it is about.

    Those of which the last build's pictures are kept are told apart.
    """
    reasons: dict[tuple[str, Failure, bool], list[Source]] = {}
    for source in wanted:
        failure = drawn.failures.get(source.name)
        if failure is not None:
            where = f" (line {failure.line} of {source.path})" if failure.line else ""
            reason = replace(failure, name="", message=f"{failure.message}{where}")
            view = source.diagram.id if failure.cause == "picture" else ""
            kept = source.name in drawn.pictures
            reasons.setdefault((view, reason, kept), []).append(source)
    return [_failed(loaded, *reason, failed) for reason, failed in reasons.items()]


def lacking_letters(loaded: Loaded, wanted: Iterable[Source], drawn: Drawn) -> list[Diagnostic]:
    """A warning for each view of which letters are drawn as empty boxes: no font has them."""
    found: dict[str, dict[str, None]] = {}
    remedy = ""
    lacks = lacking({name: picture.svg for name, picture in drawn.pictures.items()})
    for source in wanted:
        if lack := lacks.get(source.name):
            found.setdefault(source.diagram.id, {}).update(dict.fromkeys(lack.letters))
            remedy = lack.remedy
    return [_lacking(loaded, view, sorted(letters), remedy) for view, letters in found.items()]


def _lacking(loaded: Loaded, view: str, letters: Sequence[str], remedy: str) -> Diagnostic:
    named = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters[:_NAMED])
    more = f" and {len(letters) - _NAMED} more" if len(letters) > _NAMED else ""
    span = loaded.locations.key(_place(loaded.model, view))
    return Diagnostic(
        code="missing-letter",
        message=f"the pictures of view {view} show empty boxes: no font has {named}{more}",
        severity=Severity.WARNING,
        span=span,
        subject="" if span else view,
        help=remedy or "write it in other letters",
    )


def _failed(
    loaded: Loaded, view: str, failure: Failure, kept: bool, failed: Sequence[Source]
) -> Diagnostic:
    span = loaded.locations.key(_place(loaded.model, view)) if view else None
    paths = [source.svg_path for source in failed]
    what = "the picture" if len(paths) == 1 else "the pictures"
    stays = f"; {what} of the last build, drawn from the same, stayed" if kept else ""
    return Diagnostic(
        code="missing-engine" if failure.cause == "missing" else "render-failed",
        message=f"{', '.join(paths)} could not be drawn: {failure.message}{stays}",
        span=span,
        subject="" if span else paths[0],
        help=failure.remedy or f"please report it, with {failed[0].path}",
    )


def _place(model: Model, view_id: str) -> Path:
    """Where a view stands in the model; for one that nobody wrote, what it shows."""
    if view_id in model.views:
        return "views", view_id
    view = all_views(model)[view_id]
    if view.environment is not None:
        return "environments", view.environment
    return model.index.elements[view.of].path if view.of else ("systems",)
