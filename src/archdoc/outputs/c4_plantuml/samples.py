"""The rows of a legend: a sample of how something is drawn, and what it is.

C4-PlantUML's own legend knows nothing of arrows beyond their colour, and PlantUML pads no coloured
cell of a table: text in one touches its edges. So samples and words are columns of their own.
"""

from __future__ import annotations

from archdoc.model import Style
from archdoc.outputs.plantuml_text import label

_TEXT, _LINE, _BOX = "#444444", "#666666", "#2a6fb5"
"""The colours of what stands on the page, of arrows, and of containers."""
_SPACE = "<U+00A0>"
_SOLID = f"<s:{{colour}}>{_SPACE * 7}</s>"
_STROKES = {"solid": _SOLID, "dashed": " ".join("\N{EN DASH}" * 4), "dotted": "\N{MIDDLE DOT}" * 6}
"""What lines are written with: PlantUML draws none in a table."""


def kind_row(name: str, background: str) -> str:
    """The row of a kind of element, which is known by its colour."""
    return _row(name, f"<{background}>{_SPACE * 9}")


def style_row(tag: str, style: Style, *, arrow: bool) -> str:
    """The row of a tag: a box in its colours, or its line: that of an arrow or of a border."""
    ground = style.background
    if arrow or style.border or style.line:
        sample = f" {_stroke(style, arrow=arrow)} "
    elif style.text:
        # On the page nobody could read what is meant to be read on a box.
        ground, sample = ground or _BOX, f" <color:{style.text}>Abc</color> "
    else:
        sample = _SPACE * 9
    return _row(tag, f"<{ground}>{sample}" if ground else sample)


def _row(name: str, sample: str) -> str:
    return f"|{sample}|{_SPACE * 2}<color:{_TEXT}>{label(name)}</color>{_SPACE}|"


def _stroke(style: Style, *, arrow: bool) -> str:
    colour, line = style.border or _LINE, style.line or "solid"
    head = "\N{RIGHTWARDS ARROW}" if arrow else ""
    return f"<color:{colour}><b>{_STROKES[line].format(colour=colour)}{head}</b></color>"
