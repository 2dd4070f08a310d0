"""Whether a picture shows what the model says it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace

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


def differences(expected: Graph, shown: Graph, names: Mapping[str, str]) -> tuple[Difference, ...]:
    """Everything in which a picture departs from what it should show.

    `names` gives the ids of what the picture calls by its engine's names. An attribute that is None
    in either graph cannot be told from the picture, and is not compared.
    """
    renamed = _rename(shown, names)
    return (*_vertices(expected, renamed), *_edges(expected, renamed))


def _rename(graph: Graph, names: Mapping[str, str]) -> Graph:
    def name(engine_name: str) -> str:
        return names.get(engine_name, f"?{engine_name}")

    return Graph(
        tuple(
            replace(v, id=name(v.id), parent=None if v.parent is None else name(v.parent))
            for v in graph.vertices
        ),
        tuple(replace(e, source=name(e.source), target=name(e.target)) for e in graph.edges),
    )


def _vertices(expected: Graph, shown: Graph) -> Iterator[Difference]:
    wanted = {vertex.id: vertex for vertex in expected.vertices}
    found = {vertex.id: vertex for vertex in shown.vertices}
    for id_ in wanted.keys() - found.keys():
        yield Difference(id_, "the element", "there", "missing")
    for id_ in found.keys() - wanted.keys():
        yield Difference(id_, "the element", "absent", "there")
    if len(shown.vertices) != len(found):
        twice = [id_ for id_, n in Counter(v.id for v in shown.vertices).items() if n > 1]
        yield Difference(", ".join(twice), "the element", "there once", "there twice")
    for id_ in wanted.keys() & found.keys():
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
    arrow = "<->" if edge.two_headed else "->"
    more = [(name, getattr(edge, name)) for name in ("line", "technology") if name in compared]
    rest = [f"{name} {value}" for name, value in more if value not in {"", "solid"}]
    said = f"{edge.source} {arrow} {edge.target}: {' '.join(edge.label.split())}"
    return said + (f" ({', '.join(rest)})" if rest else "")


def _words(text: str) -> str:
    """Text without regard to where lines break."""
    return "".join(text.split())
