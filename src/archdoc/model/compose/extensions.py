"""Names in mappings that Compose takes otherwise than they look.

Those that begin with `x-` are extensions to it, which it takes out; and it fills in no variables.

Source: Docker Compose 2.40 (compose-go 2.9.1, `processExtensions`), which spares the names of
services, volumes, networks and secrets at the top, and those in `depends_on`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archdoc.model.base import Mistake
from archdoc.model.compose.interpolation import variables_in

_MAY_BE_LISTS = (
    *(("environment",), ("labels",), ("annotations",), ("sysctls",), ("extra_hosts",)),
    *(("build", "args"), ("build", "labels"), ("build", "extra_hosts"), ("deploy", "labels")),
)
_MAPPINGS = (
    *(("networks",), ("storage_opt",), ("driver_opts",)),
    *(("logging", "options"), ("build", "additional_contexts")),
)


def is_extension(name: str) -> bool:
    """Whether Compose takes a key for an extension."""
    return name.startswith("x-")


def lost_names(part: dict[str, Any]) -> Iterator[Mistake]:
    """Every name that Compose would lose in a service, a volume or a network, or not fill in."""
    for place in (*_MAY_BE_LISTS, *_MAPPINGS):
        said = _at(part, place)
        if isinstance(said, dict):
            for key in filter(is_extension, map(str, said)):
                yield _mistake(place, key, key)
            for key in (key for key in map(str, said) if any(variables_in(key))):
                yield _unfilled(place, key)
    networks = part.get("networks")
    for number, name in enumerate(networks if isinstance(networks, list) else ()):
        if is_extension(str(name)):
            yield _mistake(("networks",), str(name), number)


def _mistake(place: tuple[str, ...], name: str, at: str | int) -> Mistake:
    said = f"Compose takes `{name}` for an extension, as all that begins with `x-`, and loses it"
    if place in _MAY_BE_LISTS:
        help_ = f"write `{place[-1]}` as a list: `[{name}=…]`"
    else:
        help_ = "let its name begin otherwise"
    return Mistake(said, help_, (*place, at), on_key=isinstance(at, str))


def _unfilled(place: tuple[str, ...], name: str) -> Mistake:
    said = f"`{name}` is a name in a mapping, where Compose fills in no variables"
    if place in _MAY_BE_LISTS:
        help_ = f'write `{place[-1]}` as a list: `["{name}=…"]`'
    else:
        help_ = "write the name itself"
    return Mistake(said, help_, (*place, name), on_key=True)


def _at(part: Any, place: tuple[str, ...]) -> Any:
    for key in place:
        part = part.get(key) if isinstance(part, dict) else None
    return part
