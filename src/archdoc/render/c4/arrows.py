"""Macros of C4-PlantUML that draw arrows, as the statements that they come to."""

from __future__ import annotations

import re

from archdoc.render.c4.boxes import in_italics
from archdoc.render.c4.calls import NEWLINE, Call, UnknownError
from archdoc.render.c4.wrapping import TECHNOLOGY_WIDTH, wrapped

_ARROW = re.compile(r"(Bi)?Rel(Index)?(?:_([ULR]))?")
_NOTHING = "<size:0>.</size>"
"""A label that says nothing."""
_SIDES = {"U": "UP", "L": "LEFT", "R": "RIGHT", "D": "DOWN"}


def arrow(call: Call, library: str) -> str | None:
    """The statement of a relationship; None if a macro is for something else.

    `library` is C4-PlantUML's: "Dynamic" numbers arrows. Raises UnknownError.
    """
    match = _ARROW.fullmatch(call.macro)
    if match is None:
        return None
    two_headed, numbered, side = match.groups()
    number, said = (f"{call.argument(0)}: ", call.said[1:]) if numbered else ("", call.said)
    call.expect(5 if numbered else 4, "tags")
    if len(said) < 3:
        raise UnknownError
    if (library == "Dynamic") != bool(numbered) or (library == "Sequence" and side):
        raise UnknownError
    source, target, label, *technology = said
    bold = [f"**{part}**" for part in f"{number}{label}".split(NEWLINE)]
    text = NEWLINE.join(bold) if number or label else _NOTHING
    if technology and technology[0]:
        text += NEWLINE + in_italics(wrapped(technology[0], TECHNOLOGY_WIDTH))
    line, tail = (
        ("->", "<") if library == "Sequence" else (f"-{_SIDES[side] if side else ''}->>", "<<")
    )
    line = f"{tail}{line}" if two_headed else line
    tag = f" <<{call.named['tags']}>>" if "tags" in call.named else ""
    return f"{source} {line} {target}{tag} : {text}"


def tie(call: Call) -> str | None:
    """The statement that keeps two boxes beside each other; None for any other macro."""
    if not call.macro.startswith("Lay_"):
        return None
    side = _SIDES.get(call.macro.removeprefix("Lay_"))
    if side is None or len(call.said) != 2 or call.named:
        raise UnknownError
    first, second = call.said
    return f"{first} -[hidden]{side}- {second}"
