"""What several checks ask of single values of a service: where they are, and how much they say."""

from __future__ import annotations

from typing import Any

from archdoc.model.compose.forms import bytes_of
from archdoc.model.compose.interpolation import is_filled_in


def at(value: Any, *keys: str) -> Any:
    """What stands at the end of some keys; None where one is missing."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def is_known(value: Any) -> bool:
    """Whether it is a plain value, with nothing to be filled in."""
    if isinstance(value, str):
        return not is_filled_in(value)
    return isinstance(value, int | float)


def amount(value: Any) -> float | None:
    """What limits and numbers are compared by. A number is one of bytes, too."""
    return bytes_of(value)


def known_amount(value: Any) -> float | None:
    """The same, where nothing is to be filled in."""
    return amount(value) if is_known(value) else None
