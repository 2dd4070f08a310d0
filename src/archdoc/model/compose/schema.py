"""What the Compose Specification's JSON Schema says of a value, in an author's words.

compose-spec.json is the schema of compose-go 2.9.1, which Docker Compose 2.40 judges files with
(github.com/compose-spec/compose-go, Apache License 2.0: see LICENSE-compose-spec).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from archdoc.model.base import Mistake
from archdoc.model.compose.interpolation import is_filled_in
from archdoc.model.compose.places import form_at
from archdoc.report import did_you_mean

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError, Validator

_TYPES = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "array": "a list",
    "object": "a mapping",
    "boolean": "`true` or `false`",
    "null": "nothing",
}
"""In the order in which they are named."""
_PATTERNS = {
    "container_name": "use letters, digits, `_`, `.` and `-`, at least two of them",
    "pull_policy": "possible values: always, never, build, missing, daily, weekly, every_12h",
}
"""What may be written where the schema has a pattern."""


def refused(part: str, value: Any) -> Iterator[Mistake]:
    """What the schema refuses in a value: `part` is one of its definitions, such as "service"."""
    try:
        errors = list(_validator(part).iter_errors(value))
    except ValueError as problem:  # a model built in Python may hold anything
        yield Mistake(f"this cannot be written in YAML: {problem}", code="wrong-type")
        return
    for error in errors:
        yield from _told(part, error, value)


@cache
def _schema() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("compose-spec.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


@cache
def _validator(part: str) -> Validator:
    from jsonschema_rs import Draft7Validator

    return Draft7Validator(
        {"$ref": f"#/definitions/{part}", "definitions": _schema()["definitions"]}
    )


def _told(part: str, error: ValidationError, value: Any) -> Iterator[Mistake]:
    """One error as mistakes; that of alternatives as those of the one that was meant."""
    from jsonschema_rs import ValidationErrorKind as Kind

    at = tuple(error.instance_path)
    match error.kind:
        case Kind.OneOfNotValid(context=branches) | Kind.AnyOf(context=branches):
            yield from _of_alternatives(part, branches, value, at)
        case Kind.AdditionalProperties(unexpected=keys):
            yield from (_unknown_key(part, at, key, _around(error)) for key in keys)
        case Kind.Enum() | Kind.Pattern() if is_filled_in(str(_at(value, at))):
            pass  # nobody knows yet
        case _:
            yield _one(part, error, at, _at(value, at))


def _one(part: str, error: ValidationError, at: tuple[str | int, ...], here: Any) -> Mistake:
    from jsonschema_rs import ValidationErrorKind as Kind

    name, said, help_ = _name(part, at), error.message, ""
    match error.kind:
        case Kind.Type(types=types):
            return _wrong_type(part, at, here, types)
        case Kind.UniqueItems():
            return _listed_twice(at, here)
        case Kind.Required(property=key):
            return Mistake(f"`{key}` is missing in {name}", "add it", at, code="missing-key")
        case Kind.Enum(options=options):
            said, words = f"`{_short(here)}` is not possible here", [str(word) for word in options]
            help_, label = f"possible values: {', '.join(words)}", did_you_mean(str(here), words)
            return Mistake(f"{name}: {said}", help_, at, label=label)
        case Kind.Pattern():
            said, help_ = f"`{_short(here)}` is not possible here", _PATTERNS.get(str(at[-1]), "")
        case Kind.Minimum(limit=least):
            said = f"it is at least {least}"
        case Kind.Maximum(limit=most):
            said = f"it is at most {most}"
    return Mistake(f"{name}: {said}", help_, at)


def _of_alternatives(
    part: str, branches: list[list[ValidationError]], value: Any, at: tuple[str | int, ...]
) -> Iterator[Mistake]:
    """The mistakes of the alternative whose type the value has; else what types are possible."""
    from jsonschema_rs import ValidationErrorKind as Kind

    types: list[str] = []
    for branch in branches:
        wrong = [
            error.kind.types
            for error in branch
            if isinstance(error.kind, Kind.Type) and tuple(error.instance_path) == at
        ]
        if not wrong:
            for error in branch:
                yield from _told(part, error, value)
            return
        types += wrong[0]
    yield _wrong_type(part, at, _at(value, at), types)


def _wrong_type(part: str, at: tuple[str | int, ...], here: Any, types: list[str]) -> Mistake:
    form = form_at(at) if part == "service" else None
    if here is None:
        said, help_ = "nothing", "give it a value, or leave the key out"
    else:
        said = f"`{str(here).lower()}`" if isinstance(here, bool) else _TYPES[_type_of(here)]
        help_ = form.help if form else _help(here, types)
    *others, last = [name for kind, name in _TYPES.items() if kind in types and kind != "null"]
    wanted = f"{', '.join(others)} or {last}" if others else last
    message = f"{_name(part, at)} takes {wanted}, and this is {said}"
    return Mistake(message, help_, at, code="wrong-type")


def _help(here: Any, types: list[str]) -> str:
    if isinstance(here, list | dict):
        return ""
    text = str(here).lower() if isinstance(here, bool) else str(here)
    if "string" in types:
        return f'write it in quotes: `"{text}"`'
    return f"write `[{text}]`" if "array" in types and len(text) < 60 and "\n" not in text else ""


def _type_of(value: Any) -> str:
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string", dict: "object"}
    return next((name for kind, name in kinds.items() if isinstance(value, kind)), "array")


def _unknown_key(part: str, at: tuple[str | int, ...], key: str, around: dict[str, Any]) -> Mistake:
    known = sorted(around.get("properties", ()))
    if not known:
        said = (
            f"`{key}` is not possible as a name in {_name(part, at)}" if key else "a name is empty"
        )
        help_ = "use letters, digits, `.`, `_` and `-`"
    elif not at:
        said, help_ = f"`{key}` is not a {part} key of the Compose Specification", ""
    else:
        said = f"there is no key `{key}` in {_name(part, at)}"
        help_ = f"keys in this place: {', '.join(known)}"
    label = did_you_mean(key, known)
    return Mistake(said, help_, (*at, key), on_key=True, label=label, code="unknown-key")


def _around(error: ValidationError) -> dict[str, Any]:
    """The part of the schema that an error's keyword stands in."""
    here: Any = _schema()
    for step in error.schema_path[:-1]:
        here = here[step]
    return here if isinstance(here, dict) else {}


def _listed_twice(at: tuple[str | int, ...], here: list[Any]) -> Mistake:
    number = next(n for n, item in enumerate(here) if item in here[:n])
    return Mistake(f"`{_short(here[number])}` is listed twice", "keep one of them", (*at, number))


def _name(part: str, at: tuple[str | int, ...]) -> str:
    """What a place is called: "`restart`", "an entry of `ports`"."""
    keys = [str(step) for step in at if isinstance(step, str)]
    if not keys:
        return f"a {part}"
    return f"an entry of `{keys[-1]}`" if isinstance(at[-1], int) else f"`{keys[-1]}`"


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _at(value: Any, at: tuple[str | int, ...]) -> Any:
    for step in at:
        value = value[step]
    return value
