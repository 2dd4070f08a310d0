"""Others can wait for a service only if it says when it is ready."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Element, Model, is_switched_off
from archdoc.report import Severity
from archdoc.rules.base import Finding, Rule, projects, service_of


def _check(model: Model) -> Iterator[Finding]:
    found: dict[str, Finding] = {}
    for placement, node_id in projects(model):
        services = {element.id: element for element in placement.services(node_id).values()}
        for element in services.values():
            if is_switched_off(service_of(element).get("healthcheck", {"test": ""})):
                found[element.id] = _switched_off(element)
        for link in placement.service_links(node_id):
            if not {link.opener.id, link.listener.id} <= services.keys():
                continue
            if link.opener is not link.listener and _lacks_one(link.listener):
                found[link.listener.id] = Finding(
                    link.listener.path,
                    f"`{link.listener.id}` has no health check, so others start before it is ready",
                    on_key=True,
                    help="say how to tell under `service: {healthcheck: …}`; where nobody has to "
                    "wait, ignore this finding with a reason",
                )
    yield from found.values()


def _lacks_one(element: Element) -> bool:
    return "healthcheck" not in service_of(element)


def _switched_off(element: Element) -> Finding:
    return Finding(
        (*element.path, "service", "healthcheck"),
        f"the health check of `{element.id}` is switched off, so `docker compose up --wait` fails",
        help="leave `healthcheck` out: then Compose waits until it runs",
    )


RULE = Rule(
    name="missing-healthcheck",
    code="A307",
    summary="Other services connect to one that has no health check, or one is switched off.",
    why="Started is not ready: the first connections fail, and some programs do not try again. And "
    "`docker compose up --wait` fails where a health check is there and switched off (seen with "
    "Docker Compose 2.40).",
    example="db: {kind: database, service: {image: postgres}}",
    fix="Add a `healthcheck` with a command that succeeds when it is ready, such as `pg_isready`.",
    check=_check,
    severity=Severity.WARNING,
)
