"""No finding says a secret in its own words: what they quote may have one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from archdoc.report import Diagnostic
from archdoc.report.masking import masked, masked_value
from archdoc.rules.clear_text import secrets_in_command, secrets_in_file
from archdoc.rules.secret_words import is_secret

_QUOTED = re.compile(r"`([^`]+)`")
_OPEN = re.compile(r"\$\{(?P<name>[A-Za-z_]\w*):?-(?P<default>[^}]*)$")
"""A variable whose brace is not closed, which is why it is told of."""


def unsaid(diagnostic: Diagnostic) -> Diagnostic:
    """The same finding with asterisks for the secrets that its message quotes, in its line, too."""
    quoted = [text for said in _said(diagnostic) for text in _QUOTED.findall(said)]
    secrets = {secret for text in quoted for secret in _secrets(text)} - {""}
    if not secrets:
        return diagnostic
    message, help_, label = (masked(said, secrets) for said in _said(diagnostic))
    span = diagnostic.span
    for secret in sorted(secrets) if span else ():  # one that was cut off hides the whole value
        span = masked_value(span, [secret]) if span else None
    return replace(diagnostic, message=message, help=help_, label=label, span=span)


def _said(diagnostic: Diagnostic) -> tuple[str, str, str]:
    return diagnostic.message, diagnostic.help, diagnostic.label


def _secrets(text: str) -> Iterator[str]:
    for _, clears in secrets_in_file(text):
        yield from (clear.value for clear in clears)
    yield from (clear.value for clear in secrets_in_command(text))
    unclosed = _OPEN.search(text)
    if unclosed and is_secret(unclosed["name"], unclosed["default"]):
        yield unclosed["default"]
