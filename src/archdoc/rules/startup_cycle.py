"""Services that wait for each other never start, and those that extend each other mean nothing."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from archdoc.model import Element, Model, Path, Placement, references_in
from archdoc.rules.base import Finding, Rule, projects, service_of


def _check(model: Model) -> Iterator[Finding]:
    for placement, node_id in projects(model):
        services = placement.services(node_id)
        runs: Path = ("environments", placement.environment_id, "nodes", node_id, "runs")
        yield from _circle(_waits(placement, node_id, services), "wait for", runs)
        yield from _circle(_named(services, "extend"), "extend", runs)


def _circle(waits: _Waits, what: str, runs: Path) -> Iterator[Finding]:
    """A circle, where an author wrote it, or where its services are placed."""
    cycle = _cycle({name: list(others) for name, others in waits.items()})
    said = [waits[one][other] for one, other in itertools.pairwise(cycle)]
    own = [place for place in said if place is not None]
    message = f"these services {what} each other: {' → '.join(cycle)}"
    if own:
        help_ = "leave one of them out"
        if what != "extend":
            help_ += ": relationships say already who waits for whom"
        other, then = (own[1].path, "and the other way round") if own[1:] else (None, "")
        first = own[0]
        yield Finding(
            first.path, message, on_key=first.on_key, help=help_, other=other, other_message=then
        )
    elif cycle:
        help_ = "say which end opens the connection (`opened_by: target`), or join two of them "
        yield Finding(runs, message, help=f"{help_}through a queue")


@dataclass(frozen=True, slots=True)
class _Said:
    """Where an author wrote that one service waits for another."""

    path: Path
    on_key: bool


_Waits = dict[str, dict[str, _Said | None]]
"""Service → those that it waits for → where that is written; None: a relationship says so."""


def _waits(placement: Placement, node_id: str, services: dict[str, Element]) -> _Waits:
    """Which services each one waits for: those that it connects to, and those that it names."""
    name_of = {element.id: name for name, element in services.items()}
    waits = _named(services, "start")
    for link in placement.service_links(node_id):
        opener, listener = name_of.get(link.opener.id), name_of.get(link.listener.id)
        if opener is not None and listener is not None and opener != listener:
            waits[opener].setdefault(listener, None)
    _inherit(waits, _named(services, "extend"))
    return waits


def _inherit(waits: _Waits, extends: _Waits) -> None:
    """Add what the services that one extends wait for: Compose gives it all of that, too."""
    for name in waits:
        seen, pending = {name}, [*extends[name].items()]
        while pending:
            other, said = pending.pop()
            if other in waits and other not in seen:
                seen.add(other)
                waits[name] = {**dict.fromkeys(waits[other], said), **waits[name]}
                pending += [(further, said) for further in extends[other]]


def _named(services: dict[str, Element], why: str) -> _Waits:
    """Which services each one names, because it waits for them or because it extends them."""
    return {
        name: {
            ref.name: _Said((*element.path, "service", *ref.at), ref.on_key)
            for ref in references_in(service_of(element))
            if ref.why == why
        }
        for name, element in services.items()
    }


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
    summary="Services of one compose project wait for each other, or extend each other.",
    why="Who opens a connection starts after who listens. In a circle, nobody could be first, and "
    "Docker Compose refuses the file.",
    example="relationships:\n  - web -> search: Queries\n  - search -> web: Results",
    fix="Often the second arrow is an answer: leave it out, or say `opened_by: target`.",
    check=_check,
    required=True,
)
