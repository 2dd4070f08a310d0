"""The neutral picture: nodes, boundaries, edges. It knows no diagram syntax.

Every output draws from this one value and is compared with it (`Diagram.graph`), so that what one
picture shows, all of them show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from archdoc.model import AwsIcon, Line, Style
from archdoc.views.graph import Edge as GraphEdge
from archdoc.views.graph import Graph
from archdoc.views.graph import Vertex as GraphVertex


class Shape(StrEnum):
    """What a node is drawn as."""

    PERSON = "person"
    SYSTEM = "system"
    CONTAINER = "container"
    WEB = "web"
    MOBILE = "mobile"
    DATABASE = "database"
    QUEUE = "queue"
    COMPONENT = "component"
    GROUP = "group"
    DEPLOYMENT_NODE = "deployment-node"
    ICON = "icon"


@dataclass(frozen=True, slots=True)
class Node:
    """Something drawn: a box, an icon, or, where it has children, a boundary around them."""

    id: str
    """Unique in its diagram, and stable: the element's full id, after `@` the node it is on."""
    element: str
    """The full id of the model's element that it shows."""
    shape: Shape
    name: str
    technology: str = ""
    """One phrase: "Django 4.2 on Python 3.10"."""
    description: str = ""
    external: bool = False
    replicas: int = 1
    boundary: bool = False
    """Drawn around its children, even where there are none."""
    icon: AwsIcon | None = None
    tags: tuple[str, ...] = ()
    children: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """The node and all inside it, outermost first, in drawing order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow between two nodes of the same diagram."""

    source: str
    target: str
    label: str
    technology: str = ""
    line: Line = "solid"
    two_headed: bool = False
    number: int | None = None
    """Which step it is, in a dynamic diagram."""
    tags: tuple[str, ...] = ()
    relationships: tuple[str, ...] = ()
    """The ids of the model's relationships that it stands for."""

    @property
    def ends(self) -> tuple[str, str]:
        """Where it starts and where it leads to."""
        return self.source, self.target

    @property
    def said(self) -> str:
        """What is written on it: its label, after the number of its step."""
        if self.number is None:
            return self.label
        return f"{self.number}: {self.label}".rstrip()


Side = Literal["ahead", "back", "before", "after"]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where boxes stand, as far as it is not left to the engine.

    A row goes across the direction in which arrows lead mostly: from left to right where they lead
    down, from top to bottom where they lead to the right.
    """

    rows: tuple[tuple[str, ...], ...] = ()
    """The view's own: the nodes of each row in their order, the first row first."""
    near: tuple[tuple[str, str], ...] = ()
    """The view's own: pairs that stand side by side, in any row."""
    beside: tuple[tuple[str, str], ...] = ()
    """Pairs of which the second stands after the first, in its row."""
    ahead: tuple[tuple[str, str], ...] = ()
    """Pairs of which the second stands in the row after the first's."""
    sides: Mapping[tuple[str, str], Side] = field(default_factory=dict)
    """Where arrows lead, by their ends: those that do not lead ahead."""

    def loose(self, edges: Iterable[Edge]) -> tuple[tuple[str, str], ...]:
        """Those of `beside` that no arrow joins: arrows tie what they join."""
        joined = {frozenset(edge.ends) for edge in edges}
        return tuple(pair for pair in self.beside if frozenset(pair) not in joined)

    def side(self, source: str, target: str) -> Side:
        """Where an arrow leads: ahead, to later rows, where nothing else is known."""
        return self.sides.get((source, target), "ahead")

    def said_side(self, source: str, target: str) -> Side | None:
        """The same as far as the view says so."""
        for first, second in self.near:
            if {first, second} == {source, target}:
                return "after" if source == first else "before"
        at = {id_: (number, place) for number, row in enumerate(self.rows)
              for place, id_ in enumerate(row)}  # fmt: skip
        if source not in at or target not in at:
            return None
        return side_of(at[source], at[target])


def side_of(source: tuple[int, int], target: tuple[int, int]) -> Side:
    """Where an arrow leads, by the row and the place in it of both of its ends."""
    if source[0] == target[0]:
        return "after" if source[1] < target[1] else "before"
    return "ahead" if source[0] < target[0] else "back"


DiagramKind = Literal[
    "landscape", "context", "container", "component", "dynamic", "deployment", "aws"
]


@dataclass(frozen=True, slots=True)
class Diagram:
    """One picture."""

    id: str
    """The view's id, which names its files."""
    kind: DiagramKind
    title: str
    description: str = ""
    direction: Literal["down", "right"] = "down"
    environment: str | None = None
    layout: Layout = field(default_factory=Layout)
    legend: bool = False
    icons: bool = True
    """Whether boxes show the icon of their technology, in outputs that know icons of some."""
    styles: Mapping[str, Style] = field(default_factory=dict)
    """How what has a tag is drawn: those styles that something here has the tag for."""
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    left_out: tuple[str, ...] = ()
    """What it has no place for, in any output: phrases that continue "not shown:"."""

    def walk(self) -> Iterator[Node]:
        """All nodes, outermost first, in drawing order."""
        for node in self.nodes:
            yield from node.walk()

    @property
    def ends(self) -> frozenset[str]:
        """The ids of the elements from which an arrow leads, or to which."""
        ids = {end for edge in self.edges for end in (edge.source, edge.target)}
        return frozenset(node.element for node in self.walk() if node.id in ids)

    def graph(self) -> Graph:
        """What a faithful picture of it contains."""
        return Graph(
            vertices=tuple(
                GraphVertex(
                    id=node.id,
                    name=node.name,
                    technology=node.technology,
                    description=node.description,
                    parent=parent,
                )
                for node, parent in self.with_parents()
            ),
            edges=tuple(
                GraphEdge(
                    source=edge.source,
                    target=edge.target,
                    label=edge.said,
                    line=edge.line,
                    two_headed=edge.two_headed,
                    technology=edge.technology,
                )
                for edge in self.edges
            ),
        )

    def with_parents(self) -> Iterator[tuple[Node, str | None]]:
        """All nodes, each with the id of the node directly around it."""

        def inside(
            nodes: tuple[Node, ...], parent: str | None
        ) -> Iterator[tuple[Node, str | None]]:
            for node in nodes:
                yield node, parent
                yield from inside(node.children, node.id)

        return inside(self.nodes, None)
