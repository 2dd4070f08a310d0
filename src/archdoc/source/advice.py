"""What to write instead of what has the wrong form, and pydantic's errors as authors see them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from archdoc.model import Path
from archdoc.source.locations import Locations

_MEMBER = re.compile(r"(?:literal|str-enum)\[")
"""How pydantic calls the members of a union."""
_OF_LISTS = {"rank": "rows", "near": "pairs"}
_PAIR = {"missing", "too_long"}
_IN_PYTHON = {"id", "usual"}
"""Keys of selectors that have a short form, which is the one that is documented."""


def hidden_keys(path: Path, keys: Sequence[str]) -> list[str]:
    """Those keys of a place that authors write."""
    is_selector = len(path) == 4 and path[2] in {"include", "exclude"}
    return [key for key in keys if not (is_selector and key in _IN_PYTHON)]


def mistakes_in(error: ValidationError) -> list[ErrorDetails]:
    """What pydantic found, mistake by mistake, each at its own place."""
    return _one_by_one(_in_one_place(error.errors(include_url=False)))


def _in_one_place(details: Iterable[ErrorDetails]) -> list[ErrorDetails]:
    """The same errors, where those of a union's members are one, which names all that fits."""
    found: dict[tuple[Any, ...], ErrorDetails] = {}
    for number, detail in enumerate(details):
        loc = tuple(part for part in detail["loc"] if not _MEMBER.match(str(part)))
        if len(loc) == len(detail["loc"]):
            found[loc, number] = detail
            continue
        first = found.setdefault((loc,), detail | {"loc": loc, "ctx": {"expected": ""}})
        words = (first["ctx"]["expected"], detail.get("ctx", {}).get("expected", ""))
        first["ctx"] = {"expected": " or ".join(filter(None, words))}
    return list(found.values())


def _one_by_one(details: Iterable[ErrorDetails]) -> list[ErrorDetails]:
    """The same errors, where one that says several mistakes is one for each of them."""
    found: list[ErrorDetails] = []
    for detail in details:
        if detail["type"] != "mistakes":
            found.append(detail)
            continue
        for mistake in detail["ctx"]["all"]:
            context = {"mistake": mistake, "lacks": mistake.lacks}
            found.append(detail | {"type": "mistake", "ctx": context})
    return found


_Advice = tuple[Path, str, str]
"""Where a mistake is, what is wrong, and what to write instead."""


def misshapen(kind: str, path: Path, locations: Locations) -> _Advice | None:
    """Where a list is of the wrong form, what is wrong, and what to write; None for the rest."""
    if path[:1] == ("views",) and len(path) > 3 and path[2] in _OF_LISTS:
        found = _misshapen_hint(kind, path, locations)
        if found is not None:
            return found
    said = _data(path, locations)
    name = f"`{path[-1]}`: " if path and isinstance(path[-1], str) else ""
    if kind in {"tuple_type", "list_type"} and said is not None:
        return path, f"{name}a list is wanted here", f"write `[{_flow(said)}]`"
    if kind == "string_type" and isinstance(said, list) and said:
        help_ = f"write `{_flow(said[0])}`" if name else f"write `{_flow(said)}` alone"
        return path, f"{name}a text is wanted here, and this is a list", help_
    return None


def _misshapen_hint(kind: str, path: Path, locations: Locations) -> _Advice | None:
    """The same of `rank` and `near`, which are lists of lists."""
    key = str(path[2])
    if key == "near" and kind in _PAIR:
        return path[:4], "a pair names two elements", "write `[[web, db]]`, one `[…]` a pair"
    said = _data(path[:3], locations)
    if kind != "tuple_type" or len(path) != 4 or not isinstance(said, list):
        return None
    mixed = any(isinstance(item, list) for item in said)
    lists = [item if isinstance(item, list) else [item] for item in said] if mixed else [said]
    return path[:3], f"`{key}` is a list of {_OF_LISTS[key]}", f"write `{_flow(lists)}`"


def _data(path: Path, locations: Locations) -> Any:
    if locations.tree is None:
        return None
    *_, last = locations.tree.along(path)
    return last.data()


def _flow(value: Any) -> str:
    """A short value on one line, as YAML."""
    if isinstance(value, dict):
        text = f"{{{', '.join(f'{key}: {_flow(inner)}' for key, inner in value.items())}}}"
    elif isinstance(value, list):
        text = f"[{', '.join(map(_flow, value))}]"
    else:
        text = str(value)
    return text if len(text) <= 60 else "…"
