"""Logical elements, in C4's terms: person, software system, container, component, group."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import Field, field_validator

from archdoc.model.base import Base, Built, Documented, FilePath, Id, Name, Port
from archdoc.model.compose import check_service


class ContainerKind(StrEnum):
    """What sort of container it is: decides its shape, and who opens a connection to whom."""

    APPLICATION = "application"
    API = "api"
    WEB = "web"
    MOBILE = "mobile"
    DESKTOP = "desktop"
    CLI = "cli"
    FUNCTION = "function"
    WORKER = "worker"
    PROXY = "proxy"
    DATABASE = "database"
    SEARCH = "search"
    CACHE = "cache"
    QUEUE = "queue"
    TOPIC = "topic"
    FILE_STORE = "file-store"

    @property
    def stores_data(self) -> bool:
        """Holds state for others and never calls them: others connect to it."""
        return self in _STORES

    @property
    def runs_at_users(self) -> bool:
        """Runs on machines of its users, so that no environment has to place it."""
        return self in {ContainerKind.MOBILE, ContainerKind.DESKTOP, ContainerKind.CLI}


_STORES = frozenset(
    {
        ContainerKind.DATABASE,
        ContainerKind.SEARCH,
        ContainerKind.CACHE,
        ContainerKind.QUEUE,
        ContainerKind.TOPIC,
        ContainerKind.FILE_STORE,
    }
)


class Group(Documented):
    """Elements that belong together, whatever they are: a domain, a team, a product."""

    within: Id | None = Field(default=None, alias="in")
    """The group around it."""


class Person(Documented):
    """Somebody who uses the system: C4's person."""

    external: bool = False
    """Not one of us: drawn in grey."""
    plural: Name = ""
    """The name where many of them are meant, as in deployment pictures: "Users"."""
    scale: Name = ""
    """How many there are: "hundreds of users"."""
    group: Id | None = None
    """The group that it belongs to."""


class Component(Built):
    """A part inside a container: C4's component."""

    group: Id | None = None
    """The group that it belongs to."""


class MountedFile(Base):
    """A file that the deployment needs beside the compose file, made from a template."""

    template: FilePath
    """Path of a Jinja2 template, relative to the model's folder, inside it."""
    target: str = Field(alias="to", pattern=r"^/[^:\x00]*$")
    """Absolute path inside the container where it is mounted, read-only."""


class Container(Built):
    """An application or a data store that runs on its own: C4's container."""

    kind: ContainerKind = ContainerKind.APPLICATION
    """What sort of container it is: decides its shape, and who connects to whom."""
    group: Id | None = None
    """The group that it belongs to."""
    port: Port | None = None
    """The TCP port that it listens on."""
    singleton: bool = False
    """At most one instance may run: a second one would do the same work twice."""
    service: dict[str, Any] = Field(default_factory=dict)
    """Its service in a compose file, under the Compose Specification's names."""
    files: tuple[MountedFile, ...] = ()
    """What it mounts beside its volumes."""
    components: dict[Id, Component] = Field(default_factory=dict)
    """The parts inside it."""

    def image(self, said: str) -> str:
        """An image's reference with the version as its tag, unless it says a tag of its own.

        `5.x` is the series 5, whose moving tag is `5`.
        """
        has_tag = bool({":", "@"} & set(said.rpartition("/")[2]))
        return said if has_tag or not self.version else f"{said}:{self.version.removesuffix('.x')}"

    _known_service_keys = field_validator("service")(check_service)


class SoftwareSystem(Built):
    """The highest level of what can be built and delivered: C4's software system."""

    external: bool = False
    """Somebody else's: drawn in grey, and not looked into."""
    group: Id | None = None
    """The group that it belongs to."""
    containers: dict[Id, Container] = Field(default_factory=dict)
    """The applications and data stores that it consists of."""


LogicalContent = Person | SoftwareSystem | Container | Component
"""What stands behind an element of the logical model."""
