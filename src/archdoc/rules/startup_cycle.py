"""Services that wait for each other never start."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Element, Model, Placement
from archdoc.rules.base import Finding, Rule, projects, service_of


def _check(model: Model) -> Iterator[Finding]:
    for placement, node_id in projects(model):
        services = placement.services(node_id)
        waits = _waits(placement, node_id, services)
        cycle = _cycle(waits)
        if cycle:
            yield Finding(
                ("environments", placement.environment_id, "nodes", node_id, "runs"),
                f"these services wait for each other: {' → '.join(cycle)}",
                help="say which end opens the connection (`opened_by: target`), or join two of "
                "them through a queue",
            )


def _waits(
    placement: Placement, node_id: str, services: dict[str, Element]
) -> dict[str, list[str]]:
    """Which services each one waits for: those that it connects to, and its own `depends_on`."""
    name_of = {element.id: name for name, element in services.items()}
    waits: dict[str, list[str]] = {name: [] for name in services}
    for link in placement.service_links(node_id):
        opener, listener = name_of.get(link.opener.id), name_of.get(link.listener.id)
        if opener is not None and listener is not None and opener != listener:
            waits[opener].append(listener)
    for name, element in services.items():
        waits[name] += [str(other) for other in service_of(element).get("depends_on") or ()]
    return waits


def _cycle(waits: dict[str, list[str]]) -> list[str]:
    """One cycle, with its first member at both ends; empty if there is none."""
    done: set[str] = set()
    for start, first in waits.items():
        if start in done:
            continue
        path, pending = [start], [iter(first)]
        while pending:
            other = next(pending[-1], None)
            if other is None:
                pending.pop()
                done.add(path.pop())
            elif other in path:
                return [*path[path.index(other) :], other]
            elif other in waits and other not in done:
                pending.append(iter(waits[other]))
                path.append(other)
    return []


RULE = Rule(
    name="startup-cycle",
    code="A305",
    summary="Services of one compose project wait for each other.",
    why="Who opens a connection starts after who listens. In a circle, nobody could be first, and "
    "Docker Compose refuses the file.",
    example="relationships:\n  - web -> search: Queries\n  - search -> web: Results",
    fix="Often the second arrow is an answer: leave it out, or say `opened_by: target`.",
    check=_check,
    required=True,
)
