"""What keys of one service say together: some exclude each other, some need each other.

Source: the checks that Docker Compose 2.40 makes after those of the schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from archdoc.model.base import Mistake
from archdoc.model.compose.engine_forms import LIMITS
from archdoc.model.compose.forms import bytes_of
from archdoc.model.compose.interpolation import is_filled_in
from archdoc.report import did_you_mean

_LIMITS = (
    ("cpus", "limits", "cpus"),
    ("mem_limit", "limits", "memory"),
    ("pids_limit", "limits", "pids"),
    ("mem_reservation", "reservations", "memory"),
)
"""A key of a service, and where under `deploy.resources` the same is said."""
_LEAST_MEMORY = 6 * 1024 * 1024
_YES = {"true", "yes", "y", "on"}


def contradictions(service: dict[str, Any]) -> Iterator[Mistake]:
    """Everything that a service's keys cannot say beside each other."""
    yield from _limits(service)
    yield from _numbers(service)
    yield from _networks(service)
    yield from _build(service)
    yield from _mounts(service)
    yield from _devices(service)
    yield from _watches(service)
    yield from _memory(service)
    yield from _ulimits(service)


def not_ours(part: str, options: dict[str, Any]) -> Iterator[Mistake]:
    """What is said of an `external` volume or network, which somebody else makes.

    Compose refuses it of a volume, and passes over it in silence of a network.
    """
    external = options.get("external")
    if external is True or isinstance(external, dict) or str(external).lower() in _YES:
        for key in options:
            if key not in {"external", "name"} and not key.startswith("x-"):
                said = f"`{key}` says how the {part} is made; `external` says that others make it"
                yield Mistake(said, f"leave out `{key}`, or `external`", (key,), on_key=True)
    if isinstance(external, dict) and "name" in external and "name" in options:
        yield Mistake("`name` is said twice", "write `external: true` and `name: …`", ("external",))


def _limits(service: dict[str, Any]) -> Iterator[Mistake]:
    """Compose takes a limit in two places, and refuses two values."""
    for key, group, inner in _LIMITS:
        planned = _at(service, "deploy", "resources", group)
        here = service.get(key)
        if not isinstance(planned, dict) or not _is_known(here) or not _amount(here):
            continue
        place, there = f"deploy.resources.{group}", planned.get(inner)
        if there is None:
            said = f"`{key}` stands beside `{place}`, which has no `{inner}`"
        elif _is_known(there) and _amount(here) != _amount(there):
            said = f"`{key}` says {here}, and `{place}.{inner}` says {there}"
        else:
            continue
        yield Mistake(said, f"say it once: `{place}: {{{inner}: …}}`", (key,))


def _numbers(service: dict[str, Any]) -> Iterator[Mistake]:
    here, there = service.get("scale"), _at(service, "deploy", "replicas")
    if _is_known(here) and _is_known(there) and _amount(here) != _amount(there):
        said = f"`scale` says {here}, and `deploy.replicas` says {there}"
        yield Mistake(
            said, "say it once, in the model: `replicas` of what the node `runs`", ("scale",)
        )


def _networks(service: dict[str, Any]) -> Iterator[Mistake]:
    if service.get("network_mode") and service.get("networks"):
        said = "`networks` and `network_mode` exclude each other"
        yield Mistake(said, "keep one of them", ("networks",), on_key=True)


def _build(service: dict[str, Any]) -> Iterator[Mistake]:
    build = service.get("build")
    if not isinstance(build, dict):
        return
    if build.get("dockerfile") and build.get("dockerfile_inline"):
        said = "`dockerfile_inline` and `dockerfile` exclude each other"
        yield Mistake(said, "keep one of them", ("build", "dockerfile_inline"), on_key=True)
    platforms, platform = build.get("platforms"), service.get("platform")
    if not isinstance(platforms, list) or not platforms or not platform:
        return
    if platform not in platforms and all(map(_is_known, [platform, *platforms])):
        said = f"`{platform}` is none of the platforms that it is built for"
        yield Mistake(said, "add it to `build.platforms`", ("platform",))


def _mounts(service: dict[str, Any]) -> Iterator[Mistake]:
    """Long forms lack something, though the schema does not ask for it."""
    for key in ("devices", "ports", "volumes"):
        for number, entry in _entries(service.get(key)):
            binds = key == "volumes" and entry.get("type") == "bind"
            for name in ("source", "target") if binds else ("target",):
                if entry.get(name) in (None, ""):
                    said = f"`{name}` is missing in an entry of `{key}`"
                    yield Mistake(said, "add it", (key, number), code="missing-key")


def _devices(service: dict[str, Any]) -> Iterator[Mistake]:
    for place in (("gpus",), ("deploy", "resources", "reservations", "devices")):
        for number, entry in _entries(_at(service, *place)):
            if "count" in entry and entry.get("device_ids"):
                said = "`count` and `device_ids` exclude each other"
                yield Mistake(said, "keep one of them", (*place, number, "count"), on_key=True)


def _watches(service: dict[str, Any]) -> Iterator[Mistake]:
    for number, entry in _entries(_at(service, "develop", "watch")):
        action = str(entry.get("action", ""))
        if action.startswith("sync") and not entry.get("target"):
            said = f"`target` is missing: where `{action}` puts files"
            at = ("develop", "watch", number)
            yield Mistake(said, "add it", at, code="missing-key")


def _memory(service: dict[str, Any]) -> Iterator[Mistake]:
    """What the Docker Engine says of memory, when it is to start the container."""
    limit, least = (service.get(key) for key in ("mem_limit", "mem_reservation"))
    most = _amount(limit) if _is_known(limit) else None
    if most is not None and 0 < most < _LEAST_MEMORY:
        yield Mistake(f"`mem_limit` is {limit}, and Docker wants 6m or more", "raise it",
                      ("mem_limit",))  # fmt: skip
    reserved = _amount(least) if _is_known(least) else None
    if most and reserved and reserved > most:
        said = f"`mem_reservation` is {least}, which is more than `mem_limit`, {limit}"
        yield Mistake(said, "reserve less, or allow more", ("mem_reservation",))


def _ulimits(service: dict[str, Any]) -> Iterator[Mistake]:
    ulimits = service.get("ulimits")
    for name, limit in ulimits.items() if isinstance(ulimits, dict) else ():
        at = ("ulimits", name)
        if name not in LIMITS and not str(name).startswith("x-"):
            said = f"there is no limit `{name}`"
            help_ = did_you_mean(str(name), LIMITS) or f"limits: {', '.join(sorted(LIMITS))}"
            yield Mistake(said, help_, at, on_key=True)
        soft, hard = (_at(limit, key) for key in ("soft", "hard"))
        known = _is_known(soft) and _is_known(hard) and re.fullmatch(r"\d+ \d+", f"{soft} {hard}")
        if known and int(soft) > int(hard):
            said = f"the soft limit, {soft}, is above the hard one, {hard}"
            yield Mistake(said, "`soft` is at most `hard`", (*at, "soft"))


def _entries(value: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, entry in enumerate(value if isinstance(value, list) else ()):
        if isinstance(entry, dict):
            yield number, entry


def _at(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _is_known(value: Any) -> bool:
    """Whether it is a plain value, with nothing to be filled in."""
    if isinstance(value, str):
        return not is_filled_in(value)
    return isinstance(value, int | float)


def _amount(value: Any) -> float | None:
    """What limits and numbers are compared by. A number is one of bytes, too."""
    return bytes_of(value)
