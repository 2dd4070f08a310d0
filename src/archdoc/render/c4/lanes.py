"""Boxes of C4-PlantUML in a sequence: the lanes, and the boundaries around them."""

from __future__ import annotations

from archdoc.render.c4.boxes import BOUNDARY, Box
from archdoc.render.c4.calls import NEWLINE, UnknownError

_WITHIN = "\ue100"
"""PlantUML's own character for a line's end within a text."""
LANE_SETTINGS = """\
!pragma teoz true
hide footbox
skinparam SequenceLifelineBorderColor #666666"""
"""What holds for all sequences, of what archdoc draws in one: no groups, references or dividers."""


def keyword_of(drawn: Box) -> str:
    """What PlantUML's styles call it in a sequence."""
    return "sequencebox" if BOUNDARY in drawn.stereotypes else "participant"


def lane(drawn: Box) -> str:
    """What draws a lane, or begins a boundary around lanes. Raises UnknownError."""
    stereotypes = "".join(f"<<{name}>>" for name in drawn.stereotypes)
    if not drawn.link:
        raise UnknownError  # boundaries are written in another way then
    if BOUNDARY in drawn.stereotypes:
        name, kind = drawn.parts
        names = (part.removeprefix("== ") for part in name.split(NEWLINE))
        linked = NEWLINE.join(f"== [[{drawn.link} {part}]]" for part in names)
        return f'box "{linked}{NEWLINE}{kind}" {stereotypes}'
    lines = "\n".join(part.replace(NEWLINE, _WITHIN) for part in drawn.parts)
    return f"participant {drawn.name} {stereotypes} [[{drawn.link}]] [\n{lines}\n]"
