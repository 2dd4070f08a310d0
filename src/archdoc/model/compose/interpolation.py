"""Compose's variables in texts: `$NAME`, `${NAME}`, `${NAME:-default}`.

Source: the Compose Specification, "Interpolation"; where it is silent, Docker Compose 2.40.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_DEFAULT = re.compile(rf"{_NAME.pattern}:?-")
_OPERATOR = re.compile(r":?[-+?]")


@dataclass(frozen=True, slots=True)
class VariableUse:
    """A variable where a text uses it."""

    name: str
    operator: str = ""
    """`:-` or `-` before a default, `:?` or `?` before what is said where it is not set, and `:+`
    or `+` before what stands in its place; or nothing."""
    operand: str = ""
    """What stands after that."""


def has_placeholder(text: str) -> bool:
    """Whether archdoc fills something in before Compose reads a text."""
    return "{{" in text or "{%" in text or "{#" in text


def is_filled_in(text: str) -> bool:
    """Whether something of a text is known only later: a placeholder, or a variable."""
    return has_placeholder(text) or "$" in text.replace("$$", "")


def broken_variable(text: str) -> str | None:
    """The first variable in a text that Compose refuses, to the end of it; None: all are well.

    A `$` that begins no variable stands for itself.
    """
    start = text.find("$")
    while 0 <= start < len(text) - 1:
        if text[start + 1] != "{":
            start = text.find("$", start + (2 if text[start + 1] == "$" else 1))
            continue
        end = _closing(text, start)
        if end < 0:
            return text[start:]
        inner = text[start + 2 : end]
        name = _NAME.match(inner)
        operator = _OPERATOR.match(inner, name.end()) if name else None
        if name is None or "\n" in inner or (operator is None and name.end() < len(inner)):
            return text[start : end + 1]
        if operator and (broken := broken_variable(inner[operator.end() :])):
            return broken
        start = text.find("$", end + 1)
    return None


def variables_in(text: str) -> Iterator[VariableUse]:
    """Every variable that Compose fills in, those within defaults and messages included."""
    position = 0
    while (start := text.find("$", position)) >= 0:
        position = start + (2 if text.startswith("$$", start) else 1)
        is_braced = text.startswith("${", start)
        name = _NAME.match(text, start + 2 if is_braced else start + 1)
        if name is None:
            continue
        position, end = name.end(), _closing(text, start) if is_braced else -1
        operator = _OPERATOR.match(text, position, end) if end >= 0 else None
        if operator is None:
            yield VariableUse(name[0])
            continue
        operand, position = text[operator.end() : end], end + 1
        yield VariableUse(name[0], operator[0], operand)
        yield from variables_in(operand)


def by_default(text: str) -> str:
    """A text with the defaults of its variables; those without one stay."""
    found: list[str] = []
    position = 0
    while (start := text.find("${", position)) >= 0 and (end := _closing(text, start)) >= 0:
        default = _DEFAULT.match(text, start + 2, end)
        found.append(text[position:start])
        found.append(by_default(text[default.end() : end]) if default else text[start : end + 1])
        position = end + 1
    return "".join([*found, text[position:]])


def when_unset(value: Any) -> Any:
    """The same of every text in a nested value, but of those that archdoc fills in before."""
    match value:
        case str():
            return value if has_placeholder(value) else by_default(value)
        case list():
            return [when_unset(item) for item in value]
        case dict():
            return {key: when_unset(item) for key, item in value.items()}
    return value


def without_empty(text: str, is_set: Callable[[str], bool]) -> str:
    """A text with the defaults of its variables, and nothing in place of those without one.

    What Compose asks for stays, and so does what `is_set` anyway.
    """
    found: list[str] = []
    position = 0
    while (start := text.find("$", position)) >= 0:
        found.append(text[position:start])
        is_braced = text.startswith("${", start)
        name = _NAME.match(text, start + 2 if is_braced else start + 1)
        end = _closing(text, start) + 1 if is_braced else name.end() if name else 0
        if name is None or end == 0:  # a `$` for itself, or `$$`
            position = min(start + 2, len(text)) if text.startswith("$$", start) else start + 1
            found.append(text[start:position])
            continue
        [use, *_] = variables_in(text[start:end])
        position = end
        if use.operator in {":-", "-"}:
            found.append(without_empty(use.operand, is_set))
        elif use.operator in {":?", "?"} or is_set(use.name):
            found.append(text[start:end])
    return "".join([*found, text[position:]])


def shown(text: str) -> str:
    """What a program sees of a text: `$` for `$$`, and a word for each variable in it."""
    found: list[str] = []
    position = 0
    while (start := text.find("$", position)) >= 0:
        found.append(text[position:start])
        after = text[start + 1 : start + 2]
        name = _NAME.match(text, start + 1)
        end = _closing(text, start) if after == "{" else -1
        if after == "$":
            position = start + 2
        elif end >= 0 or name:
            position = end + 1 if end >= 0 else name.end() if name else start + 1
            found.append("value")
            continue
        else:
            position = start + 1
        found.append("$")
    return "".join([*found, text[position:]])


def _closing(text: str, start: int) -> int:
    """Where the brace stands that closes the variable that begins at `start`; -1: nowhere."""
    depth = 0
    position = start
    while position < len(text):
        if text.startswith("${", position):
            depth += 1
            position += 1
        elif text[position] == "}":
            depth -= 1
            if depth == 0:
                return position
        position += 1
    return -1
