"""Which pictures are drawn, of what, and how what they show is marked."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from archdoc.model.base import Base, Described, Id, Ref, Tag, mistake
from archdoc.model.elements import ContainerKind
from archdoc.model.relationships import Arrow, Line


class ViewKind(StrEnum):
    """C4's kinds of diagram, and AWS's own."""

    LANDSCAPE = "landscape"
    CONTEXT = "context"
    CONTAINER = "container"
    COMPONENT = "component"
    DYNAMIC = "dynamic"
    DEPLOYMENT = "deployment"
    AWS = "aws"

    @property
    def shows_environment(self) -> bool:
        """Whether it shows where things run."""
        return self in {ViewKind.DEPLOYMENT, ViewKind.AWS}


_SELECTORS = "give an id, or exactly one of `tag`, `kind`, `group`, `inside` and `around`"


class Selector(Base):
    """Some elements of a view. A plain id stands for itself, `"*"` for what the view shows anyway.

    Exactly one of `id`, `usual`, `tag`, `kind`, `group`, `inside` and `around` is given.
    """

    id: Ref | None = None
    """One element, or one node of the view's environment."""
    usual: bool = False
    """All that a view of this kind shows without `include`."""
    tag: Tag | None = None
    """Every element with this tag."""
    kind: ContainerKind | Literal["person", "system", "container", "component"] | None = None
    """Every element, or container, of this kind."""
    group: Id | None = None
    """Every element of this group, and of the groups in it."""
    inside: Ref | None = None
    """Everything that an element consists of, at every depth; not the element itself."""
    around: Ref | None = None
    """An element and its neighbours: those that it has a relationship with."""
    depth: int = Field(default=1, ge=1, le=20)
    """How many relationships `around` follows."""
    direction: Literal["in", "out", "both"] = "both"
    """Which relationships `around` follows: those to the element, from it, or both."""

    @model_validator(mode="before")
    @classmethod
    def _from_short_form(cls, value: Any) -> Any:
        if value == "*":
            return {"usual": True}
        return {"id": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        ways = ("id", "tag", "kind", "group", "inside", "around")
        given = [way for way in ways if getattr(self, way) is not None]
        if len(given) + self.usual != 1:
            raise mistake("this selects nothing, or several things at once", _SELECTORS, lacks="*")
        if self.around is None and self.model_fields_set & {"depth", "direction"}:
            key = "depth" if "depth" in self.model_fields_set else "direction"
            help_ = "leave it out, or write `{around: …}`"
            raise mistake(f"`{key}` belongs to `around`", help_, key, on_key=True)
        return self


class Step(Arrow):
    """One step of a dynamic view, along a relationship of the model, in either direction."""


class View(Described):
    """One picture. `name` is its title."""

    kind: ViewKind
    """Which of C4's diagrams it is, or `aws`."""
    of: Ref | None = None
    """What it looks into: a system (context, container) or a container (component)."""
    environment: Id | None = None
    """The environment that a deployment or AWS view shows."""
    include: tuple[Selector, ...] = ()
    """What it shows; left out: what is usual for its kind."""
    exclude: tuple[Selector, ...] = ()
    """What of it is left out."""
    steps: tuple[Step, ...] = ()
    """What happens in a dynamic view, in this order."""
    direction: Literal["down", "right"] | None = None
    """Where arrows lead, mostly. Left out: to the right in AWS pictures, whose groups have their
    names at the top, and down in all others."""
    rank: tuple[tuple[Ref, ...], ...] = ()
    """Rows, the first one first: what stands side by side, in this order. Columns where arrows lead
    to the right."""
    order: tuple[Ref, ...] = ()
    """Who comes before whom among those inside the same; the model's order decides the rest."""
    near: tuple[tuple[Ref, Ref], ...] = ()
    """Pairs that stand side by side, wherever that is."""
    legend: bool = False
    """Whether it explains its colours, where there are several."""
    icons: bool = True
    """Whether C4 boxes show the icon of their technology, where PlantUML's library has one."""

    @model_validator(mode="after")
    def _places_everything_once(self) -> Self:
        seen: set[tuple[str | int, str]] = set()
        for path, ref in self.hints:
            # A pair of `near` holds nothing twice, but several pairs may hold the same.
            place = str(path[:2]) if path[0] == "near" else path[0]
            if (place, ref) in seen:
                raise mistake(f"`{path[0]}` names `{ref}` twice", "leave it out", *path)
            seen.add((place, ref))
        return self

    @model_validator(mode="after")
    def _says_what_it_shows(self) -> Self:
        needed = _NEEDS[self.kind]
        for key, is_given in (
            ("of", self.of is not None),
            ("environment", self.environment is not None),
            ("steps", bool(self.steps)),
        ):
            if key == needed and not is_given and key in self.model_fields_set:
                raise mistake(f"`{key}` is empty", f"say what a {self.kind} view shows", key)
            if key == needed and not is_given:
                raise mistake(f"a {self.kind} view needs `{key}:`", _ADD[key], lacks=key)
            if key != needed and is_given:
                said = f"a {self.kind} view takes no `{key}:`"
                raise mistake(said, "leave it out", key, on_key=True)
        return self

    @property
    def hints(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Every element that its layout hints name: where in the view, and the reference."""
        for row, refs in enumerate(self.rank):
            yield from ((("rank", row, number), ref) for number, ref in enumerate(refs))
        yield from ((("order", number), ref) for number, ref in enumerate(self.order))
        for pair, refs in enumerate(self.near):
            yield from ((("near", pair, number), ref) for number, ref in enumerate(refs))


_NEEDS = {
    ViewKind.LANDSCAPE: None,
    ViewKind.CONTEXT: "of",
    ViewKind.CONTAINER: "of",
    ViewKind.COMPONENT: "of",
    ViewKind.DYNAMIC: "steps",
    ViewKind.DEPLOYMENT: "environment",
    ViewKind.AWS: "environment",
}
"""The one key that a view of each kind needs; the others of them it does not take."""
_ADD = {
    "of": "add `of:`, and what it looks into",
    "environment": "add `environment:`, and the environment that it shows",
    "steps": "add `steps:`, as in `steps: [user -> web: Orders]`",
}

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$", to_lower=True)]
"""Red, green and blue: `#2a6fb5`."""


class Style(Base):
    """How everything with one tag is drawn. What is left out stays as it is."""

    background: Colour | None = None
    """The colour of boxes."""
    text: Colour | None = None
    """The colour of what is written in boxes."""
    border: Colour | None = None
    """The colour of borders and of arrows."""
    line: Line | None = None
    """How arrows and borders are drawn."""
