"""Which services of a Docker Compose project talk, and what their networks are called."""

from __future__ import annotations

from archdoc.model.elements import Container
from archdoc.model.links import Link
from archdoc.model.placement import Placement

MOST_PAIRS = 20
"""With more than this, each listener has one network instead: Docker has addresses for about thirty
on a machine (dockerd, `default-address-pools`), of which other projects need some."""


def inner_links(placement: Placement, node_id: str) -> tuple[Link, ...]:
    """The relationships between two services of one project."""
    inside = {container.id for container in placement.services(node_id).values()}
    return tuple(
        link
        for link in placement.service_links(node_id)
        if {link.source.id, link.target.id} <= inside and link.source is not link.target
    )


def pair_networks(placement: Placement, node_id: str) -> dict[tuple[str, str], tuple[str, bool]]:
    """Who talks, either way once: (opener, listener) → their network, and whether it is a store's.

    It is called `django-postgres`, or like the listener where many pairs talk.
    """
    name_of = {container.id: name for name, container in placement.services(node_id).items()}
    found: dict[tuple[str, str], bool] = {}
    for link in inner_links(placement, node_id):
        opener, listener = name_of[link.opener.id], name_of[link.listener.id]
        if (listener, opener) not in found:
            content = link.listener.content
            found[opener, listener] = isinstance(content, Container) and content.kind.stores_data
    if len(found) > MOST_PAIRS:
        return {pair: (pair[1], is_store) for pair, is_store in found.items()}
    return {pair: (_name(pair, list(found)), is_store) for pair, is_store in found.items()}


def _name(pair: tuple[str, str], pairs: list[tuple[str, str]]) -> str:
    """Told apart where `a-b` and `c` talk, and so do `a` and `b-c`."""
    name = "-".join(pair)
    number = [other for other in pairs if "-".join(other) == name].index(pair) + 1
    return name if number == 1 else f"{name}-{number}"
