"""What an output shows, in any syntax: the form in which outputs are read back and compared."""

from __future__ import annotations

from dataclasses import dataclass, field

from archdoc.model import Line


@dataclass(frozen=True, slots=True)
class Vertex:
    """An element as an output shows it. An attribute that an output cannot show is None there."""

    id: str
    name: str | None
    technology: str | None = None
    description: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship as an output shows it; `line` is None where an output cannot show it."""

    source: str
    target: str
    label: str
    line: Line | None = "solid"
    two_headed: bool = False
    technology: str | None = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """All that one output shows. Order carries no meaning."""

    vertices: tuple[Vertex, ...] = ()
    edges: tuple[Edge, ...] = ()
    facts: tuple[tuple[str, str, str], ...] = field(default=())
    """(element id, attribute, value) for what is neither: an image, a port, a variable."""
