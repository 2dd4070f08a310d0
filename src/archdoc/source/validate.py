"""From a tree to a `Model`, or to what is wrong with it in words that help."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from archdoc.model import Mistake, Model, Path
from archdoc.report import Diagnostic, did_you_mean
from archdoc.source.advice import hidden_keys, misshapen, mistakes_in
from archdoc.source.keys import keys_at
from archdoc.source.locations import Locations
from archdoc.source.tree import Tree

_ROUNDS = 20
"""How often values that are wrong are left out, before a model is given up."""

_PASSWORD = re.compile(r"(?<=://)[^/\s]+(?=@)")
"""A name and a password in an address."""


@dataclass(frozen=True, slots=True)
class Validated:
    """What came of a tree."""

    model: Model | None
    """None where so much is wrong that no model is left."""
    problems: tuple[Diagnostic, ...] = ()
    left_out: tuple[Path, ...] = ()
    """The values that are wrong, and so not in the model."""


def validate(tree: Tree, incomplete: Collection[Path] = ()) -> Validated:
    """The model, and everything that its types find wrong, at once.

    With problems, the model is what is left without the values that are wrong: enough to look for
    other mistakes in, and nothing to make outputs of. What is missing from what is `incomplete` has
    been reported already, as that of which it inherits.
    """
    data = _data(tree)
    locations = Locations(tree)
    problems: list[Diagnostic] = []
    left_out: list[Path] = []
    for _ in range(_ROUNDS):
        try:
            return Validated(Model.model_validate(data), tuple(problems), tuple(left_out))
        except ValidationError as error:
            details = mistakes_in(error)
            known = set(left_out)
            for detail in details:
                path = _path(detail)
                # What is missing only because it was left out has been reported already.
                if path not in known and not _follows(detail, path, known, incomplete):
                    problems.append(diagnostic_of(detail, locations))
            for detail in details:
                path = _path(detail)
                if detail["type"] == "mistake":
                    path += detail["ctx"]["mistake"].at[:1]
                gone = path[:-1] if detail["type"] == "missing" else path
                if not _leave_out(data, gone):
                    return Validated(None, tuple(problems))
                left_out.append(gone)
                if detail["type"] == "missing":
                    left_out.append(path)
    return Validated(None, tuple(problems))


def _follows(
    detail: ErrorDetails, path: Path, known: Collection[Path], incomplete: Collection[Path]
) -> bool:
    """Whether something is missing only because of another mistake, which has been reported."""
    lacks = detail.get("ctx", {}).get("lacks")
    if detail["type"] != "missing" and not lacks:
        return False
    if lacks == "*":
        return any(other[: len(path)] == path for other in known)
    needed = (*path, lacks) if lacks else path
    return needed[:-1] in incomplete or any(other[: len(needed)] == needed for other in known)


def _path(detail: ErrorDetails) -> Path:
    """Where in the document a mistake is; pydantic's own marks are no part of it."""
    return tuple(part for part in detail["loc"] if part != "[key]")


def _leave_out(data: Any, path: Path) -> bool:
    """Remove a value from the data; False where that cannot be done."""
    if not path:
        return False
    here = data
    for part in path[:-1]:
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            return True  # it is gone already, with something around it
    if isinstance(here, dict):
        here.pop(path[-1], None)
    elif isinstance(here, list) and isinstance(path[-1], int) and path[-1] < len(here):
        here[path[-1]] = None
    else:
        return True
    return True


def _data(tree: Tree) -> dict[str, Any]:
    """Plain data for pydantic.

    Keys of the document that begin with `x-` are the author's own, as in Compose. Numbers are text,
    as they were written, but for those of a `service`: there they are what Compose wants.
    """
    data = {k: v.data() for k, v in tree.entries.items() if not k.startswith("x-")}
    systems = tree.at("systems")
    for system_id, system in (systems.entries if systems is not None else {}).items():
        containers = system.at("containers")
        for id_, container in (containers.entries if containers is not None else {}).items():
            service = container.at("service")
            if service is not None:
                place = data["systems"][system_id]["containers"][id_]
                place["service"] = service.service()
    return data


def diagnostic_of(
    detail: ErrorDetails, locations: Locations, document: type[BaseModel] = Model
) -> Diagnostic:
    """What pydantic found in a document, in words for its author, at its place."""
    path = _path(detail)
    kind = detail["type"]
    if kind == "extra_forbidden":
        return _unknown_key(path, locations, detail["input"], document)
    if kind == "mistake":
        mistake: Mistake = detail["ctx"]["mistake"]
        place = (*path, *mistake.at)
        found = _at(place, locations, mistake.code, mistake.said, mistake.help)
        span = locations.key(place) if mistake.on_key else found.span
        return replace(found, span=span, label=mistake.label)
    shape = misshapen(kind, path, locations)
    if shape is not None:
        return _at(shape[0], locations, "wrong-type", shape[1], shape[2])
    if kind == "missing":
        message = f"`{path[-1]}` is missing"
        return _at(path, locations, "missing-key", message, "add it")
    if "[key]" in detail["loc"]:
        message = f"`{path[-1]}` is not an id: use letters, digits, `_` and `-`"
        help_ = "what people call it goes into `name`, which may be any text"
        return _at(path, locations, "invalid-id", message, help_)
    message = _message(detail)
    code = "wrong-type" if kind.endswith("_type") else "invalid-value"
    if kind in _WORDS and path[-1:] == ("kind",) and detail["input"] is not None:
        message = f"there is no kind `{_short(detail['input'])}`"
    elif path and isinstance(path[-1], str):
        message = f"`{path[-1]}`: {message}"
    return _at(path, locations, code, message, _expected(detail, path, document))


