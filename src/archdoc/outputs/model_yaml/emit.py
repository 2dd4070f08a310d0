"""Write a model as a person would: short forms where there are some, and nothing that is usual."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archdoc.model import Model, arrow_ends
from archdoc.outputs.yaml_text import to_yaml


def emit(model: Model) -> str:
    """The model as YAML: loading it gives an equal model."""
    data = model.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if "relationships" in data:
        data["relationships"] = [_relationship(r) for r in data["relationships"]]
    for environment in data.get("environments", {}).values():
        if "relationships" in environment:
            environment["relationships"] = [_relationship(r) for r in environment["relationships"]]
        for node in environment.get("nodes", {}).values():
            if "runs" in node:
                node["runs"] = [_instance(instance) for instance in node["runs"]]
    for view in data.get("views", {}).values():
        for key in ("include", "exclude"):
            if key in view:
                view[key] = [_selector(selector) for selector in view[key]]
        if "steps" in view:
            view["steps"] = [_relationship(step) for step in view["steps"]]
    _keep_service_values(model, data)
    return to_yaml(data)


def _keep_service_values(model: Model, data: dict[str, Any]) -> None:
    """A service is the author's: what equals a default elsewhere is kept there as it is."""
    for system_id, system in model.systems.items():
        for container_id, container in system.containers.items():
            if container.service:
                place = data["systems"][system_id]["containers"][container_id]
                place["service"] = container.service


def _relationship(said: Mapping[str, Any]) -> Any:
    """`{from -> to: label}` where there is nothing else to say, and the text can be read back."""
    rest = {key: value for key, value in said.items() if key not in {"from", "to", "label"}}
    source, target, label = said["from"], said["to"], said.get("label", "")
    short = f"{source} -> {target}"
    if rest or arrow_ends(short) != (source, "->", target, ""):
        return dict(said)
    return {short: label} if label else short


def _instance(said: Mapping[str, Any]) -> Any:
    return said["container"] if said.keys() == {"container"} else dict(said)


def _selector(said: Mapping[str, Any]) -> Any:
    if said.keys() == {"usual"}:
        return "*"
    return said["id"] if said.keys() == {"id"} and said["id"] != "*" else dict(said)
