"""Text must be readable on its background."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model
from archdoc.report import Severity
from archdoc.rules.base import Finding, Rule

_ENOUGH = 4.5
"""The contrast that text needs (WCAG 2.2, success criterion 1.4.3, level AA)."""
_TEXT = "#ffffff"
"""What C4-PlantUML writes in boxes with, unless a style says otherwise."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _check(model: Model) -> Iterator[Finding]:
    for tag, style in model.styles.items():
        if style.background is None:
            continue
        text = style.text or _TEXT
        ratio = contrast(style.background, text)
        if ratio < _ENOUGH:
            yield Finding(
                ("styles", tag, "background"),
                f"text in {text} on {style.background} has a contrast of {ratio:.1f}, "
                f"and needs {_ENOUGH}",
                help="choose a darker background, or give a `text:` colour",
            )


RULE = Rule(
    name="unreadable-style",
    code="A406",
    summary="A style's text has too little contrast with its background.",
    why="Many people cannot read it, and nobody can on a projector.",
    example='styles:\n  legacy: {background: "#dddddd"}     # the text is white',
    fix="Choose a darker background, or a dark `text:`.",
    check=_check,
    severity=Severity.WARNING,
)
