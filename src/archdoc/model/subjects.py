"""What a text may speak of: more than relationships may join."""

from __future__ import annotations

import re

from archdoc.model.elements import Container
from archdoc.model.index import Element, ElementKind
from archdoc.model.model import Model
from archdoc.model.variables import identifier

_PORT = re.compile(r"\{\{\s*(?P<ref>[A-Za-z_][\w.]*)\.port\s*\}\}")


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


def container_called(name: str, model: Model) -> Element | None:
    """The container that placeholders call so; None where there is none, or several."""
    called = [
        element
        for element in model.index.elements.values()
        if element.kind is ElementKind.CONTAINER
        and identifier(name) in {identifier(element.local_id), identifier(element.id)}
    ]
    return called[0] if len(called) == 1 else None


def with_ports(model: Model, text: str) -> str:
    """A service's text with `{{ web.port }}` filled in.

    A port is the same in every environment, so that it can be said of the container; hosts, and
    all else that placeholders stand for, depend on where it runs.
    """

    def port(placeholder: re.Match[str]) -> str:
        called = container_called(placeholder["ref"], model)
        content = called.content if called else None
        if isinstance(content, Container) and content.port:
            return str(content.port)
        return placeholder[0]

    return _PORT.sub(port, text)
