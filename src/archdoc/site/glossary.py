"""The page of words: those that the model explains, and those of C4 that it uses."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator

from pydantic import BaseModel

from archdoc.model import (
    Component,
    Container,
    DeploymentNode,
    ElementKind,
    Environment,
    Group,
    Model,
    Person,
    SoftwareSystem,
)
from archdoc.site.blocks import table
from archdoc.site.markdown import escape

PAGE = "glossary.md"

Link = Callable[[str], str]
"""An element's id → Markdown for its name, with a link to its page."""

_EXAMPLES = 3
_KINDS: dict[ElementKind, type[BaseModel]] = {
    ElementKind.PERSON: Person,
    ElementKind.SYSTEM: SoftwareSystem,
    ElementKind.CONTAINER: Container,
    ElementKind.COMPONENT: Component,
}


def own_words(model: Model, link: Link) -> str:
    """The model's terms in the order of the alphabet, as a table; empty for none."""
    rows = [
        (
            escape(word),
            escape(term.meaning),
            ", ".join(link(model.index.resolve(r).id) for r in term.see),
        )
        for word, term in sorted(model.glossary.items(), key=lambda item: item[0].casefold())
    ]
    return table(("Word", "Meaning", "See"), rows) if rows else ""


def words_of_c4(model: Model, link: Link) -> str:
    """What C4's words mean, of those that the model uses, with some examples of each."""
    return table(("Word", "Meaning", "Here, for example"), _words_of_c4(model, link))


def _words_of_c4(model: Model, link: Link) -> Iterator[tuple[str, str, str]]:
    for kind, type_ in _KINDS.items():
        some = [link(e.id) for e in model.index.elements.values() if e.kind is kind][:_EXAMPLES]
        if some:
            word = "Software system" if kind is ElementKind.SYSTEM else str(kind).capitalize()
            yield word, _meaning(type_), ", ".join(some)
    if model.environments:
        names = [escape(e.name or id_) for id_, e in model.environments.items()][:_EXAMPLES]
        yield "Environment", _meaning(Environment), ", ".join(names)
    nodes = [node for nodes in model.index.nodes.values() for node in nodes.values()]
    if nodes:
        some = list(dict.fromkeys(escape(node.name) for node in nodes))[:_EXAMPLES]
        yield "Deployment node", _meaning(DeploymentNode), ", ".join(some)
    if model.groups:
        groups = [escape(g.name or id_) for id_, g in model.groups.items()][:_EXAMPLES]
        yield "Group", _meaning(Group), ", ".join(groups)


def _meaning(type_: type[BaseModel]) -> str:
    """What the type says of itself, which is what editors and the reference of keys say, too."""
    return escape(inspect.cleandoc(type_.__doc__ or "").partition("\n")[0])
