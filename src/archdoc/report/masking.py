"""Lines with asterisks in place of secrets: what is printed ends up in the logs of others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from archdoc.report.diagnostic import Diagnostic, Span

_SHORT = 4
"""Letters; fewer are hidden as a word only, since they are parts of other words, too."""


def masked(text: str, secrets: Iterable[str]) -> str:
    """A text without secrets, in which everything else stands where it stood.

    Of a secret in several lines, each is looked for by itself.
    """
    parts = {line.strip() for secret in secrets for line in secret.splitlines()} - {""}
    if not parts:
        return text
    words = sorted(parts, key=lambda part: (-len(part), part))
    pattern = "|".join(map(_pattern, words))
    return re.sub(pattern, lambda found: "*" * len(found[0]), text)


def _pattern(part: str) -> str:
    return re.escape(part) if len(part) >= _SHORT else rf"(?<!\w){re.escape(part)}(?!\w)"


def masked_value(span: Span, secrets: Iterable[str]) -> Span:
    r"""The place of a value in YAML without secrets.

    One that is written in other letters (`"hunt\x65r2"`) hides all of the value. Not so a list or
    a block whose first line has no secret, nor a placeholder, which is none itself.
    """
    text = masked(span.text, secrets)
    start, end = span.column - 1, span.end_column - 1
    place = span.text[start:end]
    if text == span.text and "{{" not in place and place[:1] not in {"-", "|", ">"}:
        text = text[:start] + re.sub(r"\S", "*", place) + text[end:]
    return replace(span, text=text)


def alike(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The same findings; what one of them hides in a line, no other one shows."""
    found = list(found)
    hidden: dict[tuple[str, int], str] = {}
    for span in (span for diagnostic in found for span in _spans(diagnostic) if "*" in span.text):
        before = hidden.get((span.file, span.line), span.text)
        hidden[span.file, span.line] = _both(before, span.text)
    return [_hiding(diagnostic, hidden) for diagnostic in found] if hidden else found


def _hiding(diagnostic: Diagnostic, hidden: dict[tuple[str, int], str]) -> Diagnostic:
    def hide(span: Span | None) -> Span | None:
        text = hidden.get((span.file, span.line)) if span else None
        return replace(span, text=_both(text, span.text)) if span and text else span

    if not any((span.file, span.line) in hidden for span in _spans(diagnostic)):
        return diagnostic
    notes = tuple(replace(note, span=hide(note.span)) for note in diagnostic.notes)
    return replace(diagnostic, span=hide(diagnostic.span), notes=notes)


def _spans(diagnostic: Diagnostic) -> list[Span]:
    spans = (diagnostic.span, *(note.span for note in diagnostic.notes))
    return [span for span in spans if span is not None]


def _both(one: str, other: str) -> str:
    """A line in which all is hidden that either of two copies of it hides."""
    if len(one) != len(other):  # the file has been written in between
        return other
    return "".join("*" if "*" in pair else pair[0] for pair in zip(one, other, strict=True))
