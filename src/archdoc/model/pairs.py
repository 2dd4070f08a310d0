"""Which services of a Docker Compose project talk, and what their networks are called."""

from __future__ import annotations

from typing import Any

from archdoc.model.compose import is_extension, joined_by
from archdoc.model.elements import Container
from archdoc.model.index import Element
from archdoc.model.links import Link
from archdoc.model.placement import Placement
from archdoc.model.unset import by_defaults

MOST_NETWORKS = 20
"""With more than this, each listener has one network instead of each pair, and if that is too many,
all ways out are one: Docker has addresses for about thirty on a machine (dockerd,
`default-address-pools`), of which other projects need some."""

Pairs = dict[tuple[str, str], tuple[str, bool]]


def inner_links(placement: Placement, node_id: str) -> tuple[Link, ...]:
    """The relationships between two services of one project."""
    inside = {container.id for container in placement.services(node_id).values()}
    return tuple(
        link
        for link in placement.service_links(node_id)
        if {link.source.id, link.target.id} <= inside and link.source is not link.target
    )


def pair_networks(placement: Placement, node_id: str) -> Pairs:
    """Who talks, either way once: (opener, listener) → their network, and whether it is a store's.

    It is called `django-postgres`, or like the listener where there would be too many.
    """
    name_of = {container.id: name for name, container in placement.services(node_id).items()}
    found: dict[tuple[str, str], bool] = {}
    for link in inner_links(placement, node_id):
        opener, listener = name_of[link.opener.id], name_of[link.listener.id]
        if (listener, opener) not in found:
            content = link.listener.content
            found[opener, listener] = isinstance(content, Container) and content.kind.stores_data
    if len(found) <= MOST_NETWORKS:
        apart = {pair: (_name(pair, list(found)), is_store) for pair, is_store in found.items()}
        if len(found) + len(_who_needs_a_way_out(placement, node_id, apart)) <= MOST_NETWORKS:
            return apart
    return {pair: (_plain(pair[1]), is_store) for pair, is_store in found.items()}


def ways_out(placement: Placement, node_id: str) -> dict[str, str]:
    """Service → the network with a way out that it is given: its own, as long as there are few."""
    pairs = pair_networks(placement, node_id)
    taken = {name for name, _ in pairs.values()} | placement.model.networks.keys()
    for element in placement.services(node_id).values():
        taken |= set(joined_by(by_defaults(placement.model, _service(element))))
    needy = _who_needs_a_way_out(placement, node_id, pairs)
    is_one = len({name for name, _ in pairs.values()}) + len(needy) > MOST_NETWORKS
    if is_one:
        return dict.fromkeys(needy, _free("egress", taken))
    found: dict[str, str] = {}
    for name in needy:
        found[name] = _free(_plain(f"{name}-egress"), taken | {*found.values()})
    return found


def _who_needs_a_way_out(placement: Placement, node_id: str, pairs: Pairs) -> list[str]:
    """The services that publish ports or connect to the outside, and are on internal networks only.

    And those that are on none, since Compose would put them on one that all of them share.
    """
    services, declared = placement.services(node_id), placement.model.networks
    inside = {element.id for element in services.values()} | placement.volumes(node_id).keys()
    reaching = {
        link.opener.id
        for link in placement.service_links(node_id)
        if link.listener.id not in inside
    }
    joined: dict[str, dict[str, bool]] = {name: {} for name in services}
    for pair, (network, is_store) in pairs.items():
        for name in pair:
            joined[name][network] = is_store
    found = []
    for name, element in services.items():
        service = _service(element)
        own = set(joined_by(by_defaults(placement.model, service)))
        on = joined[name] | dict.fromkeys(own - joined[name].keys(), False)
        for network in on.keys() & declared.keys():
            on[network] = bool(declared[network].options.get("internal", on[network]))
        needs = not on or service.get("ports") or element.id in reaching
        if "network_mode" not in service and needs and all(on.values()):
            found.append(name)
    return found


def _service(element: Element) -> dict[str, Any]:
    return element.content.service if isinstance(element.content, Container) else {}


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "-2"  # what talks to a service called `egress` has such a network, too
    return name


def _plain(name: str) -> str:
    """A name that Compose does not take for an extension, when a service joins the network."""
    return f"net-{name}" if is_extension(name) else name


def _name(pair: tuple[str, str], pairs: list[tuple[str, str]]) -> str:
    """Told apart where `a-b` and `c` talk, and so do `a` and `b-c`."""
    name = _plain("-".join(pair))
    number = [other for other in pairs if _plain("-".join(other)) == name].index(pair) + 1
    return name if number == 1 else f"{name}-{number}"
