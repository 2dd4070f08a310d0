"""Relationships with their ends found: what every projection starts from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archdoc.model.elements import Container
from archdoc.model.index import Element, Index, Path
from archdoc.model.relationships import Line, Relationship


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship whose ends are elements."""

    source: Element
    target: Element
    relationship: Relationship
    path: Path
    """Where it stands in the model's document."""
    part_of: str = ""
    """The id of the relationship that it is one stretch of; empty: a whole one."""

    @property
    def id(self) -> str:
        """Stable as long as the ends and the label are: `app.django->app.redis:Cache`."""
        return self.part_of or f"{self.source.id}->{self.target.id}:{self.relationship.label}"

    @property
    def label(self) -> str:
        """What is said along it, as the model words it."""
        return self.relationship.label

    @property
    def line(self) -> Line:
        """How it is drawn."""
        return self.relationship.drawn_line

    @property
    def opener(self) -> Element:
        """The end that opens the connection.

        That is the source, unless it is a data store (its consumers connect to it) or the
        relationship says otherwise.
        """
        said = self.relationship.opened_by
        if said is None:
            said = "target" if _stores(self.source) and not _stores(self.target) else "source"
        return self.source if said == "source" else self.target

    @property
    def listener(self) -> Element:
        """The other end than the opener."""
        return self.target if self.opener is self.source else self.source


def _stores(element: Element) -> bool:
    return isinstance(element.content, Container) and element.content.kind.stores_data


def find_links(
    index: Index, relationships: Iterable[Relationship], base: Path, environment: str | None = None
) -> Iterator[Link]:
    """The relationships whose two ends are found, by `order`; rules report the others.

    `base` is the path of the list that they stand in; inside `environment`, ends may be its nodes.
    """
    found = (
        Link(source, target, relationship, (*base, number))
        for number, relationship in enumerate(relationships)
        if (source := index.find(relationship.source, environment)) is not None
        and (target := index.find(relationship.target, environment)) is not None
    )
    return iter(sorted(found, key=lambda link: link.relationship.order))
