"""A model of archdoc's in LikeC4's language: elements, relationships, and the views of them."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Built, Element, Model

_KINDS = "person system container component"


def likec4_text(model: Model) -> str:
    """`model.c4`: people, systems and what is in them, who calls whom, and a view of each system.

    LikeC4's users write environments in another part of its language, which is left out here.
    """
    return "\n".join(_lines(model)) + "\n"


def _lines(model: Model) -> Iterator[str]:
    yield "specification {"
    yield from (f"  element {kind}" for kind in _KINDS.split())
    yield "}\nmodel {"
    for element in model.index.children(None):
        yield from _element(model, element)
    for link in model.links:
        if link.source.id != link.target.id:  # LikeC4 refuses those
            ends = f"{_name(link.source.id)} -> {_name(link.target.id)}"
            yield f"  {ends} {_quoted(link.relationship.label)}"
    yield "}\nviews {\n  view index { include * }"
    wholes = [id_ for id_ in model.index.elements if model.index.children(id_)]
    for number, id_ in enumerate(wholes):
        yield f"  view v{number} of {_name(id_)} {{ include * }}"
    yield "}"


def _element(model: Model, element: Element) -> Iterator[str]:
    content = element.content
    yield f"{_name(element.local_id)} = {element.kind} {_quoted(element.name)} {{"
    yield f"description {_quoted(content.description)}"
    if isinstance(content, Built) and content.technology_label:
        yield f"technology {_quoted(content.technology_label)}"
    for child in model.index.children(element.id):
        yield from _element(model, child)
    yield "}"


def _name(id_: str) -> str:
    return id_.replace("-", "_")


def _quoted(text: str) -> str:
    return "'" + " ".join(text.split()).replace("'", "`") + "'"
