"""archdoc: one typed model of a deployment; every picture, compose file and page from it.

>>> import archdoc
>>> shop = archdoc.Model(
...     name="Shop",
...     people={"user": archdoc.Person(description="Buys.")},
...     systems={"shop": archdoc.SoftwareSystem(description="Sells.")},
...     relationships=(archdoc.Relationship(source="user", target="shop", label="Orders"),),
... )
>>> archdoc.check(shop)
[]
>>> print(archdoc.dump(shop))
name: Shop
people:
  user:
    description: Buys.
systems:
  shop:
    description: Sells.
relationships:
  - user -> shop: Orders
<BLANKLINE>
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archdoc.api import ModelError, check, dump, load
    from archdoc.model import (
        Component,
        Container,
        ContainerInstance,
        ContainerKind,
        DeploymentNode,
        Environment,
        Group,
        Model,
        MountedFile,
        Person,
        Relationship,
        Secret,
        Selector,
        SoftwareSystem,
        Step,
        Style,
        Variable,
        View,
        ViewKind,
    )

__version__ = "0.1.0"

__all__ = [
    "Component",
    "Container",
    "ContainerInstance",
    "ContainerKind",
    "DeploymentNode",
    "Environment",
    "Group",
    "Model",
    "ModelError",
    "MountedFile",
    "Person",
    "Relationship",
    "Secret",
    "Selector",
    "SoftwareSystem",
    "Step",
    "Style",
    "Variable",
    "View",
    "ViewKind",
    "__version__",
    "check",
    "dump",
    "load",
]

_FUNCTIONS = {"ModelError", "check", "dump", "load"}


def __getattr__(name: str) -> Any:
    """What this package offers, imported when it is first used: commands start without it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = importlib.import_module("archdoc.api" if name in _FUNCTIONS else "archdoc.model")
    return getattr(module, name)
