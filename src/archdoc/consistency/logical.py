"""What `model.json` has to say of a model."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Built, Container, Element, Model, Place, Placement
from archdoc.views import Graph, GraphEdge, GraphVertex


def logical_graph(model: Model) -> Graph:
    """Every element and every node with where it stands, relationships, and where things run."""
    nodes = [node for nodes in model.index.nodes.values() for node in nodes.values()]
    return Graph(
        tuple(_vertex(element) for element in (*model.index.elements.values(), *nodes)),
        tuple(
            GraphEdge(
                source=link.source.id,
                target=link.target.id,
                label=link.label,
                line=link.line,
                two_headed=link.relationship.direction == "two-way",
                technology=link.relationship.technology,
            )
            for link in model.links
        ),
        (*_of_elements(model), *_of_environments(model)),
    )


def _vertex(element: Element) -> GraphVertex:
    content = element.content
    technology = content.technology_label if isinstance(content, Built) else ""
    return GraphVertex(element.id, element.name, technology, content.description, element.parent)


def _of_elements(model: Model) -> Iterator[tuple[str, str, str]]:
    placements = [Placement(model, environment) for environment in model.environments]
    for element in model.index.elements.values():
        content = element.content
        said = {"kind": element.kind.value}
        if isinstance(content, Built):
            said |= {"version": content.version, "platform": content.platform}
        if isinstance(content, Container):
            said |= {"container_kind": content.kind.value, "port": str(content.port or "")}
        yield from ((element.id, name, value) for name, value in said.items() if value)
        for placement in placements:
            for place in placement.of(element.id):
                yield element.id, f"where it runs in {placement.environment_id}", _said(place)


def _said(place: Place) -> str:
    times = f"{place.replicas} × " if place.replicas != 1 else ""
    return f"{times}{place.node.id}{' (in its place)' if place.realised else ''}"


def _of_environments(model: Model) -> Iterator[tuple[str, str, str]]:
    for id_, environment in model.environments.items():
        yield id_, "name", environment.name
        for link in model.links_by_environment[id_]:
            yield id_, "relationship", f"{link.source.id} -> {link.target.id}: {link.label}"
        placement = Placement(model, id_)
        for local_id, element in placement.nodes.items():
            node = placement.node(local_id)
            yield element.id, "kind", node.kind
            if node.version:
                yield element.id, "version", node.version
