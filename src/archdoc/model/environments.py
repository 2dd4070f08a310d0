"""Where containers run: deployment environments and their nodes."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from archdoc.model.base import Base, Built, Described, Id, Ref, Text, named
from archdoc.model.catalogue import CATALOGUE, NodeKind, Setting
from archdoc.model.relationships import Relationship


class ContainerInstance(Base):
    """A container that runs on a node; just its reference where nothing else is to be said."""

    container: Ref
    """The container that runs."""
    replicas: int | None = Field(default=None, ge=1)
    """How many of it run there at once: 1, or as many tasks as an ECS service is said to have."""

    @model_validator(mode="before")
    @classmethod
    def _from_reference(cls, value: Any) -> Any:
        return named(value, "container")


class DeploymentNode(Built):
    """Something that containers run on or that stands around it: C4's deployment node."""

    kind: str
    """A kind of the catalogue: `aws.ec2`, `docker.compose`, …"""
    within: Id | None = Field(default=None, alias="in")
    """The node of this environment that it stands in; none for the outermost."""
    spans: tuple[Id, ...] = ()
    """The zones or subnets that it is spread over, where that is more than one: a cluster, a load
    balancer, a group of machines. It stands in what is around them, their VPC."""
    runs: tuple[ContainerInstance, ...] = ()
    """The containers that run here."""
    realises: tuple[Ref, ...] = ()
    """The containers that this managed service takes the place of: RDS realises `postgres`."""

    fronts: tuple[Ref, ...] = ()
    """What requests reach through it: containers, or nodes with all that is in them, behind a load
    balancer or a CDN."""
    carries: Literal["all", "outside"] | None = None
    """Which requests go through it to what it `fronts`: `all`, or only those from `outside` of the
    network of that. Left out: those from outside for what faces the Internet, else all."""
    settings: dict[Id, Text] = Field(default_factory=dict)
    """What readers want to know of an AWS service, by AWS's names: `instance_class`, `multi_az`."""

    @field_validator("runs", "realises", "fronts", "spans", mode="before")
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @field_validator("settings", mode="before")
    @classmethod
    def _flags_as_written(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {k: str(v).lower() if isinstance(v, bool) else v for k, v in value.items()}

    @property
    def catalogued(self) -> NodeKind:
        """What the catalogue knows of its kind; nothing of an unknown one, which a rule reports."""
        return CATALOGUE.get(self.kind) or NodeKind(self.kind)

    def replicas(self, instance: ContainerInstance) -> int:
        """How many of a container run here at once."""
        return instance.replicas or self.tasks or 1

    @property
    def tasks(self) -> int:
        """How many tasks an ECS service has, each with every container of it; 0: not said."""
        said, known = self.settings.get("desired", ""), self.catalogued.settings
        fits = any(s.name == "desired" and s.fits(said) for s in known)
        return int(said) if self.catalogued.replicates and fits else 0

    @property
    def carries_all(self) -> bool:
        """Whether those who share a network with what it fronts go through it, too."""
        if self.carries is not None:
            return self.carries == "all"
        return not (self.catalogued.public or self.settings.get("scheme") == "internet-facing")

    @property
    def said(self) -> dict[str, str]:
        """What is set of what its kind knows, as tables say it, in the catalogue's order."""
        known: tuple[Setting, ...] = self.catalogued.settings
        return {s.title: s.shown(self.settings[s.name]) for s in known if s.name in self.settings}

    @property
    def product(self) -> str:
        """What it is, as pictures and tables say it: its own technology, or the kind's title."""
        return self.technology_label or self.catalogued.title


class Environment(Described):
    """One way to deploy everything: "all on one EC2 instance"."""

    nodes: dict[Id, DeploymentNode] = Field(default_factory=dict)
    """What containers run on, and what stands around that."""
    relationships: tuple[Relationship, ...] = ()
    """Relationships that exist only here (staff → EC2: SSH); ends may be nodes."""
    reword: dict[str, Text | None] = Field(default_factory=dict)
    """Labels that read differently here (`SQL queries: Queries`); null leaves one out."""
