"""Breaking labels into lines."""

from __future__ import annotations

import textwrap


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text, each at most `width` characters; its own line breaks are kept."""
    return [
        part
        for line in text.split("\n")
        for part in textwrap.wrap(line, width, break_on_hyphens=False) or [""]
    ]
