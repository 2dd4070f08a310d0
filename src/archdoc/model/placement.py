"""Where each container is in an environment: on which node it runs, or which node realises it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from archdoc.model.environments import ContainerInstance, DeploymentNode, Environment
from archdoc.model.index import Element
from archdoc.model.model import Model


@dataclass(frozen=True, slots=True)
class Place:
    """One container on one node."""

    container: Element
    node: Element
    instance: ContainerInstance | None
    """None where the node takes the container's place instead of running it."""

    @property
    def realised(self) -> bool:
        """Whether a managed service takes the container's place."""
        return self.instance is None

    @property
    def replicas(self) -> int:
        """How many of it there are on that node."""
        return 1 if self.instance is None else self.instance.replicas


@dataclass(frozen=True)
class Placement:
    """One environment, with its containers put on its nodes."""

    model: Model
    environment_id: str
    nodes: dict[str, Element] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "nodes", self.model.index.nodes[self.environment_id])

    @property
    def environment(self) -> Environment:
        """The environment as the model says it."""
        return self.model.environments[self.environment_id]

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every placement, in the order of the nodes and of what each runs, then realises."""
        index = self.model.index
        found: list[Place] = []
        for node_id, node in self.nodes.items():
            content = self.node(node_id)
            found += [
                Place(index.container(instance.container), node, instance)
                for instance in content.runs
            ]
            found += [Place(index.container(ref), node, None) for ref in content.realises]
        return tuple(found)

    def of(self, container_id: str) -> tuple[Place, ...]:
        """Where one container is; empty if it is nowhere in this environment."""
        return tuple(place for place in self.places if place.container.id == container_id)

    def on(self, node_id: str) -> tuple[Place, ...]:
        """What is on one node, by its local id; not on nodes inside it."""
        return tuple(place for place in self.places if place.node is self.nodes[node_id])

    def node(self, node_id: str) -> DeploymentNode:
        """A node's content by its local id."""
        return self.environment.nodes[node_id]

    def children(self, node_id: str | None) -> tuple[str, ...]:
        """The local ids of the nodes directly inside another, or of the outermost ones (None)."""
        return tuple(
            child for child, node in self.environment.nodes.items() if node.within == node_id
        )

    def chain(self, node_id: str) -> tuple[str, ...]:
        """A node and the nodes around it, innermost first, by local id."""
        chain: list[str] = []
        current: str | None = node_id
        while current is not None and current not in chain:
            chain.append(current)
            current = self.environment.nodes[current].within
        return tuple(chain)

    @property
    def compose_projects(self) -> tuple[str, ...]:
        """The local ids of the nodes that run their containers under Docker Compose."""
        return tuple(
            node_id for node_id in self.nodes if self.node(node_id).catalogued.runs == "compose"
        )
