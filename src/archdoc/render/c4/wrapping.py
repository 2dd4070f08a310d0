"""Where C4-PlantUML ends lines, in places where PlantUML does not do it by itself."""

from __future__ import annotations

from archdoc.render.c4.calls import NEWLINE, UnknownError

TECHNOLOGY_WIDTH = 35
DESCRIPTION_WIDTH = 32
"""Characters that a line may have."""


def wrapped(text: str, width: int) -> str:
    """A text with lines of at most so many characters, unless it has lines of its own.

    Raises UnknownError where letters are not counted as here: Java counts some of them twice.
    """
    if NEWLINE in text:
        return text
    if len(text.encode("utf-16-le")) // 2 > max(width, len(text)):
        raise UnknownError
    lines: list[str] = []
    while len(text) > width:
        end = text.rfind(" ", 1, width + 1)
        end = text.find(" ") if end < 0 else end
        if end < 1:
            break
        lines.append(text[:end])
        text = text[end + 1 :]
    return NEWLINE.join([*lines, text] if text else lines)
