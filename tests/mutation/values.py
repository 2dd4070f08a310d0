"""Documents of nested values (compose files, model.json, a search index) with one of them wrong."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from mutation.mutant import Mutant, has_number, other_number, other_words

_Path = tuple[str | int, ...]
Named = Callable[[_Path], str]
"""What a kind of mistake is called: the key that it is under."""


def mutants(
    output: str, path: str, document: Any, write: Callable[[Any], bytes], named: Named
) -> Iterator[Mutant]:
    """Every value changed, every entry dropped, every key that is a name renamed."""
    for place, value in _walk(document, ()):
        what = named(place)
        for how, change in _changes(place, value):
            make = partial(_made, document, place, change, write)
            yield Mutant(output, f"{what} {how}", path, f"{_said(place)} = {value!r:.80}", make)


def _walk(value: Any, place: _Path) -> Iterator[tuple[_Path, Any]]:
    if place:
        yield place, value
    entries: Any = ()
    if isinstance(value, dict):
        entries = value.items()
    elif isinstance(value, list):
        entries = enumerate(value)
    for key, inner in entries:
        yield from _walk(inner, (*place, key))


_GONE = object()


def _changes(place: _Path, value: Any) -> Iterator[tuple[str, Any]]:
    yield "dropped", _GONE
    match value:
        case bool():
            yield "flipped", not value
        case int():
            yield "changed", value + 1
        case str() if any(letter.isalnum() for letter in value):
            yield "changed", other_words(value)
            if has_number(value):
                yield "number changed", other_number(value)
        case str() if not value.strip():
            yield "invented", "x"
        case None:
            yield "invented", "x"


def _made(document: Any, place: _Path, change: Any, write: Callable[[Any], bytes]) -> bytes:
    spoiled = copy.deepcopy(document)
    around = spoiled
    for key in place[:-1]:
        around = around[key]
    if change is _GONE:
        del around[place[-1]]
    else:
        around[place[-1]] = change
    return write(spoiled)


def _said(place: _Path) -> str:
    return ".".join(map(str, place))
