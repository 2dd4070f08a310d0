"""What is wrong with a template, in words, from what Jinja2 and Python say."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archdoc.outputs.compose.budget import TooMuchError
from archdoc.outputs.compose.errors import WrongPlaceholderError
from archdoc.report import did_you_mean

# What compiling and working out a text may raise: `1/0`, `"a" + 1`, a hundred brackets, …
MISTAKES = (
    WrongPlaceholderError, TooMuchError, ArithmeticError, AssertionError, AttributeError,
    LookupError, MemoryError, RuntimeError, SyntaxError, TypeError, ValueError,
)  # fmt: skip
_FRAME = "<template>"
"""What Jinja2 calls the file of a template in tracebacks."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong with a text."""

    message: str
    help: str = ""
    word: str = ""
    """The word that it is about, where there is one."""
    line: int = 1
    """Where it stands in the text, from 1."""


def mistake(error: Exception, names: Sequence[str]) -> Mistake:
    """What an exception means; `names` are those that a placeholder can begin with."""
    line = _line(error)
    if isinstance(error, WrongPlaceholderError):
        return Mistake(str(error), error.help, error.word, line)
    if isinstance(error, TooMuchError):
        help_ = "let it repeat less; what it needs can be written into the model"
        return Mistake(str(error), help_, line=line)
    if isinstance(error, RecursionError | MemoryError):
        return Mistake("it is nested too deeply", "write it in several steps", line=line)
    text = str(error).rstrip(".")
    if found := re.fullmatch(r"'(\w+)' is undefined", text):
        word = found[1]
        return Mistake(f"`{word}` means nothing", _choose(word, names), word, line)
    if found := re.fullmatch(r"No (filter|test) named '(.*)'", text, re.DOTALL):
        from archdoc.outputs.compose.sandbox import FILTERS

        help_ = _choose(found[2], FILTERS) if found[1] == "filter" else ""
        return Mistake(f"there is no {found[1]} `{found[2]}` here", help_, found[2], line)
    return Mistake(text or type(error).__name__, line=line)


def _choose(word: str, known: Iterable[str]) -> str:
    names = [*known]
    shown = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    return f"{did_you_mean(word, names)} there are: {shown}".strip()


def _line(error: Exception) -> int:
    """The line of the text: Jinja2 says it of its syntax, and puts it into tracebacks otherwise."""
    said = getattr(error, "lineno", None)
    if isinstance(said, int) and not isinstance(error, SyntaxError):
        return said
    frames = traceback.walk_tb(error.__traceback__)
    lines = [number for frame, number in frames if frame.f_code.co_filename == _FRAME]
    return lines[-1] if lines else 1
