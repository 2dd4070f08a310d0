"""What an author may write in more than one form, and what follows from what they wrote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archdoc.model import is_octal, is_switched_off


def mapping(value: Any, empty: Any) -> dict[str, Any]:
    """A list of names as a mapping to `empty`; a mapping as a copy; nothing as an empty one.

    Compose takes `depends_on` and `networks` in both forms.
    """
    if isinstance(value, dict):
        return dict(value)
    return dict.fromkeys(value or (), empty)


def spell_modes(service: dict[str, Any]) -> None:
    """Write file modes in octal digits as Compose 2.40 reads them.

    Those of a build's secrets are text of octal digits, and that of a tmpfs is a number only.
    """
    build = service.get("build")
    for grant in _mappings(build.get("secrets") if isinstance(build, dict) else ()):
        if is_octal(mode := grant.get("mode")):
            grant["mode"] = f"{int(mode, 8):04o}"
    for mount in _mappings(service.get("volumes")):
        tmpfs = mount.get("tmpfs") or {}
        if is_octal(mode := tmpfs.get("mode")):
            tmpfs["mode"] = int(mode, 8)


def leave_out_nothing(service: dict[str, Any]) -> None:
    """Leave out a `pid` that is nothing: it means the usual, and Compose 2.40 ends in a panic."""
    if service.get("pid", "") is None:
        del service["pid"]


def _mappings(entries: Any) -> Iterator[dict[str, Any]]:
    return (entry for entry in entries or () if isinstance(entry, dict))


def has_healthcheck(service: dict[str, Any]) -> bool:
    """Whether it says how to tell that it is healthy, and does not switch that off."""
    return "healthcheck" in service and not is_switched_off(service["healthcheck"])
