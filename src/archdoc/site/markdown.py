"""Untrusted text in Markdown pages: shown as it is, never obeyed."""

from __future__ import annotations

import html
import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~:^=$])")


def escape(text: object) -> str:
    """Text as Markdown that renders to exactly that text, on one line.

    HTML's special characters become entities; Markdown's own become entities too, since not every
    Markdown engine knows the same backslash escapes.
    """
    plain = " ".join(str(text).split())
    return _MARKDOWN.sub(lambda match: f"&#{ord(match[1])};", html.escape(plain))


def code_block(text: str, language: str) -> str:
    """A fenced block that `text` cannot end early."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}\n"
