"""The typed model: what an architecture consists of, and what its parts mean.

Everything here is a frozen value. Nothing here knows of files, of YAML, or of any output.
"""

from archdoc.model.catalogue import CATALOGUE, PEOPLE_ICON, AwsIcon, NodeKind
from archdoc.model.elements import (
    Component,
    Container,
    ContainerKind,
    MountedFile,
    Person,
    SoftwareSystem,
)
from archdoc.model.environments import ContainerInstance, DeploymentNode, Environment
from archdoc.model.index import (
    AmbiguousReferenceError,
    Element,
    ElementKind,
    Index,
    Path,
    UnknownReferenceError,
)
from archdoc.model.links import Link, environment_links, logical_links
from archdoc.model.model import Model, Secret, Variable
from archdoc.model.placement import Place, Placement
from archdoc.model.relationships import Line, Relationship
from archdoc.model.views import View, ViewKind

__all__ = [
    "CATALOGUE",
    "PEOPLE_ICON",
    "AmbiguousReferenceError",
    "AwsIcon",
    "Component",
    "Container",
    "ContainerInstance",
    "ContainerKind",
    "DeploymentNode",
    "Element",
    "ElementKind",
    "Environment",
    "Index",
    "Line",
    "Link",
    "Model",
    "MountedFile",
    "NodeKind",
    "Path",
    "Person",
    "Place",
    "Placement",
    "Relationship",
    "Secret",
    "SoftwareSystem",
    "UnknownReferenceError",
    "Variable",
    "View",
    "ViewKind",
    "environment_links",
    "logical_links",
]
