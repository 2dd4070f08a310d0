"""Breaking labels into lines."""

from __future__ import annotations

import re
import textwrap

_LONGEST_WORD = 40
"""Characters of a word that is drawn on one line: engines only wrap between words."""
_COUNT = re.compile(r"(?<=[0-9]) ×")
_KEPT = "\N{NBSP}×"


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text, each at most `width` characters; its own line breaks are kept.

    No line begins with the × of a count: "2 × Django".
    """
    return [
        part.replace(_KEPT, " ×")
        for line in text.split("\n")
        for part in textwrap.wrap(_COUNT.sub(_KEPT, line), width, break_on_hyphens=False) or [""]
    ]


def with_broken_words(text: str) -> str:
    """A text with a line break inside every word that alone would make a box too wide to read."""
    return re.sub(rf"(\S{{{_LONGEST_WORD}}})(?=\S)", r"\1\n", text)
