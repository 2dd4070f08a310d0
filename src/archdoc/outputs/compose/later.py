"""Values that are known only when a project starts: a template can insert them, and no more.

What stands for one in a compose file is `${PASSWORD:?…}`. Whatever looked at that text, or changed
it, would work on these letters, and not on the password.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from jinja2.runtime import Context

from archdoc.outputs.compose.errors import WrongPlaceholderError

LATER = "what comes later"
"""What a context calls them; no template can write a name with a space."""
_INSERT = frozenset({"cycle", "d", "default", "string"})
"""Filters and methods that put values somewhere as they are."""
_ARRANGE = frozenset(
    {"batch", "count", "first", "get", "items", "keys", "last", "length", "list", "reverse",
     "slice", "values"}
)  # fmt: skip
"""Those that look at a list or a mapping, and not at what is in it."""


def refuse_later(context: Context, done: str, value: Any) -> None:
    """Raise WrongPlaceholderError where a value that is not known yet is in `value`.

    Lists and mappings are looked through: they have to have been weighed before.
    """
    later: Mapping[str, str] = context[LATER]
    if later:
        _look(later, done, value)


def refuse_later_of(context: Context, name: str, value: Any, arguments: list[Any]) -> None:
    """The same for a filter or a method of that name."""
    done = f"given to `{name}`"
    if name in {"d", "default"} and any(argument is True for argument in arguments):
        refuse_later(context, "asked whether it is empty", value)
    elif name == "join":  # `x|join(', ')` or `', '.join(x)`: one of them is a text that joins
        joined = [value, *arguments]
        if all(isinstance(text, str) for text in joined):
            refuse_later(context, done, joined)
    elif name in _ARRANGE:
        refuse_later(context, done, [value if isinstance(value, str) else "", *arguments])
    elif name not in _INSERT:
        refuse_later(context, done, [value, *arguments])


def _look(later: Mapping[str, str], done: str, value: Any) -> None:
    if isinstance(value, str):
        for expression, placeholder in later.items():
            if expression in value:
                _refuse(placeholder, done)
    elif isinstance(value, list | tuple):
        for item in value:
            _look(later, done, item)
    elif isinstance(value, dict):
        _look(later, done, [*value, *value.values()])


def _refuse(placeholder: str, done: str) -> NoReturn:
    raise WrongPlaceholderError(
        f"`{placeholder}` is known only when the project starts: it cannot be {done}",
        f"insert it as it is (`{{{{ {placeholder} }}}}`), and let the container do the rest",
        placeholder,
    )
