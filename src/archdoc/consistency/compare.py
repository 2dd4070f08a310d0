"""Whether a graph that was read back is the one that it should be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from archdoc.views import Graph, GraphEdge, GraphVertex


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that an output does not show as the model says it."""

    subject: str
    """The element, or the arrow, that it is about."""
    fact: str
    """What differs: "name", "parent", or that it is there at all."""
    expected: str
    shown: str

    def __str__(self) -> str:
        return f"{self.subject}: {self.fact} is {self.shown}, and should be {self.expected}"


def compare(expected: Graph, found: Graph) -> tuple[Difference, ...]:
    """Everything in which an output departs from what it should show, in a fixed order.

    An attribute that is None in either graph cannot be told from the output, and is not compared.
    """
    return (*_vertices(expected, found), *_edges(expected, found), *_facts(expected, found))


def _vertices(expected: Graph, shown: Graph) -> Iterator[Difference]:
    wanted = {vertex.id: vertex for vertex in expected.vertices}
    found = {vertex.id: vertex for vertex in shown.vertices}
    for id_ in sorted(wanted.keys() - found.keys()):
        yield Difference(id_, "the element", "there", "missing")
    for id_ in sorted(found.keys() - wanted.keys()):
        yield Difference(id_, "the element", "absent", "there")
    if len(shown.vertices) != len(found):
        twice = [id_ for id_, n in Counter(v.id for v in shown.vertices).items() if n > 1]
        yield Difference(", ".join(twice), "the element", "there once", "there twice")
    for id_ in sorted(wanted.keys() & found.keys()):
        yield from _attributes(id_, wanted[id_], found[id_])


def _attributes(id_: str, wanted: GraphVertex, found: GraphVertex) -> Iterator[Difference]:
    for field in fields(GraphVertex):
        should, is_ = getattr(wanted, field.name), getattr(found, field.name)
        if field.name == "parent":
            should, is_ = should or "", is_ or ""
        if should is not None and is_ is not None and _words(should) != _words(is_):
            yield Difference(id_, field.name, repr(should), repr(is_))


def _edges(expected: Graph, shown: Graph) -> Iterator[Difference]:
    """Arrows have no names of their own: they are compared as a bag of all that they show."""
    compared = _comparable(expected.edges, shown.edges)
    wanted = Counter(_key(edge, compared) for edge in expected.edges)
    found = Counter(_key(edge, compared) for edge in shown.edges)
    edge_of = {_key(edge, compared): edge for edge in (*shown.edges, *expected.edges)}
    for key in wanted - found:
        yield Difference(_said(edge_of[key], compared), "the arrow", "there", "missing")
    for key in found - wanted:
        yield Difference(_said(edge_of[key], compared), "the arrow", "absent", "there")


def _comparable(*sides: Iterable[GraphEdge]) -> list[str]:
    """The attributes of arrows that every picture at hand can show."""
    return [
        field.name
        for field in fields(GraphEdge)
        if all(getattr(edge, field.name) is not None for side in sides for edge in side)
    ]


def _key(edge: GraphEdge, compared: list[str]) -> tuple[tuple[str, str], ...]:
    """What is compared of an arrow; one with two heads reads the same from either end."""
    values = {name: getattr(edge, name) for name in compared}
    if edge.two_headed:
        values["source"], values["target"] = sorted((edge.source, edge.target))
    return tuple((name, _words(str(value))) for name, value in values.items())


def _said(edge: GraphEdge, compared: list[str]) -> str:
    """An arrow in words, which are the same from whichever side it is looked at."""
    ends = sorted((edge.source, edge.target)) if edge.two_headed else (edge.source, edge.target)
    said = (" <-> " if edge.two_headed else " -> ").join(ends)
    more = [(name, getattr(edge, name)) for name in ("line", "technology") if name in compared]
    rest = [f"{name} {value}" for name, value in more if value not in {"", "solid"}]
    said = f"{said}: {' '.join(edge.label.split())}"
    return said + (f" ({', '.join(rest)})" if rest else "")


def _facts(expected: Graph, found: Graph) -> Iterator[Difference]:
    """Facts of elements that are missing, or should not be there, are not told one by one."""
    wanted, shown = _by_attribute(expected), _by_attribute(found)
    told = {v.id for v in expected.vertices} ^ {v.id for v in found.vertices}
    for id_, attribute in sorted(wanted.keys() | shown.keys()):
        should, is_ = (facts.get((id_, attribute), {}) for facts in (wanted, shown))
        if id_ not in told and should.keys() != is_.keys():
            yield Difference(id_, attribute, _listed(should, is_), _listed(is_, should))


def _by_attribute(graph: Graph) -> dict[tuple[str, str], dict[str, str]]:
    """(Element, attribute) → its values, each by its words."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for id_, attribute, value in graph.facts:
        found.setdefault((id_, attribute), {})[_words(value)] = value
    return found


def _listed(values: dict[str, str], others: dict[str, str]) -> str:
    """Values, of which those that both sides have are left out where there are several."""
    own = [value for words, value in values.items() if words not in others]
    shown = sorted(own or values.values())
    return ", ".join(map(repr, shown)) if shown else "missing"


def _words(text: str) -> str:
    """Text without regard to where lines break."""
    return "".join(text.split())
