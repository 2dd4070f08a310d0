"""What a text may speak of: more than relationships may join."""

from __future__ import annotations

from archdoc.model.index import Element
from archdoc.model.model import Model


def find_subject(model: Model, ref: str) -> Element | str:
    """An environment's id, or the element or node (`aws-simple.region`) that a text speaks of.

    Raises UnknownReferenceError or AmbiguousReferenceError.
    """
    if ref in model.environments:
        return ref
    environment, _, node = ref.partition(".")
    if node and environment in model.environments:
        return model.index.resolve(node, environment)
    return model.index.resolve(ref)
