"""Where in a model's document things have ids, and what they may hold inside."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.source.tree import Tree

Shape = dict[str, "Shape"]

ID_MAPS: Shape = {
    "groups": {},
    "people": {},
    "systems": {"containers": {"components": {}}},
    "secrets": {},
    "variables": {},
    "volumes": {},
    "glossary": {},
    "networks": {},
    "environments": {"nodes": {}},
    "views": {},
    "styles": {},
    "rules": {},
}
"""The mappings whose keys are an author's own: ids (and tags, and the names of rules)."""

LOGICAL = ("people", "systems")
"""Those that hold elements of the logical model."""

RELATIONSHIPS = "relationships"


def element_ids(model: Tree) -> Iterator[str]:
    """The full ids of all elements of the logical model: `app`, `app.django` and so on."""
    for section in LOGICAL:
        yield from _ids(model.at(section), ID_MAPS[section], "")


def _ids(holder: Tree | None, shape: Shape, prefix: str) -> Iterator[str]:
    for id_, entry in (holder.entries if holder is not None else {}).items():
        if entry.value is None:
            continue
        yield f"{prefix}{id_}"
        for key, inner in shape.items():
            yield from _ids(entry.at(key), inner, f"{prefix}{id_}.")


def suffixes(ids: Iterator[str]) -> set[str]:
    """Every reference that could mean one of them."""
    found: set[str] = set()
    for id_ in ids:
        parts = id_.split(".")
        found.update(".".join(parts[start:]) for start in range(len(parts)))
    return found
