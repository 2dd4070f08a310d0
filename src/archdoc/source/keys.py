"""The keys that a model's document may have at a place, read off the model's types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

from pydantic import BaseModel

from archdoc.model import Model, Path, Relationship
from archdoc.source.inherit import HEIRS

DOCUMENT_KEYS = {
    "extends": "The model that this one changes: a folder, or a package and a folder in it.",
    "include": "Further files, or folders of files, that are part of this model.",
}
"""What the document may say beside the model: how it is made of files."""


def keys_at(path: Path, document: type[BaseModel] = Model) -> list[str]:
    """The keys that are known at a path of a document, sorted; none where they are the author's."""
    kinds: list[Any] = [document]
    for part in path:
        kinds = [inner for kind in kinds for inner in _step(kind, part)]
    models = [k for k in kinds if isinstance(k, type) and issubclass(k, BaseModel)]
    known = {field.alias or name for kind in models for name, field in kind.model_fields.items()}
    if not path and document is Model:
        known |= DOCUMENT_KEYS.keys()
    if len(path) == 2 and path[0] in HEIRS:
        known.add("extends")
    if Relationship in models:
        known.add("remove")
    return sorted(known)


def _step(kind: Any, part: str | int) -> Iterable[Any]:
    """The types of what stands under one key of a type."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _members(
            [f.annotation for n, f in kind.model_fields.items() if part in {n, f.alias}]
        )
    inner = [argument for argument in get_args(kind) if argument is not Ellipsis]
    return _members(inner[-1:])  # of dict[Id, X] and tuple[X, ...] alike, the last argument is X


def _members(kinds: list[Any]) -> list[Any]:
    """The types themselves, and those that a union offers."""
    found = []
    for kind in kinds:
        members = [m for m in get_args(kind) if m is not type(None)]
        is_union = type(None) in get_args(kind)
        found += members if is_union else [kind]
    return found
