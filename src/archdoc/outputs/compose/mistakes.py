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

_BRACES = (
    "braces that are meant as they are, such as Docker's `{{.Name}}`, are written "
    "`{% raw %}{{.Name}}{% endraw %}`"
)
_COUNT = "a port is a text: count with `X.port|int`, and join texts with `~`"
_PLAIN_WORDS = tuple(
    (re.compile(said), message, help_)
    for said, message, help_ in (
        (r"unexpected '(.+)'", r"`\1` is not expected here", _BRACES),
        (r"expected token '(.+)', got '(.+)'", r"`\2` stands where `\1` should", _BRACES),
        (r"(?s)can only concatenate .*", "a text and something else cannot be added", _COUNT),
        (
            r"unsupported operand type\(s\) for (\S+):.*",
            r"`\1` does not work with these two kinds of values",
            _COUNT,
        ),
        (
            r"bad operand type for unary (\S+): .*",
            r"`\1` does not work with this kind of value",
            _COUNT,
        ),
        (
            r"'str' object cannot be interpreted as an integer",
            "a number is expected, and this is a text",
            _COUNT,
        ),
        (
            r"'(\S+)' not supported between instances of .*",
            r"`\1` cannot compare a text with a number",
            _COUNT,
        ),
        (r"'(?:\w+ object|\w+)' has no attribute '(\w+)'", r"there is no `\1` in this value", ""),
        (
            r"(other templates cannot be read here)",
            r"\1",
            "each file stands for itself: write here what the other says",
        ),
    )
)
"""What Jinja2 and Python say → what it means, and what to do."""


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
    message, help_ = _in_plain_words(text)
    if not help_ and hasattr(error, "lineno"):
        help_ = _BRACES
    return Mistake(message or type(error).__name__, help_, line=line)


def _in_plain_words(text: str) -> tuple[str, str]:
    """What Jinja2 and Python say, and what to do about it where that is known."""
    for said, message, help_ in _PLAIN_WORDS:
        if found := said.fullmatch(text):
            return found.expand(message), help_
    return text, ""


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
