"""Diagrams for tests of their outputs: those of the reference model, and hostile ones."""

from __future__ import annotations

from dataclasses import replace

from archdoc.model import CATALOGUE, PEOPLE_ICON
from archdoc.views import Diagram, Edge, Node, Shape


def hostile_c4(text: str) -> Diagram:
    """A container diagram in which everything that can be written says `text`."""
    inner = (
        Node("s.a", "s.a", Shape.CONTAINER, text, text, text),
        Node("s.b", "s.b", Shape.DATABASE, text, text, text),
        Node("s.c", "s.c", Shape.QUEUE, text, text, text),
    )
    return Diagram(
        id="hostile",
        kind="container",
        title=text,
        description=text,
        nodes=(
            Node("end", "end", Shape.PERSON, text, description=text),
            Node("s", "s", Shape.SYSTEM, text, boundary=True, children=inner),
            Node("x", "x", Shape.SYSTEM, text, description=text, external=True),
        ),
        edges=(
            Edge("end", "s.a", text, text),
            Edge("s.a", "s.b", text, line="dashed"),
            Edge("s.a", "s.c", text, line="dotted", two_headed=True),
            Edge("s.c", "x", text),
        ),
    )


def hostile_aws(text: str) -> Diagram:
    """An AWS diagram in which everything that can be written says `text`."""
    ec2, rds, vpc, ecs = (CATALOGUE[f"aws.{k}"].icon for k in ("ec2", "rds", "vpc", "ecs"))
    cluster = Node(
        "e.c", "e.c", Shape.ICON, text, icon=ecs, boundary=True,
        children=(Node("e.i", "e.i", Shape.ICON, text, text, text, icon=ec2),),
    )  # fmt: skip
    inner = (cluster, Node("e.db", "e.db", Shape.ICON, text, text, text, icon=rds))
    return Diagram(
        id="hostile",
        kind="aws",
        title=text,
        description=text,
        nodes=(
            Node("user", "user", Shape.ICON, text, description=text, icon=PEOPLE_ICON),
            Node("e.v", "e.v", Shape.ICON, text, icon=vpc, boundary=True, children=inner),
            Node("x", "x", Shape.SYSTEM, text, description=text, external=True),
        ),
        edges=(
            Edge("user", "e.i", text, line="dashed"),
            Edge("e.i", "e.db", text, two_headed=True),
            Edge("e.db", "user", text, line="dotted"),
        ),
    )


def hostile_steps(text: str) -> Diagram:
    """A dynamic diagram in which everything that can be written says `text`."""
    edges = (
        Edge("end", "s.a", text, text),
        Edge("s.a", "s.b", text, line="dashed"),
        Edge("s.b", "s.b", text, text),
        Edge("s.c", "s.a", text, line="dotted"),
        Edge("end", "s", text),
        Edge("x", "end", text),
    )
    return replace(
        hostile_c4(text),
        id="steps",
        kind="dynamic",
        edges=tuple(replace(edge, number=number) for number, edge in enumerate(edges, 1)),
    )


def changed(diagram: Diagram, change: str) -> Diagram:
    """The diagram with one thing other than it was; its nodes are the reference model's."""
    first, *rest = diagram.edges
    nodes = diagram.nodes
    edges = {
        "flip": (replace(first, source=first.target, target=first.source), *rest),
        "relabel": (replace(first, label="Something else"), *rest),
        "line": (replace(first, line="dashed"), *rest),
        "heads": (replace(first, two_headed=True), *rest),
        "drop": tuple(rest),
    }
    if change in edges:
        return replace(diagram, edges=edges[change])
    if change == "rename":
        return replace(diagram, nodes=(replace(nodes[0], name="Somebody"), *nodes[1:]))
    (cloud,) = (node for node in nodes if node.boundary)
    if diagram.kind == "dynamic":
        *inside, last = cloud.children
        return replace(diagram, nodes=(nodes[0], replace(cloud, children=tuple(inside)), last))
    (region,) = cloud.children
    vpc, s3 = region.children
    moved = replace(region, children=(replace(vpc, children=(*vpc.children, s3)),))
    return replace(
        diagram,
        nodes=(*(n for n in nodes if n is not cloud), replace(cloud, children=(moved,))),
    )
