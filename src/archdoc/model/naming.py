"""What a compose project is called: Docker tells containers and volumes of projects apart by it."""

from __future__ import annotations

import re
import unicodedata

from archdoc.model.placement import Placement

_LONGEST = 40
"""Characters of the model's name: names of volumes are names of folders, which end at 255."""


def project_name(placement: Placement, node_id: str) -> str:
    """The model's name, the environment's id and, where it has several projects, the node's.

    The environment is always there: two of one model on one host would take each other's containers
    away, and a name that came with the second environment would lose the volumes of the first.
    """
    model = slug(placement.model.name)[:_LONGEST]
    if not model:  # in letters that Compose does not take; ids are in those that it does
        systems = dict.fromkeys(
            e.id.partition(".")[0] for e in placement.services(node_id).values()
        )
        model = "-".join(systems)[:_LONGEST]
    node = node_id if len(placement.compose_projects) > 1 else ""
    parts = (model, placement.environment_id, node)
    name = "-".join(part.lower().strip("-_") for part in parts if part)
    return re.sub(r"^[^a-z0-9]+", "", name) or "project"


def slug(name: str) -> str:
    """A name in what Compose takes: lower-case letters, digits, `-`. Accents may go.

    Empty where whole letters would be lost.
    """
    folded = unicodedata.normalize("NFKD", name.casefold())
    if any(char.isalpha() and not char.isascii() for char in folded):
        return ""
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
