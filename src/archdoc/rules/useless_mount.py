"""Only a file store on a volume is mounted."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Container, ContainerKind, Model
from archdoc.report import Severity
from archdoc.rules.base import Finding, Rule


def _check(model: Model) -> Iterator[Finding]:
    for link in model.links:
        content = link.target.content
        is_store = isinstance(content, Container) and content.kind is ContainerKind.FILE_STORE
        if link.relationship.mount and not is_store:
            yield Finding(
                (*link.path, "mount"),
                f"`{link.target.id}` is no file store: nothing is mounted",
                help="say `kind: file-store` where it is one, or leave `mount:` out",
            )


RULE = Rule(
    name="useless-mount",
    code="A309",
    summary="A relationship mounts something that is no file store.",
    why="The compose file has no such volume, although the model seems to say so.",
    example="relationships:\n  - {from: web, to: db, label: Reads, mount: /srv/data}",
    fix="Say that the target is a file store, or leave `mount:` out.",
    check=_check,
    severity=Severity.WARNING,
)
