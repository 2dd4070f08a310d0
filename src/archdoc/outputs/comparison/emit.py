"""Write where everything runs, and what changes between environments, as JSON.

`docs/compare.md` explains every key.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from archdoc.model import Model
from archdoc.views import Cell, Change, Row, Spot, compare

VERSION = 1
"""Raised when a reader of an older form would misread a newer one."""


def table_json(model: Model, bases: Mapping[str, str]) -> str:
    """Containers × environments; `bases` says which environment extends which."""
    environments = [{**_named(model, e), "extends": bases.get(e)} for e in model.environments]
    containers = [_row(row) for row in compare(model)]
    return _text({"version": VERSION, "environments": environments, "containers": containers})


def changes_json(model: Model, old: str, new: str, changes: Iterable[Change]) -> str:
    """What changes from environment `old` to environment `new`, both by their ids."""
    found = [
        {
            "kind": change.kind.value,
            "sentence": change.sentence,
            "elements": list(change.elements),
            "nodes": list(change.nodes),
            "before": change.before,
            "after": change.after,
        }
        for change in changes
    ]
    ends = {"from": _named(model, old), "to": _named(model, new)}
    return _text({"version": VERSION, **ends, "changes": found})


def _text(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _named(model: Model, environment: str) -> dict[str, Any]:
    return {"id": environment, "name": model.environments[environment].name or environment}


def _row(row: Row) -> dict[str, Any]:
    return {
        "id": row.container.id,
        "name": row.container.name,
        "environments": {cell.environment: _cell(cell) for cell in row.cells},
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {"summary": cell.words, "places": [_place(spot) for spot in cell.spots]}


def _place(spot: Spot) -> dict[str, Any]:
    return {
        "node": spot.node.id,
        "name": spot.node.name,
        "kind": spot.kind,
        "product": spot.product,
        "how": spot.how,
        "replicas": spot.replicas,
        "around": [
            {"node": outer.node.id, "name": outer.node.name, "product": outer.product}
            for outer in spot.around
        ],
    }
