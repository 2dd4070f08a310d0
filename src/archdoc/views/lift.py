"""Lifting: from relationships between elements to arrows between what a picture draws.

`django -> postgres` is said once. Where django runs on an EC2 instance and RDS realises
postgres, the same relationship is the arrow `EC2 -> RDS`; in a context diagram it is an arrow
between systems.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from archdoc.model import Line, Link
from archdoc.views.diagram import Edge

Rewording = Mapping[str, str | None]
"""Labels that read differently in an environment; None leaves the relationship out there."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Where the elements of a model appear in one picture."""

    at: Mapping[str, Sequence[str]]
    """Element id → the ids of the picture's nodes that stand for it, or that it is hidden in."""
    inside: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Node id → the nodes around it, so that no arrow leads from a box to the box around it."""
    beside: Mapping[str, str] = field(default_factory=dict)
    """Node id → where it is deployed: neighbours are preferred to the same element elsewhere."""

    def pairs(self, link: Link) -> list[tuple[str, str]]:
        """The pairs of drawn nodes that a relationship joins.

        Whoever opens the connection opens it to its neighbours, if there are any: each of two
        machines with a proxy and an application has its own.
        """
        turned = link.opener is not link.source
        pairs = [
            (listener, opener) if turned else (opener, listener)
            for opener in self.at.get(link.opener.id, ())
            for listener in self._listeners(opener, self.at.get(link.listener.id, ()))
        ]
        return [pair for pair in pairs if not self._enclose(*pair)]

    def _listeners(self, opener: str, all_of_them: Sequence[str]) -> Sequence[str]:
        if opener in all_of_them:
            return ()  # both are hidden in one box
        return [node for node in all_of_them if self._neighbours(opener, node)] or all_of_them

    def _enclose(self, source: str, target: str) -> bool:
        return (
            source == target
            or source in self.inside.get(target, ())
            or target in self.inside.get(source, ())
        )

    def _neighbours(self, source: str, target: str) -> bool:
        place = self.beside.get(source)
        return place is not None and place == self.beside.get(target)


_Key = tuple[str, str, str, str, Line]


@dataclass(slots=True)
class _Merged:
    """What becomes one arrow in one direction."""

    ids: list[str] = field(default_factory=list)
    tags: dict[str, None] = field(default_factory=dict)
    two_headed: bool = False


def lift(links: Iterable[Link], drawn: Drawn, reword: Rewording | None = None) -> tuple[Edge, ...]:
    """The arrows that a picture shows for some relationships, in their order.

    Arrows with the same ends and the same label become one; the same label in both directions
    becomes one arrow with two heads.
    """
    merged: dict[_Key, _Merged] = {}
    for link in links:
        label = (reword or {}).get(link.label, link.label)
        if label is None:
            continue
        for source, target in drawn.pairs(link):
            key = (source, target, label, link.relationship.technology, link.line)
            arrow = merged.setdefault(key, _Merged())
            arrow.ids.append(link.id)
            arrow.tags.update(dict.fromkeys(link.relationship.tags))
            arrow.two_headed |= link.relationship.direction == "two-way"
    return tuple(_edges(merged))


def _edges(merged: Mapping[_Key, _Merged]) -> Iterable[Edge]:
    done: set[_Key] = set()
    for key, arrow in merged.items():
        source, target, label, technology, line = key
        back: _Key = (target, source, label, technology, line)
        if back in done:
            continue
        done.add(key)
        other = merged.get(back, _Merged())
        yield Edge(
            source=source,
            target=target,
            label=label,
            technology=technology,
            line=line,
            two_headed=arrow.two_headed or back in merged,
            tags=tuple({**arrow.tags, **other.tags}),
            relationships=(*arrow.ids, *other.ids),
        )