def _at(path: Path, locations: Locations, code: str, message: str, help_: str) -> Diagnostic:
    span = (locations.key if code == "invalid-id" else locations.value)(path)
    if span is not None and path[:1] == ("render",):
        span = replace(span, text=_PASSWORD.sub(lambda m: "*" * len(m[0]), span.text))
        help_ = _PASSWORD.sub("***", help_)
    subject = "" if span else ".".join(map(str, path))
    return Diagnostic(code, message, span=span, subject=subject, help=help_)


def _message(detail: ErrorDetails) -> str:
    """What is wrong with a value, in our words where pydantic's are those of programmers."""
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind in _MESSAGES:
        said = _MESSAGES[kind].format(value=_short(value), **context)
    elif kind == "string_pattern_mismatch":
        said = _pattern(str(context.get("pattern", "")), value)
    elif kind.endswith(("_type", "_parsing")):
        said = "this is not what is wanted here"
    else:
        said = str(detail["msg"]).removeprefix("Value error, ")
    return f"{said}, and it is empty" if value is None else said


_WORDS = {"enum", "literal_error"}

_MESSAGES = {
    "enum": "`{value}` is not possible here",
    "literal_error": "`{value}` is not possible here",
    "less_than_equal": "it is at most {le}",
    "greater_than_equal": "it is at least {ge}",
    "string_too_short": "it must not be empty",
    "too_short": "it must not be empty",
    "string_type": "a text is wanted here",
    "int_parsing": "a whole number is wanted here",
    "int_type": "a whole number is wanted here",
    "int_parsing_size": "a smaller number is wanted here",
    "int_from_float": "a whole number is wanted here",
    "bool_parsing": "`true` or `false` is wanted here",
    "bool_type": "`true` or `false` is wanted here",
    "dict_type": "a mapping (`key: value`) is wanted here",
    "model_type": "a mapping (`key: value`) is wanted here",
    "model_attributes_type": "a mapping (`key: value`) is wanted here",
    "tuple_type": "a list is wanted here",
    "list_type": "a list is wanted here",
    "recursion_loop": "it contains itself",
}

_PATTERNS = {
    "://": "`{}` is no address: write `https://…`, `http://…` or `mailto:…`",
    "0-9A-F": "`{}` is no colour: write red, green and blue as in `#2a6fb5`",
    "A-Za-z0-9_": "`{}` is not an id: use letters, digits, `_` and `-`",
    ":ro": "`{}` is no place to mount: write an absolute path, as in `/srv/media:ro`",
    "^/": "`{}` is no place in a container: write an absolute path without `:`",
}
"""What tells a pattern of the model's types from the others → what it is about."""


def _pattern(pattern: str, value: object) -> str:
    for part, message in _PATTERNS.items():
        if part in pattern:
            return message.format(_short(value))
    return f"`{_short(value)}` is not possible here"


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _expected(detail: ErrorDetails, path: Path, document: type[BaseModel]) -> str:
    if detail["input"] is None:
        return "give it a value, or leave the key out"
    expected = detail.get("ctx", {}).get("expected")
    if not expected:
        keys = hidden_keys(path, keys_at(path, document))
        return f"keys in this place: {', '.join(keys)}" if keys else ""
    words = [part.strip("'") for part in str(expected).replace(" or ", ", ").split(", ")]
    meant = did_you_mean(str(detail["input"]), words)
    return f"possible values: {', '.join(words)}" + (f"; {meant}" if meant else "")


def _unknown_key(
    path: Path, locations: Locations, value: object, document: type[BaseModel]
) -> Diagnostic:
    key, known = str(path[-1]), hidden_keys(path[:-1], keys_at(path[:-1], document))
    span = locations.key(path)
    help_ = f"keys in this place: {', '.join(known)}" if known else ""
    if value is None and re.search(r"\W", key.replace("-", "")):
        # `{scale: 20,000 a day}` is two keys, the second of them without a value.
        help_ = "is it the end of a text? Inside `{…}`, one with a comma must stand in quotes"
    return Diagnostic(
        "unknown-key",
        f"there is no key `{key}` here",
        span=span,
        subject="" if span else ".".join(map(str, path)),
        label=did_you_mean("in" if key == "group" and "in" in known else key, known),
        help=help_,
    )
