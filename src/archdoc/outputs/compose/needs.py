"""The files that services name and archdoc does not write: somebody has to bring them."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any

from archdoc.report.text import printable

_NO = {"false", "no", "off", "n"}


def needs_beside(services: Mapping[str, dict[str, Any]], written: Container[str]) -> list[str]:
    """Each such file, and who names it: "app.env (env_file of web)", in the order of services.

    `written` are the paths beside the compose file that archdoc writes. Those of the machine, such
    as `/etc/ssl`, do not come with a project.
    """
    found: dict[str, list[str]] = {}
    for name, service in services.items():
        for key, path in _named(service):
            is_elsewhere = path.startswith(("/", "~"))
            if path and not is_elsewhere and path.removeprefix("./") not in written:
                found.setdefault(path, []).append(f"{key} of {name}")
    return [f"{printable(path)} ({', '.join(dict.fromkeys(by))})" for path, by in found.items()]


def _named(service: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The key that names a file, and its path."""
    for file in _listed(service.get("env_file")):
        if not isinstance(file, dict):
            yield "env_file", str(file)
        elif str(file.get("required", True)).lower() not in _NO:
            yield "env_file", str(file.get("path", ""))
    yield from (("label_file", str(file)) for file in _listed(service.get("label_file")))
    extended = service.get("extends")
    if isinstance(extended, dict):
        yield "extends", str(extended.get("file", ""))
    for volume in service.get("volumes") or ():
        if isinstance(volume, dict) and volume.get("type") == "bind":
            yield "volumes", str(volume.get("source", "")).replace("$$", "$")
        elif not isinstance(volume, dict) and str(volume).startswith("."):
            yield "volumes", str(volume).partition(":")[0].replace("$$", "$")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []
