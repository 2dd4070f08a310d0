"""Others can wait for a service only if it says when it is ready."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Container, Model
from archdoc.report import Severity
from archdoc.rules.base import Finding, Rule, projects


def _check(model: Model) -> Iterator[Finding]:
    found: dict[str, Finding] = {}
    for placement, node_id in projects(model):
        services = {element.id for element in placement.services(node_id).values()}
        for link in placement.service_links(node_id):
            content = link.listener.content
            if not {link.opener.id, link.listener.id} <= services or link.opener is link.listener:
                continue
            if isinstance(content, Container) and "healthcheck" not in content.service:
                found[link.listener.id] = Finding(
                    link.listener.path,
                    f"`{link.listener.id}` has no health check, so others start before it is ready",
                    on_key=True,
                    help="say how to tell under `service: {healthcheck: …}`; "
                    "`{disable: true}` says that nobody has to wait",
                )
    yield from found.values()


RULE = Rule(
    name="missing-healthcheck",
    code="A307",
    summary="Other services connect to one that has no health check.",
    why="Started is not ready: the first connections fail, and some programs do not try again.",
    example="db: {kind: database, service: {image: postgres}}",
    fix="Add a `healthcheck` with a command that succeeds when it is ready, such as `pg_isready`.",
    check=_check,
    severity=Severity.WARNING,
)
