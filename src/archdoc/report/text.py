"""Findings for people at a terminal: the place, the line, what is wrong in it, what to do."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from archdoc.report.diagnostic import Diagnostic, Severity, Span

_LONGEST = 160
"""Characters of a source line that are shown."""
_BEFORE = 60
"""How many of them stand before the place, where that is far to the right."""


def full(diagnostics: Sequence[Diagnostic]) -> str:
    """Every finding with its excerpt, and a last line that counts them."""
    blocks = [_block(diagnostic) for diagnostic in diagnostics]
    return "\n\n".join([*blocks, summary(diagnostics)]) + "\n"


def concise(diagnostics: Sequence[Diagnostic]) -> str:
    """One line a finding: `file:line:column: error[code] message`."""
    return "".join(
        f"{place_of(diagnostic)}: {diagnostic.severity}[{diagnostic.code}] "
        f"{printable(diagnostic.message)}\n"
        for diagnostic in diagnostics
    )


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """How many there are: "1 error, 2 warnings"."""
    counts = []
    for severity in Severity:
        number = sum(diagnostic.severity == severity for diagnostic in diagnostics)
        if number:
            counts.append(f"{number} {severity}{'' if number == 1 else 's'}")
    return ", ".join(counts) or "no findings"


def place_of(diagnostic: Diagnostic) -> str:
    """Where: `model/app.yaml:41:12`, or what the finding is about."""
    span = diagnostic.span
    if span is None:
        return printable(diagnostic.subject or "model")
    return f"{printable(span.file)}:{span.line}:{span.column}"


def printable(text: str) -> str:
    """Text that cannot play with a terminal: control and direction characters are written out."""
    return "".join(
        char
        if char.isprintable() and unicodedata.category(char) != "Cf"
        else f"<U+{ord(char):04X}>"
        for char in text.replace("\t", "    ")
    )


def _block(diagnostic: Diagnostic) -> str:
    lines = [f"{diagnostic.severity}[{diagnostic.code}]: {printable(diagnostic.message)}"]
    width = len(str(diagnostic.span.line)) if diagnostic.span else 1
    for note in diagnostic.notes:
        if note.span is not None:
            width = max(width, len(str(note.span.line)))
    gutter = " " * width
    if diagnostic.span is not None:
        lines += _excerpt(diagnostic.span, diagnostic.label, width)
    elif diagnostic.subject and diagnostic.subject not in diagnostic.message:
        lines.append(f"{gutter}--> {printable(diagnostic.subject)}")
    for note in diagnostic.notes:
        lines.append(f"{gutter} = note: {printable(note.message)}")
        if note.span is not None:
            lines += _excerpt(note.span, "", width)
    if diagnostic.help:
        lines.append(f"{gutter} = help: {printable(diagnostic.help)}")
    return "\n".join(lines)


def _excerpt(span: Span, label: str, width: int) -> list[str]:
    gutter = " " * width
    start = span.column - 1
    left = start - _BEFORE if start > _LONGEST - _BEFORE else 0
    before, marked = span.text[left:start], span.text[start : span.end_column - 1]
    dots = "…" if left else ""
    shown = _cut(dots + printable(span.text[left:]))
    indent = columns(dots + printable(before))
    carets = "^" * max(1, min(columns(printable(marked)), _LONGEST - indent))
    said = f" {printable(label)}" if label else ""
    return [
        f"{gutter}--> {printable(span.file)}:{span.line}:{span.column}",
        f"{gutter} |",
        f"{span.line:>{width}} | {shown}",
        f"{gutter} | {' ' * indent}{carets}{said}",
    ]


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(
        0
        if unicodedata.combining(char)
        else 2
        if unicodedata.east_asian_width(char) in {"W", "F"}
        else 1
        for char in text
    )
