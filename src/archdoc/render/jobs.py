"""Pictures to make, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple


class Arrow(NamedTuple):
    """An arrow of a picture."""

    source: str
    """The engine's name of the node where it begins."""
    target: str
    """Likewise, where it ends."""
    relationships: tuple[str, ...]
    """The ids of the model's relationships that it shows."""
    two_headed: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """One picture to make."""

    name: str
    """Unique in a run: `aws-advanced.aws`. Ids in the picture begin with it."""
    language: Literal["plantuml", "dot"]
    source: str
    title: str
    description: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    """The engine's name of a node → the id of the model's element that it shows."""
    arrows: tuple[Arrow, ...] = ()
    """What its arrows stand for, in the order of the source."""
    png: bool = False
    """Also make it in pixels."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was made."""

    name: str
    svg: bytes
    png: bytes | None
    fresh: bool
    """Drawn now; False: it was in the cache."""
    drawn_by: str = ""
    """The PlantUML of the servers that drew it; empty: an engine of this machine."""


class Drawing(NamedTuple):
    """What PlantUML made of a diagram."""

    svg: bytes
    drawn_by: str = ""
    """As in `Picture`."""


Cause = Literal["picture", "engine", "missing"]
"""What a failure is about: this one picture, an engine that many pictures need and that does not
work, or one that is not there."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A picture that could not be made."""

    name: str
    message: str
    line: int | None = None
    """Line of the source, from 1, where the engine says so."""
    remedy: str = ""
    """What to do."""
    cause: Cause = "picture"


class DiagramError(Exception):
    """An engine could not draw a diagram."""

    def __init__(
        self, message: str, line: int | None = None, remedy: str = "", cause: Cause = "picture"
    ) -> None:
        super().__init__(message)
        self.line = line
        """Line of the source, from 1, where the engine says so."""
        self.remedy = remedy
        self.cause: Cause = cause


class PostponedError(Exception):
    """A diagram may have ended what drew it: it has to be drawn again, after all others."""


TOO_LARGE = "let the view show less: leave elements out, or divide it into several views"
"""What helps against a diagram that asks too much of its engine."""
