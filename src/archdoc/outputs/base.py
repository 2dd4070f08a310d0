"""What every output declares: what it can show, how it is written and how it is read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from archdoc.views import Diagram, Graph

Files = Mapping[str, bytes]
"""What an output wrote: path relative to its folder → content."""


class Feature(StrEnum):
    """Things a picture may or may not be able to show."""

    NAME = "name"
    TECHNOLOGY = "technology"
    DESCRIPTION = "description"
    NESTING = "nesting"
    LABEL = "label"
    LINE_STYLE = "line style"
    TWO_HEADED = "two-headed edge"
    REPLICAS = "replicas"


@dataclass(frozen=True, slots=True)
class Emitted:
    """A diagram in some syntax, ready for its engine."""

    source: str
    names: Mapping[str, str] = field(default_factory=dict)
    """The engine's name of each node → the diagram's node id; and of each edge, where the engine
    gives edges names, → the edge's relationships."""


class DiagramOutput(Protocol):
    """One syntax for diagrams."""

    name: str
    """The folder's name under `outputs/`."""
    suffix: str
    """What its files end in: `.puml`, `.aws.puml`, `.aws.dot`."""
    shows: frozenset[Feature]

    def emit(self, diagram: Diagram) -> Emitted:
        """The diagram in this syntax. Pure: the same diagram gives the same text."""
        ...

    def read(self, svg: bytes) -> Graph:
        """What the engine's picture of it shows, read without looking at how it was emitted."""
        ...
