"""Which pictures are drawn."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, Self

from pydantic import model_validator

from archdoc.model.base import Described, Ref


class ViewKind(StrEnum):
    """C4's kinds of diagram."""

    LANDSCAPE = "landscape"
    CONTEXT = "context"
    CONTAINER = "container"
    COMPONENT = "component"
    DEPLOYMENT = "deployment"


class View(Described):
    """One picture. `name` is its title."""

    kind: ViewKind
    of: Ref | None = None
    """What it looks into: a system (context, container) or a container (component)."""
    environment: str | None = None
    """The environment that a deployment view shows."""
    direction: Literal["down", "right"] | None = None
    """Where arrows lead, mostly. Left out: to the right in AWS pictures, whose groups have their
    names at the top, and down in all others."""

    @model_validator(mode="after")
    def _says_what_it_shows(self) -> Self:
        needed = {ViewKind.LANDSCAPE: None, ViewKind.DEPLOYMENT: "environment"}.get(self.kind, "of")
        if needed is not None and getattr(self, needed) is None:
            raise ValueError(f"a {self.kind} view needs `{needed}:`")
        return self
