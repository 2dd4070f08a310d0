"""Write the resolved model as JSON: full ids, display names and labels, nothing left to look up."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from archdoc.model import (
    Built,
    Container,
    DeploymentNode,
    Documented,
    Element,
    Link,
    Model,
    Path,
    Person,
    Placement,
    SoftwareSystem,
    display_name,
)

SCHEMA_VERSION = 2
"""Raised when a reader of an older file would misread a newer one."""

Origin = Callable[[Path], tuple[str, int] | None]
"""The file and the line in which a value of the model's document was written."""


def emit(model: Model, origin: Origin = lambda _: None) -> bytes:
    """The model as indented UTF-8 JSON, in the order of the model's files.

    `origin` tells where values come from; a model built in Python has no such places. Raises
    LookupError for references that lead nowhere (the rules have reported them).
    """
    placements = [Placement(model, environment) for environment in model.environments]
    document = {
        "version": SCHEMA_VERSION,
        "name": model.name,
        "description": model.description,
        "groups": [_group(model, group_id, origin) for group_id in model.groups],
        "elements": [_element(e, placements, origin) for e in model.index.elements.values()],
        "relationships": [_relationship(link, origin) for link in model.links],
        "environments": [_environment(placement, origin) for placement in placements],
    }
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def _documented(content: Documented, path: Path, origin: Origin) -> dict[str, Any]:
    """What may be said of anything, and where it was written."""
    return {
        "description": content.description,
        "owner": content.owner,
        "url": content.url,
        "links": dict(content.links),
        "properties": dict(content.properties),
        "docs": content.docs,
        "tags": list(content.tags),
        **_origins(content, path, origin),
    }


def _origins(content: Documented, path: Path, origin: Origin) -> dict[str, Any]:
    """Where an element was written, and each value of it that comes from another file."""
    own = origin(path)
    if own is None:
        return {}
    elsewhere = {}
    for name in sorted(content.model_fields_set):
        key = type(content).model_fields[name].alias or name
        place = origin((*path, key))
        if place is not None and place[0] != own[0]:
            elsewhere[key] = {"file": place[0], "line": place[1]}
    origins = {"inherited": elsewhere} if elsewhere else {}
    return {"origin": {"file": own[0], "line": own[1], **origins}}


def _group(model: Model, group_id: str, origin: Origin) -> dict[str, Any]:
    group = model.groups[group_id]
    return {
        "id": group_id,
        "name": group.name or display_name(group_id),
        "parent": group.within,
        **_documented(group, ("groups", group_id), origin),
    }


def _element(element: Element, placements: Iterable[Placement], origin: Origin) -> dict[str, Any]:
    content = element.content
    facts: dict[str, Any] = {
        "id": element.id,
        "kind": element.kind.value,
        "name": element.name,
        "parent": element.parent,
        "group": element.group,
        "external": element.is_external,
        **_documented(content, element.path, origin),
        # Every element has these, so that a reader need not ask of what kind it is.
        **_built(content if isinstance(content, Built) else Built()),
        "runs_on": {},
    }
    match content:
        case Person():
            facts |= {"plural": content.plural, "scale": content.scale}
        case Container():
            facts |= {
                "container_kind": content.kind.value,
                "port": content.port,
                "runs_on": {p.environment_id: _runs_on(element, p) for p in placements},
            }
        case SoftwareSystem():
            facts["containers"] = [f"{element.id}.{id_}" for id_ in content.containers]
        case DeploymentNode():
            raise AssertionError("deployment nodes are not logical elements")
    return facts


def _built(content: Built) -> dict[str, str]:
    return {
        "technology": content.technology,
        "version": content.version,
        "platform": content.platform,
        "technology_label": content.technology_label,
    }


def _runs_on(element: Element, placement: Placement) -> list[dict[str, Any]]:
    return [
        {"node": place.node.id, "replicas": place.replicas, "realised": place.realised}
        for place in placement.of(element.id)
    ]


def _relationship(link: Link, origin: Origin) -> dict[str, Any]:
    said = link.relationship
    place = origin(link.path)
    return {
        "id": link.id,
        "source": link.source.id,
        "target": link.target.id,
        "label": said.label,
        "description": said.description,
        "technology": said.technology,
        "asynchronous": said.asynchronous,
        "direction": said.direction,
        "line": said.drawn_line,
        "order": said.order,
        "tags": list(said.tags),
        **({"origin": {"file": place[0], "line": place[1]}} if place is not None else {}),
    }


def _environment(placement: Placement, origin: Origin) -> dict[str, Any]:
    environment = placement.environment
    own = placement.model.links_by_environment[placement.environment_id]
    place = origin(("environments", placement.environment_id))
    return {
        "id": placement.environment_id,
        "name": environment.name,
        "description": environment.description,
        "nodes": [_node(placement, local_id, origin) for local_id in placement.nodes],
        "relationships": [_relationship(link, origin) for link in own],
        "reword": dict(environment.reword),
        **({"origin": {"file": place[0], "line": place[1]}} if place is not None else {}),
    }


def _node(placement: Placement, local_id: str, origin: Origin) -> dict[str, Any]:
    element = placement.nodes[local_id]
    content = placement.node(local_id)
    places = placement.on(local_id)
    return {
        "id": element.id,
        "kind": content.kind,
        "name": element.name,
        "product": content.catalogued.title,
        "parent": element.parent,
        **_documented(content, element.path, origin),
        **_built(content),
        "runs": [p.container.id for p in places if not p.realised],
        "realises": [p.container.id for p in places if p.realised],
        "fronts": [element.id for element in placement.fronted(local_id)],
        "spans": [placement.nodes[zone].id for zone in placement.spanned(local_id)],
        "settings": dict(content.settings),
    }
