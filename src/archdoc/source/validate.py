"""From a tree to a `Model`, or to what is wrong with it in words that help."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from archdoc.model import Model, Path
from archdoc.report import Diagnostic, Span
from archdoc.source.tree import Tree

_FREE_FORM = "service"
"""The one key whose value is not ours: numbers in it are numbers, as Compose wants them."""


@dataclass(frozen=True, slots=True)
class Locations:
    """Where the values of a model were written."""

    tree: Tree

    def value(self, path: Path) -> Span:
        """Where a value stands, or the nearest thing around it that was written."""
        *_, last = self.tree.at(path)
        return last.span

    def key(self, path: Path) -> Span:
        """Where a value's key stands."""
        *_, parent = self.tree.at(path[:-1])
        return parent.keys.get(str(path[-1]), self.value(path)) if path else self.tree.span

    def word(self, path: Path, word: str) -> Span:
        """Where a word stands in the text of a value or of its key: one end of `a -> b: label`."""
        span = self.value(path)
        start = _find_word(span.text, word, span.column - 1)
        if start < 0:
            return span
        return Span(span.file, span.line, start + 1, start + 1 + len(word), span.text)


def validate(tree: Tree) -> tuple[Model | None, list[Diagnostic]]:
    """The model, or everything that its types find wrong, at once."""
    data = _data(tree)
    try:
        return Model.model_validate(data), []
    except ValidationError as error:
        locations = Locations(tree)
        return None, [_diagnostic(detail, locations) for detail in error.errors()]


def _data(tree: Tree) -> Any:
    """Plain data for pydantic; keys that begin with `x-` are the author's own, as in Compose."""
    if not isinstance(tree.value, dict):
        return tree.data()
    return {
        key: _containers_data(value)
        for key, value in tree.value.items()
        if not key.startswith("x-")
    }


def _containers_data(tree: Tree) -> Any:
    if isinstance(tree.value, dict):
        return {
            key: value.data(numbers=True) if key == _FREE_FORM else _containers_data(value)
            for key, value in tree.value.items()
        }
    return tree.data()


def _diagnostic(detail: ErrorDetails, locations: Locations) -> Diagnostic:
    path = tuple(part for part in detail["loc"] if part != "[key]")
    kind = detail["type"]
    if kind == "extra_forbidden":
        return _unknown_key(path, locations)
    if kind == "missing":
        message = f"`{path[-1]}` is missing"
        return Diagnostic("missing-key", message, span=locations.value(path), help="add it")
    span = locations.key(path) if "[key]" in detail["loc"] else locations.value(path)
    message = _message(detail)
    code = "wrong-type" if kind.endswith("_type") else "invalid-value"
    if "[key]" in detail["loc"]:
        message = f"`{path[-1]}` is not an id: use letters, digits, `_` and `-`"
        code = "invalid-id"
    elif path and isinstance(path[-1], str):
        message = f"`{path[-1]}`: {message}"
    return Diagnostic(code, message, span=span, help=_expected(detail))


def _message(detail: ErrorDetails) -> str:
    """What is wrong with a value, in our words where pydantic's are those of programmers."""
    context = detail.get("ctx", {})
    match detail["type"]:
        case "enum" | "literal_error":
            return f"`{detail['input']}` is not possible here"
        case "less_than_equal":
            return f"it is at most {context['le']}"
        case "greater_than_equal":
            return f"it is at least {context['ge']}"
        case kind if kind in _MESSAGES:
            empty = ", and it is empty" if detail["input"] is None else ""
            return _MESSAGES[kind] + empty
    return detail["msg"].removeprefix("Value error, ")


_MESSAGES = {
    "string_type": "a text is wanted here",
    "int_parsing": "a whole number is wanted here",
    "bool_parsing": "`true` or `false` is wanted here",
    "dict_type": "a mapping (`key: value`) is wanted here",
    "model_type": "a mapping (`key: value`) is wanted here",
    "tuple_type": "a list is wanted here",
    "list_type": "a list is wanted here",
}


def _expected(detail: ErrorDetails) -> str:
    expected = detail.get("ctx", {}).get("expected")
    if detail["input"] is None:
        return "give it a value, or leave the key out"
    if not expected:
        return ""
    close = difflib.get_close_matches(str(detail["input"]), re.findall(r"'([^']+)'", expected))
    return f"possible values: {expected}" + (f"; did you mean `{close[0]}`?" if close else "")


def _unknown_key(path: Path, locations: Locations) -> Diagnostic:
    key = str(path[-1])
    known = _keys_at(path[:-1])
    close = difflib.get_close_matches(key, known, n=1)
    return Diagnostic(
        "unknown-key",
        f"there is no key `{key}` here",
        span=locations.key(path),
        label=f"did you mean `{close[0]}`?" if close else "",
        help=f"keys in this place: {', '.join(known)}" if known else "",
    )


def _keys_at(path: Path) -> list[str]:
    """The keys that the model's types know at a path."""
    types: list[Any] = [Model]
    for part in path:
        types = [inner for kind in types for inner in _step(kind, part)]
    return sorted(
        {
            field.alias or name
            for kind in types
            if isinstance(kind, type) and issubclass(kind, BaseModel)
            for name, field in kind.model_fields.items()
        }
        | ({"extends"} if len(path) == 2 and path[0] == "environments" else set())
    )


def _step(kind: Any, part: str | int) -> list[Any]:
    """The types of what stands under one key of a type."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            if part in {name, field.alias}:
                return [field.annotation]
        return []
    inner = [argument for argument in get_args(kind) if argument is not Ellipsis]
    return inner[-1:]  # of dict[Id, X] and tuple[X, ...] alike, the last argument is X


def _find_word(text: str, word: str, start: int) -> int:
    """Where a whole word begins in a line; -1 where it does not stand there."""
    position = text.find(word, max(start, 0))
    while position >= 0:
        before = text[position - 1 : position] if position else ""
        after = text[position + len(word) : position + len(word) + 1]
        if not (before.isalnum() or before in {"_", "."}) and not (after.isalnum() or after == "_"):
            return position
        position = text.find(word, position + 1)
    return -1
