"""`include` and `exclude`: which elements a view shows. One engine for views of every kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from archdoc.model import (
    Container,
    Element,
    ElementKind,
    Link,
    Model,
    Placement,
    Selector,
    View,
    ViewKind,
)
from archdoc.views.routes import routed

_TOPS = {ElementKind.PERSON, ElementKind.SYSTEM}
LEVELS = {
    ViewKind.LANDSCAPE: _TOPS,
    ViewKind.CONTEXT: _TOPS,
    ViewKind.CONTAINER: _TOPS | {ElementKind.CONTAINER},
    ViewKind.COMPONENT: _TOPS | {ElementKind.CONTAINER, ElementKind.COMPONENT},
    ViewKind.DYNAMIC: _TOPS | {ElementKind.CONTAINER, ElementKind.COMPONENT},
    ViewKind.DEPLOYMENT: _TOPS | {ElementKind.CONTAINER, ElementKind.NODE},
    ViewKind.AWS: _TOPS | {ElementKind.CONTAINER, ElementKind.NODE},
}
"""What a view of each kind can show."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that a view could show."""

    key: str
    """Its id in the picture."""
    element: Element
    inside: tuple[str, ...] = ()
    """The ids of the deployment nodes around it: who selects a node selects what is in it."""


@dataclass(frozen=True)
class Selection:
    """What one view's `include` and `exclude` mean."""

    model: Model
    view: View

    def apply(self, candidates: Iterable[Candidate], usual: Iterable[str]) -> list[str]:
        """The keys of the candidates that the view shows, in their order.

        `usual` are the keys of those that a view of its kind shows without `include`.
        """
        usual = set(usual)
        every = list(candidates)
        shown = self._keys(self.view.include, every, usual) if self.view.include else usual
        shown = shown - self._keys(self.view.exclude, every, usual)
        return [candidate.key for candidate in every if candidate.key in shown]

    def _keys(
        self, selectors: Sequence[Selector], candidates: list[Candidate], usual: set[str]
    ) -> set[str]:
        keys: set[str] = set()
        for selector in selectors:
            if selector.usual:
                keys |= usual
                continue
            meant = self.meant(selector)
            keys |= {
                c.key for c in candidates if c.element.id in meant or meant.intersection(c.inside)
            }
        return keys

    def meant(self, selector: Selector) -> set[str]:
        """The ids of what a selector means, as far as the view can show such things."""
        levels = LEVELS[self.view.kind]
        if selector.around is not None:
            return {e.id for e in self._around(selector) if e.kind in levels}
        return {e.id for e in self._said(selector) if e.kind in levels}

    def _said(self, selector: Selector) -> Iterator[Element]:
        index, environment = self.model.index, self.view.environment
        if selector.id is not None:
            found = index.find(selector.id, environment)
            return iter((found,) if found is not None else ())
        if selector.inside is not None:
            return self._inside(index.find(selector.inside, environment))
        every: Iterator[Element] = self._elements()
        if selector.tag is not None:
            return (e for e in every if selector.tag in e.content.tags)
        if selector.kind is not None:
            return (e for e in every if _is_of(e, selector.kind))
        return (e for e in every if selector.group in self.model.group_chain(e.group))

    def _elements(self) -> Iterator[Element]:
        yield from self.model.index.elements.values()
        yield from self._nodes().values()

    def _nodes(self) -> dict[str, Element]:
        return self.model.index.nodes.get(self.view.environment or "", {})

    def _inside(self, element: Element | None) -> Iterator[Element]:
        if element is None:
            return
        if element.kind is not ElementKind.NODE:
            yield from self.model.index.descendants(element.id)
            return
        for node in self._nodes().values():
            if node.parent == element.id:
                yield node
                yield from self._inside(node)

    def _around(self, selector: Selector) -> Iterator[Element]:
        """An element and its neighbours, each at the level that the view shows it at."""
        start = self.model.index.find(selector.around or "", self.view.environment)
        if start is None:
            return
        seen = {start.id: start}
        edge = [start]
        for _ in range(selector.depth):
            near = {n.id: n for element in edge for n in self._next_to(element, selector)}
            edge = [n for id_, n in near.items() if id_ not in seen]
            seen |= {n.id: n for n in edge}
        yield from seen.values()

    def _next_to(self, element: Element, selector: Selector) -> Iterator[Element]:
        mine = self._parts(element)
        for link in self._links(mine):
            if link.source.id in mine and selector.direction != "in":
                yield from self._drawn_as(link.target, mine)
            if link.target.id in mine and selector.direction != "out":
                yield from self._drawn_as(link.source, mine)

    def _parts(self, element: Element) -> set[str]:
        """The ids of an element and of all in it; of a node, also of what runs there."""
        ids, placement = {element.id}, self._placement
        if element.kind is ElementKind.NODE and placement is not None:
            for inner in placement.inside(element.local_id):
                ids.add(placement.nodes[inner].id)
                ids |= {place.container.id for place in placement.on(inner)}
        logical = [id_ for id_ in ids if id_ in self.model.index.elements]
        return ids | {e.id for id_ in logical for e in self.model.index.descendants(id_)}

    def _drawn_as(self, element: Element, mine: set[str]) -> Iterator[Element]:
        """What the view shows of the other end of an arrow."""
        placement, index = self._placement, self.model.index
        if placement is None:
            yield self._lifted(element)
        elif element.id not in mine:  # what is in a node is shown with it
            yield self._lifted(element)
            if element.id in index.elements and not placement.of(placement.running(element).id):
                yield from (index.elements[outer] for outer in index.ancestors(element.id))

    @cached_property
    def _placement(self) -> Placement | None:
        """Where everything runs, in a view of an environment."""
        name = self.view.environment if self.view.kind.shows_environment else None
        return Placement(self.model, name) if name in self.model.environments else None

    @cached_property
    def _stretches(self) -> list[Link]:
        """The relationships of the environment as its picture draws them, through what it shows."""
        if self._placement is None:
            return []
        plain = [selector for selector in self.view.exclude if selector.around is None]
        hidden = {id_ for selector in plain for id_ in self.meant(selector)}
        drawn = {node.id for node in self._nodes().values()} - hidden
        return [*routed(self._placement, self._placement.links, drawn)]

    def _links(self, ids: set[str]) -> Iterator[Link]:
        if self._placement is not None:
            yield from (
                k for k in self._stretches if not ids.isdisjoint((k.source.id, k.target.id))
            )
            return
        for id_ in ids:
            yield from self.model.links_of.get(id_, ())

    def _lifted(self, element: Element) -> Element:
        """An element, or the nearest one around it that the view can show."""
        while element.kind not in LEVELS[self.view.kind] and element.parent is not None:
            element = self.model.index.elements[element.parent]
        return element


def _is_of(element: Element, kind: str) -> bool:
    content = element.content
    return element.kind == kind or (isinstance(content, Container) and content.kind == kind)
