"""Read `model.json` back: the logical model, and where it runs in every environment."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, get_args

from archdoc.model import Line
from archdoc.report.unfit import UNFIT, unfit
from archdoc.views import Graph, GraphEdge, GraphVertex

_VERSION = 2
_Fact = tuple[str, str, str]
_TOLD = {"id", "name", "parent", "description", "technology_label", "runs_on"}
"""What is told of an element or a node otherwise than as a fact of its own."""
_JOINED = {"id", "source", "target", "label", "line", "direction", "technology"}
"""What is told of a relationship of the model as an edge."""


def read(content: bytes) -> Graph:
    """All that a `model.json` says: elements, nodes, relationships, and every value as a fact.

    What is empty is a fact too: a reader counts on its key. An environment's own relationships are
    facts of it, since it may repeat the model's. Raises ValueError where it is not JSON, or not of
    the form that this version of archdoc writes.
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
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error}") from error
    except UNFIT as error:
        raise unfit("a model.json", error) from error


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
    if link["direction"] not in {"one-way", "two-way"}:
        raise ValueError(f"a relationship has the direction {link['direction']!r}")
    if link["line"] not in get_args(Line):
        raise ValueError(f"a relationship has the line {link['line']!r}")
    return GraphEdge(
        source=str(link["source"]),
        target=str(link["target"]),
        label=str(link["label"]),
        line=link["line"],
        two_headed=link["direction"] == "two-way",
        technology=str(link["technology"]),
    )


def _facts(document: dict[str, Any]) -> Iterator[_Fact]:
    for key in ("name", "description"):
        yield "the model", key, _written(document[key])
    for group in document["groups"]:
        yield from _flat(f"group {group['id']}", group, {"id"})
    for element in document["elements"]:
        yield from _flat(str(element["id"]), element, _TOLD)
        for environment, places in element["runs_on"].items():
            told = ", ".join(map(_place, places))
            yield str(element["id"]), f"where it runs in {environment}", told
    for link in document["relationships"]:
        yield from _flat(f"the relationship {link['id']}", link, _JOINED)
        yield f"the relationship {link['id']}", "ends", f"{link['source']} -> {link['target']}"
    for environment in document["environments"]:
        yield from _of_environment(environment)


def _of_environment(environment: dict[str, Any]) -> Iterator[_Fact]:
    id_ = str(environment["id"])
    yield from _flat(id_, environment, {"id", "nodes", "relationships"})
    for link in environment["relationships"]:
        yield id_, "relationship", f"{link['source']} -> {link['target']}: {link['label']}"
        yield from _flat(f"{id_}: {link['id']}", link, {"id"})
    for node in environment["nodes"]:
        yield from _flat(str(node["id"]), node, _TOLD)
        yield str(node["id"]), "environment", id_


def _flat(subject: str, values: dict[str, Any], told: set[str]) -> Iterator[_Fact]:
    """A fact for each value; of a mapping, one for its keys, and one for each that is in it."""
    for key, value in values.items():
        if key in told:
            continue
        if isinstance(value, dict):
            yield subject, key, ", ".join(value)
            yield from ((subject, f"{key} {k}", _written(inner)) for k, inner in value.items())
        else:
            yield subject, key, _written(value)


def _written(value: Any) -> str:
    """A value as people write it: nothing for what is empty, `a, b` for a list."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_written(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(map(_written, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _place(place: dict[str, Any]) -> str:
    """`aws-advanced.rds (in its place)`, `2 × aws-ecs-ec2.web`."""
    times = "" if place["replicas"] == 1 else f"{place['replicas']} × "
    return f"{times}{place['node']}{' (in its place)' if place['realised'] else ''}"
