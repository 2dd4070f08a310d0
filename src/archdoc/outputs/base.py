"""What every output of diagrams declares: what it draws, how it is written and read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from archdoc.outputs.features import Feature
from archdoc.views import Diagram, Graph


@dataclass(frozen=True, slots=True)
class Emitted:
    """A diagram in some syntax, ready for its engine."""

    source: str
    names: Mapping[str, str] = field(default_factory=dict)
    """The engine's name of each node → the id of the diagram's node."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """How an output's pictures are made, and what their files end in."""

    language: Literal["plantuml", "dot"]
    """Which engine draws them."""
    svg_suffix: str
    png_suffix: str | None = None
    """None: a build makes no picture in pixels."""


Form = Literal["map", "sequence", "aws"]
"""What pictures have in common that say the same in different syntaxes: boxes and arrows, messages
between lanes, or AWS's view of an environment."""


@dataclass(frozen=True, slots=True)
class DiagramOutput:
    """One syntax for diagrams."""

    name: str
    """The folder's name under `outputs/`, where that has one output."""
    form: Form
    source_suffix: str
    """What its files end in: `aws-simple` + `.aws.puml`."""
    drawing: Drawing | None
    """None: it is drawn where it is read, and is only text here."""
    can: Mapping[Feature, str]
    """What it can show, of all that pictures can; what it shows in part only has a note on that."""
    emit: Callable[[Diagram], Emitted]
    """The diagram in this syntax. Pure: the same diagram gives the same text."""
    read: Callable[[bytes], Graph]
    """What the engine's picture shows, read without looking at how it was written; ids are the
    engine's names. Raises ValueError for what is not such a picture."""
    shows: Callable[[Diagram], Graph]
    """What a faithful picture of a diagram contains: what this syntax cannot show is left out."""
    read_text: Callable[[str], Graph] | None = None
    """The same as `read`, of a source; for syntaxes that people put into files of their own."""
    names: Callable[[Diagram], Mapping[str, str]] | None = None
    """The names that `emit` gives to nodes, where that needs a package which may be missing."""

    def draws(self, diagram: Diagram) -> bool:
        """Whether it draws a diagram."""
        match self.form:
            case "sequence":
                return diagram.kind == "dynamic"
            case "aws":
                return diagram.kind == "aws"
        return diagram.kind != "aws"


class MissingPackageError(Exception):
    """An output needs a package that is not installed; `help` says how to get it."""

    def __init__(self, package: str) -> None:
        super().__init__(f"the package `{package}` is not installed")
        self.help = "install it with `pip install 'archdoc-c4[render]'`"
