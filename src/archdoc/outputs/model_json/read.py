"""Read `model.json` back: the logical model, and where it runs in every environment."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from archdoc.views import Graph, GraphEdge, GraphVertex

_VERSION = 2
_FACTS = ("kind", "container_kind", "version", "platform", "port")
"""What is said of an element beyond what every graph has room for."""


def read(content: bytes) -> Graph:
    """What a `model.json` says of elements and relationships, and of environments and their nodes.

    An environment's own relationships are facts of it, since it may repeat the model's. Raises
    ValueError where it is not JSON, or not of the form that this version of archdoc writes.
    """
    try:
        document = json.loads(content)
        version = document["version"]
        if version != _VERSION:
            raise ValueError(f"it is of version {version!r}, and this archdoc reads {_VERSION}")
        return Graph(
            tuple(_vertices(document)),
            tuple(_edge(link) for link in document["relationships"]),
            tuple(_facts(document)),
        )
    except (AttributeError, LookupError, TypeError, RecursionError) as error:
        raise ValueError(f"not a model.json: {type(error).__name__}: {error}") from error


def _vertices(document: dict[str, Any]) -> Iterator[GraphVertex]:
    nodes = (node for environment in document["environments"] for node in environment["nodes"])
    for element in (*document["elements"], *nodes):
        yield GraphVertex(
            id=str(element["id"]),
            name=str(element["name"]),
            technology=str(element["technology_label"]),
            description=str(element["description"]),
            parent=None if element["parent"] is None else str(element["parent"]),
        )


def _edge(link: dict[str, Any]) -> GraphEdge:
    return GraphEdge(
        source=str(link["source"]),
        target=str(link["target"]),
        label=str(link["label"]),
        line=link["line"],
        two_headed=link["direction"] == "two-way",
        technology=str(link["technology"]),
    )


def _facts(document: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for element in document["elements"]:
        id_ = str(element["id"])
        for name in _FACTS:
            if element.get(name) not in (None, ""):
                yield id_, name, str(element[name])
        for environment, places in element["runs_on"].items():
            for place in places:
                yield id_, f"where it runs in {environment}", _place(place)
    for environment in document["environments"]:
        id_ = str(environment["id"])
        yield id_, "name", str(environment["name"])
        for link in environment["relationships"]:
            yield id_, "relationship", f"{link['source']} -> {link['target']}: {link['label']}"
        for node in environment["nodes"]:
            yield str(node["id"]), "kind", str(node["kind"])
            if node["version"]:
                yield str(node["id"]), "version", str(node["version"])


def _place(place: dict[str, Any]) -> str:
    """`aws-advanced.rds (in its place)`, `2 × aws-ecs-ec2.web`."""
    times = "" if place["replicas"] == 1 else f"{place['replicas']} × "
    return f"{times}{place['node']}{' (in its place)' if place['realised'] else ''}"
