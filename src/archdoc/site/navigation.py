"""The generated pages in a project's own navigation, in mkdocs's form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from archdoc.model import Model

_MANY = 30
"""More elements than that are no list that anyone reads: each system gets a section of its own."""


def merged(own: Sequence[Any], generated: Iterable[Any]) -> list[Any]:
    """A navigation with the generated pages in it: after its first pages, before its first section.

    So what a site is about comes before chapters of other texts. A page that the project has in its
    own navigation stands there only.
    """
    start = next((n for n, entry in enumerate(own) if _is_section(entry)), len(own))
    return [*own[:start], *_without(generated, set(listed(own))), *own[start:]]


def listed(entries: Any) -> Iterator[str]:
    """The pages of a navigation, at every depth."""
    for entry in entries if isinstance(entries, list | tuple) else [entries]:
        if isinstance(entry, dict):
            for inner in entry.values():
                yield from listed(inner)
        elif isinstance(entry, list):
            yield from listed(entry)
        else:
            yield str(entry)


def _is_section(entry: Any) -> bool:
    return isinstance(entry, dict) and any(isinstance(inner, list) for inner in entry.values())


def _without(entries: Iterable[Any], pages: set[str]) -> list[Any]:
    """A navigation without some pages, and without sections that hold none then."""
    kept: list[Any] = []
    for entry in entries:
        name, inner = next(iter(entry.items())) if isinstance(entry, dict) else ("", entry)
        left = _without(inner, pages) if isinstance(inner, list) else inner
        if left and (isinstance(left, list) or left not in pages):
            kept.append({name: left} if name else left)
    return kept


def element_entries(model: Model, pages: Mapping[str, str]) -> list[Any]:
    """An entry for each element: in the order of the model, or by system where there are many."""
    index = model.index
    if len(index.elements) <= _MANY:
        return [{element.name: pages[id_]} for id_, element in index.elements.items()]
    entries: list[Any] = []
    for element in index.children(None):
        own = {element.name: pages[element.id]}
        inner = [{e.name: pages[e.id]} for e in index.descendants(element.id)]
        entries.append({element.name: [own, *inner]} if inner else own)
    return entries
