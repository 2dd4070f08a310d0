"""The root of the model: everything that the files say, typed."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from pydantic import Field, model_validator

from archdoc.model.base import Base, Id, Text, named
from archdoc.model.elements import Person, SoftwareSystem
from archdoc.model.environments import Environment
from archdoc.model.index import Index
from archdoc.model.relationships import Relationship
from archdoc.model.views import View


class Variable(Base):
    """A value that differs from installation to installation, set in the environment file."""

    description: Text = ""
    default: str | None = None
    """Used where the variable is not set; none: it must be set."""
    example: str = ""
    """What `.env.example` shows."""

    @model_validator(mode="before")
    @classmethod
    def _from_description(cls, value: Any) -> Any:
        return named(value, "description")


class Secret(Base):
    """A password, key or certificate: only its name and meaning are known here, never its value."""

    description: Text = ""
    file: str = ""
    """For one that is a file: where the operator keeps it, as a default. It is mounted at
    `/run/secrets/<name>`; a secret without a file is a variable that must be set."""

    @model_validator(mode="before")
    @classmethod
    def _from_description(cls, value: Any) -> Any:
        return named(value, "description")


class Model(Base):
    """An architecture: people, systems, relationships, and where it all runs."""

    name: Text
    description: Text = ""
    people: dict[Id, Person] = Field(default_factory=dict)
    systems: dict[Id, SoftwareSystem] = Field(default_factory=dict)
    relationships: tuple[Relationship, ...] = ()
    secrets: dict[Id, Secret] = Field(default_factory=dict)
    variables: dict[Id, Variable] = Field(default_factory=dict)
    environments: dict[Id, Environment] = Field(default_factory=dict)
    views: dict[Id, View] = Field(default_factory=dict)

    @cached_property
    def index(self) -> Index:
        """Every element by its full id, and what references lead to."""
        return Index(self.people, self.systems, self.environments)
