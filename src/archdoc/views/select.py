"""`include` and `exclude`: which elements a view shows. One engine for views of every kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archdoc.model import Container, Element, ElementKind, Link, Model, Selector, View, ViewKind

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
        mine = {element.id}
        if element.kind is not ElementKind.NODE:
            mine |= {inner.id for inner in self.model.index.descendants(element.id)}
        for link in self._links(mine):
            if link.source.id in mine and selector.direction != "in":
                yield self._lifted(link.target)
            if link.target.id in mine and selector.direction != "out":
                yield self._lifted(link.source)

    def _links(self, ids: set[str]) -> Iterator[Link]:
        for id_ in ids:
            yield from self.model.links_of.get(id_, ())
        own = self.model.links_by_environment.get(self.view.environment or "", ())
        yield from (link for link in own if {link.source.id, link.target.id} & ids)

    def _lifted(self, element: Element) -> Element:
        """An element, or the nearest one around it that the view can show."""
        while element.kind not in LEVELS[self.view.kind] and element.parent is not None:
            element = self.model.index.elements[element.parent]
        return element


def _is_of(element: Element, kind: str) -> bool:
    content = element.content
    return element.kind == kind or (isinstance(content, Container) and content.kind == kind)
