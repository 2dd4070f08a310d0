"""Hold what an author wrote in Compose's words against all that Compose would refuse."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from archdoc.model.base import Mistake, mistakes
from archdoc.model.compose.empty import refused_when_empty
from archdoc.model.compose.engine_parts import refused_network, refused_volume
from archdoc.model.compose.engine_together import refused_by_engine
from archdoc.model.compose.extensions import lost_names
from archdoc.model.compose.interpolation import broken_variable, has_placeholder, when_unset
from archdoc.model.compose.places import NETWORK, SERVICE, Forms, misfits, wants_number
from archdoc.model.compose.schema import refused
from archdoc.model.compose.together import contradictions, not_ours


def check_service(service: dict[str, Any]) -> dict[str, Any]:
    """The same service; raises all that Compose would refuse as one error of pydantic's."""
    if found := mistakes_in(service):
        raise mistakes(found)
    return dict(_as_written(service))


def _as_written(value: Any, path: tuple[str | int, ...] = ()) -> Any:
    """A service whose numbers are texts where any text may stand, as a model's file has them.

    Compose would write `1.0` as 1 there, and each reader of YAML a large number as it likes.
    """
    if isinstance(value, dict):
        return {key: _as_written(inner, (*path, key)) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_written(inner, (*path, number)) for number, inner in enumerate(value)]
    is_exact = not isinstance(value, float) and (not isinstance(value, int) or abs(value) < 2**63)
    return value if is_exact or wants_number(path) else str(value)


def check_volume(options: dict[str, Any]) -> dict[str, Any]:
    """The same options of a volume; raises as `check_service`."""
    return _checked("volume", options)


def check_network(options: dict[str, Any]) -> dict[str, Any]:
    """The same options of a network; raises as `check_service`."""
    return _checked("network", options)


def mistakes_in(service: dict[str, Any]) -> list[Mistake]:
    """All that Compose would refuse in a service, each place once.

    Variables are filled in with their defaults, as Compose does before it looks at a value. What a
    placeholder of archdoc's fills in is not known: hold the rendered service against this, too.
    """
    if not service:
        return []
    found: dict[tuple[str | int, ...], Mistake] = {}
    for mistake in _all(service):
        found.setdefault(mistake.at, mistake)
    misspelt = {mistake.at[:-1] for mistake in found.values() if mistake.code == "unknown-key"}
    return [m for m in found.values() if m.code != "missing-key" or m.at not in misspelt]


def _all(service: dict[str, Any]) -> Iterator[Mistake]:
    yield from _variables(service)
    yield from _refused(when_unset(service))
    yield from refused_when_empty(service, _refused)


def _refused(filled: dict[str, Any]) -> Iterator[Mistake]:
    yield from refused("service", filled)
    yield from _misfits(filled, SERVICE)
    yield from contradictions(filled)
    yield from refused_by_engine(filled)
    yield from lost_names(filled)


def _misfits(options: dict[str, Any], forms: Forms) -> Iterator[Mistake]:
    for at, value, form in misfits(options, forms):
        said, why = str(value), form.why_not(value)
        said = said if len(said) <= 60 else f"{said[:59]}…"
        key = next(str(part) for part in reversed(at) if isinstance(part, str))
        message = f"`{key}`: `{said}` is not {form.name}{f': {why}' if why else ''}"
        yield Mistake(message, form.help, at)


def _checked(part: str, options: dict[str, Any]) -> dict[str, Any]:
    def refused_(options: dict[str, Any]) -> Iterator[Mistake]:
        yield from refused(part, options)
        yield from _misfits(options, NETWORK) if part == "network" else ()
        yield from not_ours(part, options)
        yield from lost_names(options)
        yield from (refused_network if part == "network" else refused_volume)(options)

    found: dict[tuple[str | int, ...], Mistake] = {}
    wrong = (refused_(options), _variables(options), refused_when_empty(options, refused_))
    for mistake in chain(*wrong) if options else ():
        found.setdefault(mistake.at, mistake)
    if found:
        raise mistakes([*found.values()])
    return options


def _variables(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[Mistake]:
    """Variables that Compose cannot read, in every text; it fills in values, and never keys."""
    if isinstance(value, dict | list):
        for part, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _variables(inner, (*at, part))
        return
    if not isinstance(value, str) or has_placeholder(value):
        return
    if broken := broken_variable(value):
        said = broken if len(broken) <= 60 else f"{broken[:59]}…"
        yield Mistake(
            f"`{said}` is no variable that Compose can read",
            "write `${NAME}` or `${NAME:-default}`, and `$$` for a dollar sign",
            at,
        )
