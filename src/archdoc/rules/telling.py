"""From what a rule finds to what people read: where it stands, and in which environments."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

from archdoc.report import Diagnostic, Note
from archdoc.report.masking import masked, masked_value
from archdoc.rules.base import Finding, Rule
from archdoc.source import Loaded


def told(rule: Rule, findings: Iterable[Finding], loaded: Loaded) -> list[Diagnostic]:
    """Findings as diagnostics, each once.

    An environment that extends another has most of its lines there. What is wrong in the heir only
    names it: the line alone would accuse the other, where nothing is wrong.
    """
    heirs: dict[Diagnostic, list[str]] = {}
    own: set[Diagnostic] = set()
    for finding in findings:
        diagnostic = _diagnostic(rule, finding, loaded)
        names = heirs.setdefault(diagnostic, [])
        name = f"`{finding.path[1]}`" if len(finding.path) > 1 else ""
        if not loaded.locations.inherited(finding.path, on_key=finding.on_key):
            own.add(diagnostic)
        elif name not in names and name not in finding.message:
            names.append(name)
    return [
        diagnostic if diagnostic in own else _within(names, diagnostic)
        for diagnostic, names in heirs.items()
    ]


def _within(names: list[str], diagnostic: Diagnostic) -> Diagnostic:
    *others, last = names or [""]
    where = f"{', '.join(others)} and {last}" if others else last
    message = f"in {where}: {diagnostic.message}" if where else diagnostic.message
    return replace(diagnostic, message=message)


def _diagnostic(rule: Rule, finding: Finding, loaded: Loaded) -> Diagnostic:
    locations = loaded.locations
    if finding.word and not finding.inside[0]:
        span = locations.word(finding.path, finding.word)
    else:
        span = (locations.key if finding.on_key else locations.value)(finding.path)
    notes: tuple[Note, ...] = ()
    if finding.other is not None:
        notes = (Note(finding.other_message, locations.key(finding.other)),)
    file, line = finding.inside
    if file:
        with suppress(OSError, ValueError):  # it has just been read, but may be gone by now
            text = loaded.text_of(file)
            notes = (Note(f"`{file}` is mounted here", span, accepts=True),)
            span = text.word(line, finding.word)
            span = replace(span, text=masked(span.text, finding.hides))
    elif finding.hides and span:
        span = masked_value(span, finding.hides)
    return Diagnostic(
        code=rule.name,
        message=finding.message,
        severity=finding.severity or rule.severity,
        span=span,
        subject="" if span else ".".join(map(str, finding.path)),
        label=finding.label,
        help=finding.help,
        notes=notes,
    )
