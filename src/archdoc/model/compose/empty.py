"""What becomes of a service where a variable of its is empty, as a copied `.env.example` leaves it.

Compose warns of a variable that nobody set, and goes on with an empty text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from archdoc.model.base import Mistake
from archdoc.model.compose.interpolation import has_placeholder, shown, variables_in, without_empty
from archdoc.model.variables import is_set_elsewhere

_At = tuple[str | int, ...]
_GONE = {"", ":+", "+"}
"""How a variable is used of which nothing is left where it is empty."""


def when_empty(value: Any) -> Any:
    """A nested value with the defaults of its variables, and without those that have none.

    Those that have to be set stay, and so do those of shells and of Docker, which are.
    """
    match value:
        case str():
            return value if has_placeholder(value) else without_empty(value, is_set_elsewhere)
        case list():
            return [when_empty(item) for item in value]
        case dict():
            return {key: when_empty(item) for key, item in value.items()}
    return value


def refused_when_empty(
    written: dict[str, Any], refused: Callable[[dict[str, Any]], Iterable[Mistake]]
) -> Iterator[Mistake]:
    """What is wrong only where a variable without a default is empty: it needs one, or a value."""
    if not _emptied(written):
        return
    for mistake in refused(when_empty(written)):
        if name := next(iter(_emptied(_at(written, mistake.at))), ""):
            said = f"{mistake.said}, where `{name}` is empty"
            yield replace(mistake, said=said, help=_help(name), code="invalid-value", label="")
    for at, said in _harms(written):
        if name := next(iter(_emptied(_at(written, at))), ""):
            yield Mistake(f"{said}, where `{name}` is empty", _help(name), at)


def _help(name: str) -> str:
    return (
        f"write `${{{name}:?set {name} in .env}}`, so that Compose asks for it, or give it a "
        f"default, `${{{name}:-…}}`"
    )


def _emptied(value: Any) -> list[str]:
    """The names of all variables in a nested value that may be empty."""
    if isinstance(value, list | dict):
        inner = value.values() if isinstance(value, dict) else value
        return [name for item in inner for name in _emptied(item)]
    if not isinstance(value, str) or has_placeholder(value):
        return []
    uses = (use for use in variables_in(value) if use.operator in _GONE)
    return [use.name for use in uses if not is_set_elsewhere(use.name)]


def _at(value: Any, path: _At) -> Any:
    for part in path:
        value = value[part]
    return value


def _harms(service: dict[str, Any]) -> Iterator[tuple[_At, str]]:
    """Where nobody refuses an empty text, which is something else than its author had in mind."""
    if "user" in service and not _first(service["user"]):
        yield ("user",), "`user` is that of the image, often root"
    for number, port in _texts(service, "ports"):
        if port.startswith((":", "[]:")) and port.count(":") > 1:
            yield ("ports", number), "the port is published on all addresses of the machine"
    for number, volume in _texts(service, "volumes"):
        if volume.startswith("/") and not _source(service["volumes"][number]).startswith("/"):
            yield ("volumes", number), f"`{_first(volume)}` of the machine is mounted"


def _texts(service: dict[str, Any], key: str) -> Iterator[tuple[int, str]]:
    """Each entry of a list in its short form; of a mount in its long one, what is mounted."""
    entries = service.get(key)
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        yield number, shown(when_empty(_source(entry)))


def _source(entry: Any) -> str:
    return str(entry.get("source", "") if isinstance(entry, dict) else entry)


def _first(value: Any) -> str:
    return shown(str(when_empty(value))).partition(":")[0]
