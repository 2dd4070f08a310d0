"""Write the JSON Schema of model files as tables in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archdoc.outputs.templates import environment

_NAMES = {
    "string": "text",
    "number": "number",
    "integer": "whole number",
    "boolean": "`true` or `false`",
    "object": "mapping",
    "array": "list",
}
_TITLE = "The document"
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class _Kind:
    """A mapping that stands somewhere in a model, and its keys."""

    title: str
    about: str
    keys: tuple[tuple[str, str, str], ...]
    """Key, what may stand there, what it means."""


def emit(schema: Mapping[str, Any]) -> bytes:
    """The page: a table for the document, and one for each kind of mapping in it."""
    kinds = [_kind(_TITLE, schema)]
    words = []
    for name, definition in schema["$defs"].items():
        form = next((f for f in definition.get("anyOf", ()) if "properties" in f), definition)
        if "properties" in form:
            kinds.append(_kind(_called(name), form))
        else:
            words.append((_called(name), _text(form.get("description", "")), _form(form)))
    return environment("keys").get_template("keys.md.j2").render(kinds=kinds, words=words).encode()


def _kind(title: str, form: Mapping[str, Any]) -> _Kind:
    keys = (
        (key, _form(value, key), _text(value.get("description", "")))
        for key, value in form["properties"].items()
    )
    return _Kind(title, form.get("description", ""), tuple(keys))


def _called(name: str) -> str:
    """`SoftwareSystem` → "Software system"."""
    return _WORD.sub(" ", name).capitalize()


def _form(value: Mapping[str, Any], key: str = "") -> str:
    """What may stand there, in words."""
    if key == "settings":
        return "mapping of [settings](kinds.md#settings) to their values"
    options = value.get("anyOf", [value])
    return " or ".join(dict.fromkeys(filter(None, map(_option, options))))


def _option(value: Mapping[str, Any]) -> str:
    if "$ref" in value:
        title = _called(value["$ref"].rpartition("/")[2])
        return f"[{title.lower()}](#{title.lower().replace(' ', '-')})"
    if "enum" in value:
        return ", ".join(f"`{word}`" for word in value["enum"])
    kinds = value.get("type", "object")
    kind = kinds[0] if isinstance(kinds, list) else kinds
    match kind:
        case "array":
            return f"list of {_form(value['items'])}" if value.get("items") else "list"
        case "object":
            return _mapping(value)
        case "string" if "https" in value.get("pattern", ""):
            return "address"
    # Nothing for null, which removes what is inherited.
    return _NAMES.get(kind, "") + _limits(value)


def _mapping(value: Mapping[str, Any]) -> str:
    for by, inner in _entries(value):
        if isinstance(inner, dict) and inner:
            return f"mapping of {by} to {_form(inner)}"
    known = ", ".join(f"`{key}`" for key in value.get("properties", ()))
    return f"mapping with {known}" if known else "mapping"


def _entries(value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from (("id", inner) for inner in value.get("patternProperties", {}).values())
    yield "name", value.get("additionalProperties")


def _limits(value: Mapping[str, Any]) -> str:
    low, high = value.get("minimum"), value.get("maximum")
    if low is not None and high is not None:
        return f" from {low} to {high}"
    return f", at least {low}" if low is not None else ""


def _text(text: str) -> str:
    """For a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")
