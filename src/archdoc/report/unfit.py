"""Values that are not as a reader expects them, told without the words of Python."""

from __future__ import annotations

UNFIT = (AttributeError, LookupError, TypeError, ArithmeticError, RecursionError)
"""What comes of values where others are expected."""


def unfit(what: str, error: Exception) -> ValueError:
    """What to raise in place of one of these: that something is not `what`, and why."""
    match error:
        case KeyError():
            why = f"it does not say `{error.args[0]}` where it should"
        case RecursionError():
            why = "it is nested too deeply"
        case _:
            why = "something else stands where a value, a list or a mapping should"
    return ValueError(f"not {what}: {why}")
