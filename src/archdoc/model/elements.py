"""Logical elements, in C4's terms: person, software system, container, component."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import Field, field_validator

from archdoc.model.base import Base, Described, Id, Port, Text
from archdoc.model.compose_keys import check_service


class ContainerKind(StrEnum):
    """What sort of container it is: decides its shape, and who opens a connection to whom."""

    APPLICATION = "application"
    PROXY = "proxy"
    WORKER = "worker"
    DATABASE = "database"
    CACHE = "cache"
    QUEUE = "queue"
    FILE_STORE = "file-store"

    @property
    def stores_data(self) -> bool:
        """Holds state for others and never calls them: others connect to it."""
        return self in {
            ContainerKind.DATABASE,
            ContainerKind.CACHE,
            ContainerKind.QUEUE,
            ContainerKind.FILE_STORE,
        }


class Person(Described):
    """Somebody who uses the system: C4's person."""

    plural: Text = ""
    """The name where many of them are meant, as in deployment pictures: "Users"."""
    scale: Text = ""
    """How many there are: "hundreds of users"."""


class Component(Described):
    """A part inside a container: C4's component."""

    technology: Text = ""


class MountedFile(Base):
    """A file that the deployment needs beside the compose file, made from a template."""

    template: str = Field(min_length=1)
    """Path of a Jinja2 template, relative to the model's folder, inside it."""
    target: str = Field(alias="to", pattern=r"^/")
    """Absolute path inside the container where it is mounted, read-only."""


class Container(Described):
    """An application or a data store that runs on its own: C4's container."""

    kind: ContainerKind = ContainerKind.APPLICATION
    technology: Text = ""
    version: Text = ""
    """The one place where it is said: labels, image tags and tables are made from it."""
    platform: Text = ""
    """What it runs on, when that matters to readers: "Python 3.10"."""
    port: Port | None = None
    """The TCP port that it listens on."""
    singleton: bool = False
    """At most one instance may run: a second one would do the same work twice."""
    service: dict[str, Any] = Field(default_factory=dict)
    """Its service in a compose file, under the Compose Specification's names."""
    files: tuple[MountedFile, ...] = ()
    components: dict[Id, Component] = Field(default_factory=dict)

    _known_service_keys = field_validator("service")(check_service)

    @property
    def technology_label(self) -> str:
        """Technology, version and platform as one phrase: "Django 4.2 on Python 3.10"."""
        product = " ".join(part for part in (self.technology, self.version) if part)
        if not self.platform:
            return product
        return f"{product} on {self.platform}" if product else self.platform


class SoftwareSystem(Described):
    """The highest level of what can be built and delivered: C4's software system."""

    external: bool = False
    """Somebody else's: drawn in grey, and not looked into."""
    containers: dict[Id, Container] = Field(default_factory=dict)
