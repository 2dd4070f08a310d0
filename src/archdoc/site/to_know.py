"""What a newcomer should know first, in sentences that the model says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from archdoc.model import (
    Container,
    Element,
    ElementKind,
    Model,
    published,
    variable_named,
    volume_named_in,
)
from archdoc.site.blocks import containers
from archdoc.site.markdown import code

Link = Callable[[str], str]
"""An element's id → Markdown for its name, with a link to its page."""


def to_know(model: Model, link: Link) -> list[str]:
    """A few sentences in Markdown.

    Who comes in where, where data is kept, what runs once only, which systems of others it needs,
    and what whoever runs it has to set.
    """
    return [*_ways_in(model, link), *_stores(model, link), *_single(model, link),
            *_others(model, link), *_to_set(model)]  # fmt: skip


def _ways_in(model: Model, link: Link) -> Iterator[str]:
    doors: dict[str, list[Element]] = {}
    for relation in model.links:
        is_door = relation.target.kind is ElementKind.CONTAINER
        if relation.source.kind is ElementKind.PERSON and is_door:
            doors.setdefault(relation.target.id, []).append(relation.source)
    for id_, people in doors.items():
        content = model.index.elements[id_].content
        port = content.port if isinstance(content, Container) else None
        own = f", which listens on port {port}" if port else ""
        reached = _reached(model, content) if isinstance(content, Container) else ""
        who = dict.fromkeys(link(person.id) for person in people)
        uses = "use" if len(who) > 1 else "uses"
        on = f", which is {reached}" if reached else own
        yield f"**The way in.** {_listed(who)} {uses} {link(id_)}{on}."
    for element, container in containers(model):
        if element.id not in doors and (reached := _reached(model, container)):
            yield f"**A way in.** {link(element.id)} is {reached}."


def _reached(model: Model, container: Container) -> str:
    """The ports that a machine has for a container."""
    ports = [published(port, model).ports for port in container.service.get("ports") or ()]
    known = dict.fromkeys(f"{p[0]}-{p[-1]}" if len(p) > 1 else str(p[0]) for p in ports if p)
    return f"reached on port{'s' if len(known) > 1 else ''} {_listed(known)}" if known else ""


def _stores(model: Model, link: Link) -> Iterator[str]:
    stores = [e.id for e, content in containers(model) if content.kind.stores_data]
    if stores:
        others = [
            f"{code(volume)} of {link(element.id)}"
            for element, content in containers(model)
            if element.id not in stores
            for mount in content.service.get("volumes") or ()
            if (volume := volume_named_in(mount)) in model.volumes
        ]
        but = f", but for {_listed(others)}" if others else ""
        yield (
            f"**What is kept.** Data lives in {_listed(map(link, stores))}. "
            f"Everything else can be removed and made anew without losing any of it{but}."
        )


def _single(model: Model, link: Link) -> Iterator[str]:
    single = [link(e.id) for e, content in containers(model) if content.singleton]
    if single:
        yield (
            f"**What runs once.** There is never more than one {_listed(single)}: a second one "
            "would do the same work twice."
        )


def _others(model: Model, link: Link) -> Iterator[str]:
    systems = [link(id_) for id_, system in model.systems.items() if system.external]
    if systems:
        yield f"**What it relies on.** {_listed(systems)} belong to somebody else."


def _to_set(model: Model) -> Iterator[str]:
    texts = [name for name, secret in model.secrets.items() if not secret.file]
    texts += [name for name, variable in model.variables.items() if variable.default is None]
    files = [secret.file for secret in model.secrets.values() if secret.file]
    said = [
        f"chooses {_listed(code(variable_named(name)) for name in texts)}" if texts else "",
        f"brings {_listed(map(code, files))}" if files else "",
    ]
    if texts or files:
        yield (
            f"**What has to be set.** Whoever runs it {' and '.join(filter(None, said))}; "
            "`.env.example` explains each, and what an environment needs besides."
        )


def _listed(words: Iterable[str]) -> str:
    """`a, b and c`."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
