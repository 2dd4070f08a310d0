"""The types of what changes from one environment to another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from archdoc.model import Element, Placement
from archdoc.views.compare import local_id


class ChangeKind(StrEnum):
    """What sort of change it is."""

    CONTAINER_APPEARS = "container-appears"
    CONTAINER_DISAPPEARS = "container-disappears"
    CONTAINER_MOVES = "container-moves"
    REPLICAS_CHANGE = "replicas-change"
    NODE_ADDED = "node-added"
    NODE_REMOVED = "node-removed"
    NODE_MOVES = "node-moves"
    NODE_BECOMES = "node-becomes"
    NODE_RENAMED = "node-renamed"
    NODE_FACT_CHANGES = "node-fact-changes"
    RELATIONSHIP_ADDED = "relationship-added"
    RELATIONSHIP_REMOVED = "relationship-removed"
    LABEL_REWORDED = "label-reworded"
    VARIABLE_ADDED = "variable-added"
    VARIABLE_REMOVED = "variable-removed"
    VARIABLE_CHANGES = "variable-changes"
    PROJECTS_CHANGE = "projects-change"
    VOLUME_LEFT = "volume-left"

    @property
    def about(self) -> str:
        """The heading that it stands under: what it is about."""
        first = self.value.partition("-")[0]
        return _HEADINGS.get(first, "Containers")


_HEADINGS = {
    "node": "Nodes",
    "relationship": "Relationships",
    "label": "Relationships",
    "projects": "Docker Compose",
    "variable": "Docker Compose",
    "volume": "Docker Compose",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two environments."""

    kind: ChangeKind
    sentence: str
    """All of it, as a person would write it."""
    elements: tuple[str, ...] = ()
    """The full ids of the people, systems, containers and components that it concerns."""
    nodes: tuple[str, ...] = ()
    """The full ids of the nodes that it concerns: those of the old environment first."""
    before: str = ""
    """What was there, in words; empty: nothing was."""
    after: str = ""
    """What is there now, in words; empty: nothing is."""


@dataclass(frozen=True)
class Pair:
    """Two environments of one model."""

    old: Placement
    new: Placement

    @property
    def each(self) -> tuple[Placement, Placement]:
        """The one, then the other."""
        return self.old, self.new

    @property
    def nodes_in_both(self) -> list[str]:
        """The local ids of the nodes that both have."""
        return [node_id for node_id in self.old.nodes if node_id in self.new.nodes]

    def both(self, node_id: str) -> tuple[str, str]:
        """The full ids of a node that both have, by its local id: the old one's first."""
        return self.old.nodes[node_id].id, self.new.nodes[node_id].id

    @cached_property
    def inside(self) -> dict[str, list[Element]]:
        """The containers that are on a node, or on one inside it, in both; by its local id."""
        old, new = _inside(self.old), _inside(self.new)
        return {
            node_id: [c for id_, c in old.get(node_id, {}).items() if id_ in new.get(node_id, {})]
            for node_id in self.nodes_in_both
        }


def _inside(placement: Placement) -> dict[str, dict[str, Element]]:
    found: dict[str, dict[str, Element]] = {}
    for place in placement.places:
        for node_id in placement.chain(local_id(place.node)):
            found.setdefault(node_id, {})[place.container.id] = place.container
    return found
