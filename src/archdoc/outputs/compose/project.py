"""One compose project: its services, under what names, and what they reach inside and outside."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property

from archdoc.model import (
    FINISHED,
    Container,
    Element,
    ElementKind,
    Link,
    Placement,
    identifier,
    inner_links,
    references_in,
)
from archdoc.outputs.compose.budget import Budget


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a compose file, as `.env.example` explains it."""

    name: str
    description: str
    example: str = ""
    """What an operator could write; never a value, which would work unread and be wrong."""
    default: str | None = None
    in_comment: bool = False
    """Whether setting it at all, even to nothing, would change what it is if it is not set."""
    is_bare: bool = False
    """Whether something uses it as `${X}` or `${X:?…}`, where Compose knows of no default."""

    @property
    def may_be_left_out(self) -> bool:
        """Whether it stands in a comment: a copied default would outlive that of the model."""
        return self.in_comment or (self.default is not None and not self.is_bare)

    @property
    def expression(self) -> str:
        """How compose.yaml refers to it: with its default, or as a required one."""
        if self.default is not None:
            literal = self.default.replace("$", "$$")  # Compose fills in defaults too
            return f"${{{self.name}:-{literal}}}"
        return f"${{{self.name}:?set {self.name} in .env}}"


@dataclass(frozen=True)
class Project:
    """What runs in one project, and what its services need from elsewhere."""

    placement: Placement
    node_id: str
    variables: dict[str, Variable] = field(default_factory=dict)
    """Filled while services are written; each is listed once, in the order of first use."""
    budget: Budget = field(default_factory=Budget)
    """What rendering its texts may still take."""

    @cached_property
    def services(self) -> dict[str, Element]:
        """Service name → container, in the order of the node's `runs`."""
        return self.placement.services(self.node_id)

    @cached_property
    def name_of(self) -> dict[str, str]:
        """Container id → its service's name."""
        return {container.id: name for name, container in self.services.items()}

    @cached_property
    def jobs(self) -> frozenset[str]:
        """The services that another one waits for until they have finished."""
        waits = [
            ref for e in self.services.values() for ref in references_in(container_of(e).service)
        ]
        return frozenset(ref.name for ref in waits if ref.condition == FINISHED)

    @cached_property
    def volumes(self) -> dict[str, str]:
        """Container id → the named volume that realises it inside this project."""
        return self.placement.volumes(self.node_id)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The relationships with a service of this project at one end or both."""
        return self.placement.service_links(self.node_id)

    @cached_property
    def names(self) -> dict[str, Element | dict[str, Element]]:
        """What placeholders call containers: by their local ids, or by whole ids.

        `redis`, and `app.redis` through its system; `app_redis` where another is called so, too.
        """
        index = self.placement.model.index
        containers = [e for e in index.elements.values() if e.kind is ElementKind.CONTAINER]
        local = Counter(identifier(element.local_id) for element in containers)
        found: dict[str, Element | dict[str, Element]] = {}
        for element in containers:
            name = identifier(element.local_id)
            is_taken = local[name] > 1 or name in {"secret", "variable"}
            found[identifier(element.id) if is_taken else name] = element
        for system in index.children(None):
            parts = {identifier(part.local_id): part for part in index.children(system.id)}
            if parts:
                found.setdefault(identifier(system.id), parts)
        return found

    @property
    def inner_links(self) -> tuple[Link, ...]:
        """The relationships between two services of this project."""
        return inner_links(self.placement, self.node_id)

    def mounts(self, container_id: str) -> dict[str, str]:
        """Where a service mounts the volumes of this project: container id → mount.

        Several relationships to one file store share the first mount that one of them says.
        """
        found: dict[str, str] = {}
        for link in self.links:
            mine = link.source.id == container_id and link.target.id in self.volumes
            if mine and link.relationship.mount:
                found.setdefault(link.target.id, link.relationship.mount)
        return found

    def use(self, variable: Variable) -> str:
        """The expression of a variable, which is listed from now on."""
        return self.variables.setdefault(variable.name, variable).expression

    def use_too(self, variable: Variable) -> None:
        """List a variable that texts name; one that is known already has more to say."""
        known = self.variables.setdefault(variable.name, variable)
        if variable.is_bare:
            self.variables[variable.name] = replace(known, is_bare=True)


def container_of(element: Element) -> Container:
    """The container behind an element that is one."""
    if not isinstance(element.content, Container):
        raise TypeError(f"{element.id} is not a container")
    return element.content
