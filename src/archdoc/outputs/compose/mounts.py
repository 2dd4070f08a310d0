"""The mounts of files that are written beside a compose file: as they are made, and found again."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from hashlib import sha256
from typing import Any

_LABEL = "archdoc.files"
_AS_IS: dict[str, Any] = {"read_only": True, "bind": {"create_host_path": False}}
"""Nobody changes what archdoc made, and Docker does not make a folder in its place."""


def mount_of(path: str, target: str) -> dict[str, Any]:
    """How a service mounts a file of that path beside the compose file.

    Docker Compose fills in variables here, too: `$$` is a dollar sign.
    """
    source, target = f"./{path}".replace("$", "$$"), target.replace("$", "$$")
    return {"type": "bind", "source": source, "target": target, **deepcopy(_AS_IS)}


def label_files(service: dict[str, Any], contents: list[bytes]) -> None:
    """Say in a label what is in the files that a service mounts, unless its author uses the label.

    Compose makes a container anew only where what it says of the service is another: a mounted file
    with another content would never be read.
    """
    if not contents:
        return
    whole = sha256(b"".join(sha256(content).digest() for content in contents))
    digest, labels = whole.hexdigest()[:12], service.get("labels") or {}
    if isinstance(labels, dict):
        service["labels"] = {**labels, _LABEL: labels.get(_LABEL, digest)}
    elif not any(str(label).partition("=")[0] == _LABEL for label in labels):
        service["labels"] = [*labels, f"{_LABEL}={digest}"]


def mounted_files(document: dict[str, Any]) -> frozenset[str]:
    """The paths of files that a compose file mounts just as archdoc does.

    A file that its author made, and mounts in words of their own, is none of these. The document
    may be anybody's: what has another form than expected is left out.
    """
    return frozenset(
        path for name, service in document["services"].items() for path in _files(name, service)
    )


def _files(name: str, service: dict[str, Any]) -> Iterator[str]:
    volumes = service.get("volumes")
    for volume in volumes if isinstance(volumes, list) else ():
        if isinstance(volume, dict):
            source, target = (
                str(volume.get(key, "")).replace("$$", "$") for key in ("source", "target")
            )
            path = source.removeprefix("./")
            if path.startswith(f"{name}/") and volume == mount_of(path, target):
                yield path
