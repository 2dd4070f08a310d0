"""What a database, or a broker, keeps is in a volume that outlives its container."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from archdoc.model import (
    Container,
    ContainerKind,
    Data,
    Element,
    Model,
    Path,
    Placement,
    data_of,
    is_filled_in,
    mounted_at,
)
from archdoc.report import Severity
from archdoc.rules.base import Finding, Rule, projects

_PERSISTS = re.compile(r"--appendonly\s+yes\b|--save\s+(?!\"\"|''|--)\S")
"""Said to Redis or Valkey, which may as well lose all that it has."""
_ELSEWHERE = re.compile(
    r"data-?dir|dbpath|data_directory|path\.data|PGDATA|LOG_DIRS|MINIO_VOLUMES|MNESIA"
    r"|\bserver\s+(?!/data\b)|(?:^|\s)(?:-D|--dir)\b"
)
_RABBITMQ = "/var/lib/rabbitmq"


def _check(model: Model) -> Iterator[Finding]:
    found: dict[Path, Finding] = {}
    for placement, node_id in projects(model):
        for element in placement.services(node_id).values():
            content = element.content
            if not isinstance(content, Container):
                continue
            data = data_of(content.image(str(content.service.get("image", ""))))
            if data is None or not _keeps(content, data):
                continue
            if not _is_mounted(placement, node_id, element, data):
                path = (*element.path, "service", "image")
                found.setdefault(path, _finding(path, element, data.folder))
    yield from found.values()


def _finding(path: Path, element: Element, folder: str) -> Finding:
    volume = f"{element.local_id}-data"
    host = "and a `hostname`, after which it names its folder, " if folder == _RABBITMQ else ""
    return Finding(
        path,
        f"`{element.id}` keeps its data in `{folder}`, where no volume is mounted: with `down` and "
        "`up`, or a new image, they are gone",
        help=f'mount one there, `volumes: ["{volume}:{folder}"]`, {host}and say under `volumes:` '
        f"of the model what is in it; `tmpfs: {folder}` says that they may go",
    )


def _keeps(content: Container, data: Data) -> bool:
    """Whether it is there to keep something. Of what it inherits from others nothing is known."""
    if {"extends", "volumes_from"} & content.service.keys():
        return False
    if content.kind is ContainerKind.DATABASE:
        return True
    persists = data.keeps or bool(_PERSISTS.search(_text(content.service, "command")))
    return content.kind.stores_data and persists


def _text(service: dict[str, Any], key: str) -> str:
    said = service.get(key) or ""
    return " ".join(map(str, said)) if isinstance(said, list | dict) else str(said)


def _is_mounted(placement: Placement, node_id: str, element: Element, data: Data) -> bool:
    """Whether something is mounted where it keeps its data, or may be, for all that one can tell.

    The folder is a volume of the image's: what is mounted around it is not what it sees.
    """
    service = element.content.service if isinstance(element.content, Container) else {}
    tmpfs = service.get("tmpfs") or ()
    places = [str(p).partition(":")[0] for p in ([tmpfs] if isinstance(tmpfs, str) else tmpfs)]
    places += [mounted_at(v) for v in service.get("volumes") or () if not _is_nameless(v)]
    volumes = placement.volumes(node_id)
    places += [
        link.relationship.mount.partition(":")[0]
        for link in placement.service_links(node_id)
        if link.source.id == element.id and link.target.id in volumes and link.relationship.mount
    ]
    is_elsewhere = any(_ELSEWHERE.search(_text(service, k)) for k in ("command", "environment"))
    return any(is_elsewhere or is_filled_in(p) or _holds(p, data) for p in places)


def _holds(place: str, data: Data) -> bool:
    plain = posixpath.normpath(place)
    return plain not in data.former and f"{plain}/".startswith(f"{data.folder}/")


def _is_nameless(volume: Any) -> bool:
    if isinstance(volume, dict):
        return volume.get("type", "volume") == "volume" and not volume.get("source")
    return ":" not in str(volume)


RULE = Rule(
    name="unkept-data",
    code="A334",
    summary="A database, a broker or a store of files keeps its data where no volume is mounted.",
    why="They are in the container, or in a volume without a name then, which the next container "
    "does not get: `docker compose down` and `up` begin with an empty database, and nothing says "
    "so. Of queues and stores of files, it is asked of those that keep things by themselves, such "
    "as RabbitMQ, Confluent's Kafka and MinIO.",
    example='db: {kind: database, version: "17", service: {image: postgres}}',
    fix="Mount a named volume where the image keeps its data, "
    '`volumes: ["db-data:/var/lib/postgresql/data"]`, or at `/var/lib/postgresql` since PostgreSQL '
    "18; or say with `tmpfs` that they may go.",
    check=_check,
    severity=Severity.WARNING,
)
