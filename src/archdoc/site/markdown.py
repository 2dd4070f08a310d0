"""Untrusted text in Markdown pages: shown as it is, never obeyed."""

from __future__ import annotations

import json
import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|~:^=$<>&])")


def escape(text: object) -> str:
    """Text as Markdown that renders to exactly that text, on one line.

    Special characters of HTML and of Markdown become entities: not every Markdown engine knows the
    same backslash escapes.
    """
    return _SPECIAL.sub(lambda match: f"&#{ord(match[1])};", " ".join(str(text).split()))


def code(value: object) -> str:
    """A value of a model, as it is written, in the letters of code; fits a table's cell."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"<code>{escape(text)}</code>"


def code_block(text: str, language: str) -> str:
    """A fenced block that `text` cannot end early."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}\n"
