"""The root of the model: everything that the files say, typed."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from archdoc.model.base import Base, Id, Name, Ref, Tag, Text, named
from archdoc.model.compose import check_network, check_volume
from archdoc.model.elements import Group, Person, SoftwareSystem
from archdoc.model.environments import Environment
from archdoc.model.index import Index
from archdoc.model.links import Link, find_links
from archdoc.model.relationships import Relationship
from archdoc.model.rendering import Rendering
from archdoc.model.views import Style, View


class _Described(Base):
    """Something that may be written as its description alone."""

    @model_validator(mode="before")
    @classmethod
    def _from_description(cls, value: Any) -> Any:
        return named(value, "description")


class Variable(_Described):
    """A value that differs from installation to installation, set in the environment file."""

    description: Text = ""
    """What it means, for whoever sets it."""
    default: str | None = None
    """Used where the variable is not set; none: it must be set."""
    example: str = ""
    """What an operator could write: a comment in `.env.example`."""


class Secret(_Described):
    """A password, key or certificate: only its name and meaning are known here, never its value."""

    description: Text = ""
    """What it protects, and which characters it may have."""
    file: str = ""
    """For one that is a file: where the operator keeps it, as a default. It is mounted at
    `/run/secrets/<name>`; a secret without a file is a variable that must be set."""


class Volume(_Described):
    """Data that outlives the containers that mount it."""

    description: Text = ""
    """What is kept there: who makes backups reads it."""
    options: dict[str, Any] = Field(default_factory=dict)
    """Its entry in a compose file, under the Compose Specification's names."""

    _known_keys = field_validator("options")(check_volume)


class Term(Base):
    """A word that people use of the system, and what it means."""

    meaning: Text = ""
    """One or two sentences, for somebody who is new."""
    see: tuple[Ref, ...] = ()
    """The elements that it is about: the glossary leads to their pages."""

    @model_validator(mode="before")
    @classmethod
    def _from_meaning(cls, value: Any) -> Any:
        return named(value, "meaning")

    @field_validator("see", mode="before")
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value


class Network(_Described):
    """A network that services join under `networks:`, beside those that relationships make."""

    description: Text = ""
    """Who meets there."""
    options: dict[str, Any] = Field(default_factory=dict)
    """Its entry in a compose file, under the Compose Specification's names."""

    _known_keys = field_validator("options")(check_network)


Level = Literal["error", "warning", "off"]
"""How seriously a rule is taken."""


class Model(Base):
    """An architecture: people, systems, relationships, and where it all runs."""

    name: Name = Field(min_length=1)
    """What is described, in a few words: the title of everything."""
    description: Text = ""
    """One or two sentences on what it is."""
    groups: dict[Id, Group] = Field(default_factory=dict)
    """What belongs together: domains, teams, products."""
    people: dict[Id, Person] = Field(default_factory=dict)
    """Who uses it."""
    systems: dict[Id, SoftwareSystem] = Field(default_factory=dict)
    """Software systems with what they consist of, and those of others."""
    relationships: tuple[Relationship, ...] = ()
    """Who talks to whom, wherever they run."""
    secrets: dict[Id, Secret] = Field(default_factory=dict)
    """Passwords, keys and certificates that the operator sets."""
    variables: dict[Id, Variable] = Field(default_factory=dict)
    """What else differs from installation to installation."""
    volumes: dict[Id, Volume] = Field(default_factory=dict)
    """What is kept when containers go."""
    networks: dict[Id, Network] = Field(default_factory=dict)
    """Networks that services join beside those that relationships make."""
    glossary: dict[Tag, Term] = Field(default_factory=dict)
    """Words that people use of the system: what each means."""
    environments: dict[Id, Environment] = Field(default_factory=dict)
    """Where everything runs: each is one way to deploy it."""
    views: dict[Id, View] = Field(default_factory=dict)
    """Which pictures are drawn. Without any there is a sensible set."""
    styles: dict[Tag, Style] = Field(default_factory=dict)
    """How everything with a tag is drawn."""
    rules: dict[str, Level] = Field(default_factory=dict)
    """How seriously rules are taken, by their names, where it is not as usual."""
    render: Rendering = Field(default_factory=Rendering)
    """Where pictures are drawn: on this machine, unless it names servers."""

    @cached_property
    def index(self) -> Index:
        """Every element by its full id, and what references lead to."""
        return Index(self.people, self.systems, self.environments)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The model's relationships with their ends found, by `order`, then in its own order."""
        return tuple(find_links(self.index, self.relationships, ("relationships",)))

    @cached_property
    def links_of(self) -> dict[str, tuple[Link, ...]]:
        """The model's relationships by the elements at their ends."""
        found: dict[str, list[Link]] = defaultdict(list)
        for link in self.links:
            found[link.source.id].append(link)
            if link.target is not link.source:
                found[link.target.id].append(link)
        return {element_id: tuple(links) for element_id, links in found.items()}

    @cached_property
    def links_by_environment(self) -> dict[str, tuple[Link, ...]]:
        """The relationships that exist in one environment only; their ends may be its nodes."""
        return {
            name: tuple(
                find_links(
                    self.index,
                    environment.relationships,
                    ("environments", name, "relationships"),
                    name,
                )
            )
            for name, environment in self.environments.items()
        }

    def links_in(self, environment: str) -> tuple[Link, ...]:
        """What is said in an environment: the model's relationships, then the environment's own."""
        return (*self.links, *self.links_by_environment[environment])

    def group_chain(self, group_id: str | None) -> tuple[str, ...]:
        """A group and the groups around it, innermost first; those that do not exist end it."""
        chain: list[str] = []
        while group_id is not None and group_id in self.groups and group_id not in chain:
            chain.append(group_id)
            group_id = self.groups[group_id].within
        return tuple(chain)
