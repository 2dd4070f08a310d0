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
    return f"<code>{escape(written(value))}</code>"


def written(value: object) -> str:
    """A value of a model as text: what has parts is written as JSON, which is YAML, too."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def code_block(text: str, language: str) -> str:
    """A fenced block that `text` cannot end early."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}\n"
