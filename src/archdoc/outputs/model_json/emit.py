"""Write the resolved model as JSON: full ids, display names and labels, nothing left to look up."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from archdoc.model import (
    Component,
    Container,
    DeploymentNode,
    Element,
    Link,
    Model,
    Person,
    Placement,
    SoftwareSystem,
    environment_links,
    logical_links,
)

SCHEMA_VERSION = 1
"""Raised when a reader of an older file would misread a newer one."""


def emit(model: Model) -> bytes:
    """The model as indented UTF-8 JSON, in the order of the model's files.

    Raises LookupError for references that lead nowhere (the rules have reported them).
    """
    placements = [Placement(model, environment) for environment in model.environments]
    document = {
        "version": SCHEMA_VERSION,
        "name": model.name,
        "description": model.description,
        "elements": [_element(e, placements) for e in model.index.elements.values()],
        "relationships": [_relationship(link) for link in logical_links(model)],
        "environments": [_environment(placement) for placement in placements],
    }
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def _element(element: Element, placements: Iterable[Placement]) -> dict[str, Any]:
    content = element.content
    facts: dict[str, Any] = {
        "id": element.id,
        "kind": element.kind.value,
        "name": element.name,
        "description": content.description,
        "parent": element.parent,
        "tags": list(content.tags),
        # Every element has these, so that a reader need not ask of what kind it is.
        "technology": "",
        "version": "",
        "runs_on": {},
    }
    match content:
        case Person():
            facts |= {"plural": content.plural, "scale": content.scale}
        case SoftwareSystem():
            facts |= {"external": content.external}
        case Container():
            facts |= {
                "container_kind": content.kind.value,
                "technology": content.technology,
                "version": content.version,
                "platform": content.platform,
                "technology_label": content.technology_label,
                "port": content.port,
                "runs_on": {p.environment_id: _runs_on(element, p) for p in placements},
            }
        case Component():
            facts |= {"technology": content.technology}
        case DeploymentNode():
            raise AssertionError("deployment nodes are not logical elements")
    return facts


def _runs_on(element: Element, placement: Placement) -> list[dict[str, Any]]:
    return [
        {"node": place.node.id, "replicas": place.replicas, "realised": place.realised}
        for place in placement.of(element.id)
    ]


def _relationship(link: Link) -> dict[str, Any]:
    return {
        "id": link.id,
        "source": link.source.id,
        "target": link.target.id,
        "label": link.label,
        "technology": link.relationship.technology,
        "line": link.line,
    }


def _environment(placement: Placement) -> dict[str, Any]:
    environment = placement.environment
    own = environment_links(placement.model, placement.environment_id)
    return {
        "id": placement.environment_id,
        "name": environment.name,
        "description": environment.description,
        "nodes": [_node(placement, local_id) for local_id in placement.nodes],
        "relationships": [_relationship(link) for link in own],
        "reword": dict(environment.reword),
    }


def _node(placement: Placement, local_id: str) -> dict[str, Any]:
    element = placement.nodes[local_id]
    content = placement.node(local_id)
    places = placement.on(local_id)
    return {
        "id": element.id,
        "kind": content.kind,
        "name": element.name,
        "product": content.catalogued.title,
        "description": content.description,
        "parent": element.parent,
        "tags": list(content.tags),
        "runs": [p.container.id for p in places if not p.realised],
        "realises": [p.container.id for p in places if p.realised],
    }
