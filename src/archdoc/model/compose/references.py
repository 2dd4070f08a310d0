"""Where a service names other services of its project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from archdoc.model.compose.interpolation import is_filled_in, when_unset

FINISHED = "service_completed_successfully"
"""The condition of `depends_on` that a job fulfils by ending."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One service that another one names."""

    name: str
    at: tuple[str | int, ...]
    """Where in the service."""
    on_key: bool = False
    """It is a key there, not a value."""
    why: Literal["start", "build", "extend"] = "start"
    """Whether the other one has to run first, to be built first, or says what this one is."""
    optional: bool = False
    """Whether the other one may be missing (`required: false`)."""
    condition: str = "service_started"


def references_in(service: dict[str, Any]) -> Iterator[Reference]:
    """Every service that one names, as Compose reads it; what is filled in later is not known."""
    yield from (ref for ref in _all(service) if ref.name and not is_filled_in(ref.name))


def _all(service: dict[str, Any]) -> Iterator[Reference]:
    depends = service.get("depends_on") or ()
    for number, name in enumerate(depends):
        if isinstance(depends, dict):
            said = depends[name] if isinstance(depends[name], dict) else {}
            yield Reference(
                name,
                ("depends_on", name),
                on_key=True,
                optional=said.get("required") is False,
                condition=str(said.get("condition", "")),
            )
        else:
            yield Reference(str(name), ("depends_on", number))
    for key in ("links", "volumes_from"):
        for number, item in enumerate(service.get(key) or ()):
            if not (key == "volumes_from" and str(item).startswith("container:")):
                yield Reference(str(item).partition(":")[0], (key, number))
    for key in ("network_mode", "pid", "ipc", "uts"):
        kind, _, name = str(service.get(key, "")).partition(":")
        if kind == "service":
            yield Reference(name, (key,))
    yield from _contexts(service.get("build"))
    extended = service.get("extends")
    if isinstance(extended, str):
        yield Reference(extended, ("extends",), why="extend")
    elif isinstance(extended, dict) and "file" not in extended:
        yield Reference(str(extended.get("service", "")), ("extends", "service"), why="extend")


def _contexts(build: Any) -> Iterator[Reference]:
    """The services whose images are copied from: `additional_contexts: {base: service:app}`."""
    said = build.get("additional_contexts") if isinstance(build, dict) else None
    for key, text in said.items() if isinstance(said, dict) else enumerate(said or ()):
        context = str(text) if isinstance(said, dict) else str(text).partition("=")[2]
        if context.startswith("service:"):
            name = context.removeprefix("service:")
            yield Reference(name, ("build", "additional_contexts", key), why="build")


def grants_in(service: dict[str, Any], kind: str) -> Iterator[Reference]:
    """Every secret, config or model that a service is given: `kind` is the key, in the plural.

    As long as nobody sets its variables.
    """
    build = service.get("build")
    for place, holder in (((kind,), service), (("build", kind), build)):
        listed = holder.get(kind) if isinstance(holder, dict) else None
        if isinstance(listed, dict):
            yield from (Reference(name, (*place, name), on_key=True) for name in listed)
        for number, said in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(said, dict):
                yield Reference(when_unset(str(said.get("source", ""))), (*place, number, "source"))
            else:
                yield Reference(when_unset(str(said)), (*place, number))


def are_parted(service: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether some choice of profiles starts a service without another one.

    A service without profiles is always started (Compose Specification, "Profiles").
    """
    own, others = set(service.get("profiles") or ()), set(other.get("profiles") or ())
    return bool(others) and not (own and own <= others)
