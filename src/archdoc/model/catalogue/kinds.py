"""What the catalogue knows of a kind of deployment node."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from archdoc.model.catalogue.settings import Setting
from archdoc.model.elements import ContainerKind


@dataclass(frozen=True, slots=True)
class AwsIcon:
    """Where the two AWS icon libraries keep one icon."""

    include: str
    """The `awslib20` include, without `<awslib20/…>`; its last part names the image."""
    diagrams: str = ""
    """Module and class under `diagrams.`; empty for groups, which are that library's clusters."""

    @property
    def macro(self) -> str:
        """The macro that draws it: `EC2Instance(alias, "label", "technology", "description")`."""
        name = self.include.rpartition("/")[2]
        return f"{name}Group" if self.of_a_group else name

    @property
    def of_a_group(self) -> bool:
        """Whether the library draws a border around others for it."""
        return self.include.startswith("Groups/")


@dataclass(frozen=True, slots=True)
class NodeKind:
    """One kind of deployment node."""

    title: str
    """The product's own name, shown where a node has nothing better to say: "Amazon RDS"."""
    stands_in: tuple[str, ...] = ()
    """The kinds that it may stand in; "" is in none, `ANYWHERE` in any or none."""
    category: str = ""
    """What it is for: "Databases"."""
    group: bool = False
    """Drawn as a boundary around what stands in it."""
    runs: Literal["nothing", "compose", "tasks"] = "nothing"
    """How it runs containers: as one Docker Compose project, as an orchestrator's tasks, or not."""
    runs_only: tuple[ContainerKind, ...] = ()
    """The kinds of container that it can run; empty: any."""
    needs_capacity: bool = False
    """It runs containers only on instances that stand in the same cluster."""
    replicates: bool = False
    """`desired` says how many tasks there are, and each of them runs every container once."""
    realises: tuple[ContainerKind, ...] = ()
    """The kinds of container that it can take the place of."""
    technologies: tuple[str, ...] = ()
    """The technologies of those; empty: any."""
    fronts: bool = False
    """Requests can pass through it on their way to others."""
    public: bool = False
    """It faces the Internet, whatever is set of it: those inside do not go out and in again."""
    zones: int = 1
    """How many availability zones it has to have."""
    settings: tuple[Setting, ...] = ()
    """What can be said of it, for the tables of readers."""
    isolates: bool = False
    """A network of its own: what stands in two of them cannot reach each other."""
    icon: AwsIcon | None = None
    """None: not an AWS service, so not in AWS pictures."""
    formerly: tuple[str, ...] = ()
    """Names of its `awslib` include in older versions of that library."""


ANYWHERE = "*"
"""In `stands_in`: at the top, or in any other node."""
