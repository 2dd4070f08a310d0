"""Where each container is in an environment: on which node it runs, or which node realises it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property

from archdoc.model.environments import ContainerInstance, DeploymentNode, Environment
from archdoc.model.index import Element, ElementKind
from archdoc.model.links import Link
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
        content = self.node.content
        if self.instance is None or not isinstance(content, DeploymentNode):
            return 1
        return content.replicas(self.instance)


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
        """Every placement, in the order of the nodes and of what each runs, then realises.

        What leads to no container is left out; rules report it.
        """
        index = self.model.index
        found: list[Place] = []
        for node_id, node in self.nodes.items():
            content = self.node(node_id)
            found += [
                Place(container, node, instance)
                for instance in content.runs
                if (container := index.find_container(instance.container)) is not None
            ]
            found += [
                Place(container, node, None)
                for ref in content.realises
                if (container := index.find_container(ref)) is not None
            ]
        return tuple(found)

    @cached_property
    def _by_container(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = defaultdict(list)
        for place in self.places:
            found[place.container.id].append(place)
        return found

    @cached_property
    def _by_node(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = defaultdict(list)
        for place in self.places:
            found[place.node.id].append(place)
        return found

    def of(self, container_id: str) -> tuple[Place, ...]:
        """Where one container is; empty if it is nowhere in this environment."""
        return tuple(self._by_container.get(container_id, ()))

    def on(self, node_id: str) -> tuple[Place, ...]:
        """What is on one node, by its local id; not on nodes inside it."""
        return tuple(self._by_node.get(self.nodes[node_id].id, ()))

    def services(self, node_id: str) -> dict[str, Element]:
        """What runs on a node under Docker Compose: service name → container, in its order.

        A service is called like its container; where two have one local id, by their whole ids.
        """
        running = {p.container.id: p.container for p in self.on(node_id) if not p.realised}
        local = Counter(container.local_id for container in running.values())
        names = {c.local_id: c for c in running.values() if local[c.local_id] == 1}
        named: dict[str, Element] = {}
        for container in running.values():
            name = container.local_id if names.get(container.local_id) is container else ""
            name = name or container.id.replace(".", "-")
            while name in named or (name in names and names[name] is not container):
                name += "-2"  # `a.b` and `a-b`: whatever people call things, names stay apart
            named[name] = container
        return named

    def replicas(self, node_id: str, container_id: str) -> int:
        """How many of a container run on a node."""
        return sum(p.replicas for p in self.on(node_id) if p.container.id == container_id)

    def volumes(self, node_id: str) -> dict[str, str]:
        """Container id → the named volume that realises it inside a Docker Compose project."""
        return {
            place.container.id: place.container.local_id
            for child in self.children(node_id)
            for place in self.on(child)
            if place.realised
        }

    def service_links(self, node_id: str) -> tuple[Link, ...]:
        """The relationships with a service of a node at one end or both, as `running_links`."""
        services = {container.id for container in self.services(node_id).values()}
        links = self.running_links
        return tuple(link for link in links if {link.source.id, link.target.id} & services)

    @cached_property
    def running_links(self) -> tuple[Link, ...]:
        """The same as `links`, where what is said of a component is said of its container."""
        return tuple(
            replace(link, source=self.running(link.source), target=self.running(link.target))
            for link in self.links
        )

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """What is said in this environment: all relationships but those that it leaves out."""
        reword = self.environment.reword
        every = self.model.links_in(self.environment_id)
        return tuple(link for link in every if reword.get(link.label, link.label) is not None)

    def running(self, element: Element) -> Element:
        """What runs where an element is used: the container around a component, or itself."""
        if element.kind is ElementKind.COMPONENT and element.parent is not None:
            return self.model.index.elements[element.parent]
        return element

    def fronted(self, node_id: str) -> tuple[Element, ...]:
        """What requests reach through a node: containers, or nodes; rules report unknown ones."""
        find, environment = self.model.index.find, self.environment_id
        found = (find(ref, environment) for ref in self.node(node_id).fronts)
        return tuple(element for element in found if element is not None)

    def behind(self, node_id: str) -> dict[str, str | None]:
        """All that requests reach through a node: ids of elements, with all that is in a node.

        With each goes the local id of the node that it is in, where that is what is named; the most
        exact one, where several are.
        """
        inside: dict[str, str | None] = {}
        named = self.fronted(node_id)
        nodes = [element.local_id for element in named if element.kind is ElementKind.NODE]
        for around in sorted(nodes, key=lambda n: -len(self.chain(n))):
            for inner in self.inside(around):
                if around == node_id or inner != node_id:
                    on = [place.container.id for place in self.on(inner)]
                    for id_ in (self.nodes[inner].id, *on):
                        inside.setdefault(id_, around)
        return inside | {e.id: None for e in named if e.kind is not ElementKind.NODE}

    def inside(self, node_id: str) -> tuple[str, ...]:
        """The local ids of a node and of all nodes in it, at any depth."""
        return tuple(inner for inner in self.nodes if node_id in self.chain(inner))

    def node(self, node_id: str) -> DeploymentNode:
        """A node's content by its local id."""
        return self.environment.nodes[node_id]

    def children(self, node_id: str | None) -> tuple[str, ...]:
        """The local ids of the nodes directly inside another, or of the outermost ones (None)."""
        return tuple(
            child for child, node in self.environment.nodes.items() if node.within == node_id
        )

    def chain(self, node_id: str) -> tuple[str, ...]:
        """A node and the nodes around it, innermost first, by local id; unknown ones end it."""
        chain: list[str] = []
        current: str | None = node_id
        while current in self.environment.nodes and current not in chain:
            chain.append(current)
            current = self.environment.nodes[current].within
        return tuple(chain)

    def spanned(self, node_id: str) -> tuple[str, ...]:
        """The local ids of what a node is spread over; rules report unknown ones."""
        return tuple(zone for zone in self.node(node_id).spans if zone in self.nodes)

    def spread(self, node_id: str) -> str:
        """What a node is spread over, in words: "across Zone A and Zone B"; empty for nothing."""
        *names, last = [self.nodes[zone].name for zone in self.spanned(node_id)] or [""]
        return f"across {', '.join(names)} and {last}" if names else last and f"in {last}"

    def network(self, node_id: str) -> str:
        """The node whose content can talk to what is on a node: its VPC, or all around it."""
        chain = self.chain(node_id)
        return next((n for n in chain if self.node(n).catalogued.isolates), chain[-1])

    @property
    def compose_projects(self) -> tuple[str, ...]:
        """The local ids of the nodes that run their containers under Docker Compose."""
        return tuple(
            node_id for node_id in self.nodes if self.node(node_id).catalogued.runs == "compose"
        )
