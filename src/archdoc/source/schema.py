"""The JSON Schema of model files, for editors: completion, and errors while one types."""

from __future__ import annotations

import ast
import inspect
import itertools
import json
import textwrap
from typing import Any

from pydantic import BaseModel

import archdoc.model
from archdoc.model import CATALOGUE, Model
from archdoc.source.keys import DOCUMENT_KEYS

SCHEMA_ID = "urn:archdoc:schema:model:1"
"""Raised with the number at its end when a file that was valid no longer is."""

_PATHS = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
_BASE = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {"package": {"type": "string"}, "folder": {"type": "string"}},
            "required": ["package"],
            "additionalProperties": False,
        },
    ]
}
_ARROW = {"type": "string", "pattern": "->"}
_ARROW_WITH_LABEL = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 1,
    "patternProperties": {"->": {"type": ["string", "number", "boolean", "null"]}},
    "additionalProperties": False,
}
_SHORT_FORMS: dict[str, list[dict[str, Any]]] = {
    "Relationship": [_ARROW, _ARROW_WITH_LABEL],
    "Step": [_ARROW, _ARROW_WITH_LABEL],
    "Selector": [{"type": "string"}],
    "ContainerInstance": [{"type": "string"}],
    "Secret": [{"type": "string"}],
    "Variable": [{"type": "string"}],
    "Volume": [{"type": "string"}],
    "Term": [{"type": "string"}],
    "Network": [{"type": "string"}],
}
"""What may stand for an object: the model's types read these, too."""
_TYPES: dict[str, str | list[str]] = {
    "flag": "boolean",
    "count": "integer",
    "number": "number",
    "size": "string",
    "block": "string",
    "blocks": "string",
    "text": ["string", "number"],
}
"""What the schema says of a setting's type."""
_HEIRS = {"Environment": "environment", "View": "view"}


def schema() -> dict[str, Any]:
    """A JSON Schema (draft 2020-12) that every valid file of a model fulfils.

    It knows the form of single files. What `extends` allows (partial elements, `null` to remove) is
    allowed everywhere; what rules look at is for `archdoc check`.
    """
    document = Model.model_json_schema(by_alias=True, mode="validation")
    definitions: dict[str, Any] = document.pop("$defs")
    said = _said_in_code()
    for name, definition in (*definitions.items(), (Model.__name__, document)):
        _loosen(definition, said.get(name, {}))
    for name, kind in _HEIRS.items():
        meaning = f"The {kind} that this one changes."
        definitions[name]["properties"]["extends"] = {"type": "string", "description": meaning}
    removes = {"type": "boolean", "description": "Removes what is inherited, instead of adding."}
    definitions["Relationship"]["properties"]["remove"] = removes
    node = definitions["DeploymentNode"]["properties"]
    node["kind"]["examples"] = list(CATALOGUE)
    for key in ("runs", "realises", "fronts", "spans"):
        node[key] |= {"anyOf": [{"type": "string"}, *node[key]["anyOf"]]}
    node["settings"] |= _settings()
    see = definitions["Term"]["properties"]["see"]
    see["anyOf"].insert(0, {"type": "string"})
    for name, forms in _SHORT_FORMS.items():
        definitions[name] = {"anyOf": [*forms, definitions[name]]}
    document["properties"] |= {
        "extends": _BASE | {"description": DOCUMENT_KEYS["extends"]},
        "include": _PATHS | {"description": DOCUMENT_KEYS["include"]},
    }
    document["patternProperties"] = {"^x-": {}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "A model of archdoc",
        **document,
        "$defs": dict(sorted(definitions.items())),
    }


def _settings() -> dict[str, Any]:
    """Everything that can be set of some kind of node; which of which, `archdoc check` says."""
    known = {setting.name: setting for kind in CATALOGUE.values() for setting in kind.settings}
    properties = {}
    for name, setting in sorted(known.items()):
        value = {"enum": [*setting.choices]} if setting.choices else {"type": _TYPES[setting.type]}
        properties[name] = _or_null(value) | {"description": f"{setting.title}: {setting.form}."}
    settings = {"type": "object", "properties": properties, "additionalProperties": False}
    return {"anyOf": [settings, {"type": "null"}]}


def schema_text() -> str:
    """The same as a file: indented JSON."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _loosen(definition: dict[str, Any], said: dict[str, str]) -> None:
    """Describe the keys of a type, and allow what merging and reading make of them.

    What a whole model needs may stand in another file, or in what this one extends; `null` removes
    what is inherited.
    """
    definition.pop("required", None)
    definition.pop("title", None)
    for key, field in definition.get("properties", {}).items():
        for noise in ("title", "default"):
            field.pop(noise, None)
        loose = _or_null(_as_read(field))
        definition["properties"][key] = loose
        if key in said:
            loose["description"] = said[key]


def _as_read(field: Any) -> Any:
    """Text may look like a number, as in `version: 1.10`; an entry of a mapping may be `null`."""
    if not isinstance(field, dict):
        return field
    read = {key: _as_read(value) for key, value in field.items()}
    if "anyOf" in read:
        read["anyOf"] = [_as_read(option) for option in read["anyOf"]]
    if read.get("type") == "string" and "enum" not in read:
        read["type"] = ["string", "number"]
    for entries in ("patternProperties", "additionalProperties"):
        if isinstance(read.get(entries), dict):
            inner = read[entries]
            if entries == "patternProperties":
                read[entries] = {key: _or_null(value) for key, value in inner.items()}
                read["additionalProperties"] = False
            else:
                read[entries] = _or_null(inner)
    return read


def _or_null(field: dict[str, Any]) -> dict[str, Any]:
    options = field["anyOf"] if field.keys() == {"anyOf"} else [field]
    return {"anyOf": [*options, *([] if {"type": "null"} in options else [{"type": "null"}])]}


def _said_in_code() -> dict[str, dict[str, str]]:
    """What the docstrings of the model's types say of each key: type → key → meaning."""
    return {
        kind.__name__: _attributes(kind)
        for kind in vars(archdoc.model).values()
        if isinstance(kind, type) and issubclass(kind, BaseModel)
    }


def _attributes(kind: type[BaseModel]) -> dict[str, str]:
    found: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        if base is BaseModel or not issubclass(base, BaseModel):
            continue
        (tree,) = ast.parse(textwrap.dedent(inspect.getsource(base))).body
        body = tree.body if isinstance(tree, ast.ClassDef) else []
        for statement, after in itertools.pairwise(body):
            match statement, after:
                case (
                    ast.AnnAssign(target=ast.Name(id=name)),
                    ast.Expr(value=ast.Constant(value=str(text))),
                ) if name in kind.model_fields:
                    key = kind.model_fields[name].alias or name
                    found[key] = " ".join(text.split())
    return found
