"""What keys of one service say together: some exclude each other, some need each other.

Source: the checks that Docker Compose 2.40 makes after those of the schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archdoc.model.base import Mistake
from archdoc.model.compose.interpolation import is_filled_in
from archdoc.model.compose.values import amount, at, is_known

_LIMITS = (
    ("cpus", "limits", "cpus"),
    ("mem_limit", "limits", "memory"),
    ("pids_limit", "limits", "pids"),
    ("mem_reservation", "reservations", "memory"),
)
"""A key of a service, and where under `deploy.resources` the same is said."""
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
    yield from _tests(service)
    yield from _named_twice(service)
    yield from _owners(service)


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
        planned = at(service, "deploy", "resources", group)
        here = service.get(key)
        if not isinstance(planned, dict) or not is_known(here) or not _much(key, here):
            continue
        place, there = f"deploy.resources.{group}", planned.get(inner)
        if there is None:
            said = f"`{key}` stands beside `{place}`, which has no `{inner}`"
        elif is_known(there) and _much(key, here) != _much(key, there):
            said = f"`{key}` says {here}, and `{place}.{inner}` says {there}"
        else:
            continue
        yield Mistake(said, f"say it once: `{place}: {{{inner}: …}}`", (key,))


def _much(key: str, said: Any) -> float | None:
    """How much a limit is: parts of processors, and whole numbers of all else."""
    if key != "cpus":
        return amount(said)
    try:
        return float(said)
    except ValueError:
        return None


def _numbers(service: dict[str, Any]) -> Iterator[Mistake]:
    here, there = service.get("scale"), at(service, "deploy", "replicas")
    if is_known(here) and is_known(there) and amount(here) != amount(there):
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
    if platform not in platforms and all(map(is_known, [platform, *platforms])):
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
        for number, entry in _entries(at(service, *place)):
            if "count" in entry and entry.get("device_ids"):
                said = "`count` and `device_ids` exclude each other"
                yield Mistake(said, "keep one of them", (*place, number, "count"), on_key=True)


def _watches(service: dict[str, Any]) -> Iterator[Mistake]:
    for number, entry in _entries(at(service, "develop", "watch")):
        action = str(entry.get("action", ""))
        if action.startswith("sync") and not entry.get("target"):
            said = f"`target` is missing: where `{action}` puts files"
            place = ("develop", "watch", number)
            yield Mistake(said, "add it", place, code="missing-key")


def _tests(service: dict[str, Any]) -> Iterator[Mistake]:
    """A health check whose command is missing is never healthy."""
    test = at(service, "healthcheck", "test")
    if isinstance(test, list) and test in (["CMD"], ["CMD-SHELL"]):
        said = f"`{test[0]}` stands before a command, and there is none"
        yield Mistake(said, f"write `[{test[0]}, program]`", ("healthcheck", "test"))


def _named_twice(service: dict[str, Any]) -> Iterator[Mistake]:
    """Of two variables with one name, Compose loses the first without a word."""
    said = service.get("environment")
    names = [str(e).partition("=")[0] for e in (said if isinstance(said, list) else ())]
    for number, name in enumerate(names):
        if name in names[:number] and not is_filled_in(name):
            message = f"`{name}` stands here twice, and Compose takes the last one only"
            yield Mistake(message, "keep one of them", ("environment", number))


def _owners(service: dict[str, Any]) -> Iterator[Mistake]:
    """Compose mounts the file of a secret as it is, and passes over whom it should belong to."""
    for number, entry in _entries(service.get("secrets")):
        for key in (key for key in ("uid", "gid", "mode") if key in entry):
            said = f"`{key}` changes nothing: Docker Compose mounts the file of a secret as it is"
            help_ = (
                "leave it out, and let the service's user read the file itself, with `chown` and "
                "`chmod` on the machine"
            )
            yield Mistake(said, help_, ("secrets", number, key), on_key=True)


def _entries(value: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, entry in enumerate(value if isinstance(value, list) else ()):
        if isinstance(entry, dict):
            yield number, entry
