"""Relationships with their ends found: what every projection starts from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archdoc.model.elements import Container
from archdoc.model.index import Element
from archdoc.model.model import Model
from archdoc.model.relationships import Line, Relationship


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship whose ends are elements."""

    id: str
    """Stable as long as the relationship's ends and label are: `app.django->app.redis:Cache`."""
    source: Element
    target: Element
    relationship: Relationship

    @property
    def label(self) -> str:
        """What is said along it, as the model words it."""
        return self.relationship.label

    @property
    def line(self) -> Line:
        """How it is drawn."""
        return self.relationship.line

    @property
    def opener(self) -> Element:
        """The end that opens the connection.

        That is the source, unless it is a data store (its consumers connect to it) or the
        relationship says otherwise.
        """
        said = self.relationship.opened_by
        if said is None:
            stores = isinstance(self.source.content, Container) and (
                self.source.content.kind.stores_data
            )
            said = "target" if stores and not self._joins_data_stores else "source"
        return self.source if said == "source" else self.target

    @property
    def listener(self) -> Element:
        """The other end than the opener."""
        return self.target if self.opener is self.source else self.source

    @property
    def _joins_data_stores(self) -> bool:
        return isinstance(self.target.content, Container) and self.target.content.kind.stores_data


def logical_links(model: Model) -> tuple[Link, ...]:
    """The model's relationships, in its order. Raises LookupError for an end that is not there."""
    return tuple(_links(model, model.relationships, None))


def environment_links(model: Model, environment: str) -> tuple[Link, ...]:
    """The relationships that exist in one environment only; their ends may be its nodes."""
    own = model.environments[environment].relationships
    return tuple(_links(model, own, environment))


def _links(
    model: Model, relationships: tuple[Relationship, ...], environment: str | None
) -> Iterator[Link]:
    for relationship in relationships:
        source = model.index.resolve(relationship.source, environment)
        target = model.index.resolve(relationship.target, environment)
        id_ = f"{source.id}->{target.id}"
        yield Link(f"{id_}:{relationship.label}", source, target, relationship)


__all__ = ["Link", "environment_links", "logical_links"]
