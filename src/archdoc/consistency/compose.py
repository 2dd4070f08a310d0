"""Whether a compose file says what the model says it says."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.consistency.pictures import Difference
from archdoc.model import Container, Model, Place, Placement, logical_links
from archdoc.outputs.compose import Facts, ServiceFacts


def compose_differences(
    model: Model, environment: str, node: str, facts: Facts
) -> tuple[Difference, ...]:
    """Where a compose project departs from what is placed on its node.

    Compared are the services, their versions and replicas, and that everybody who talks to somebody
    shares a network with them, and starts after them.
    """
    return tuple(_differences(Placement(model, environment), node, facts))


def _differences(placement: Placement, node: str, facts: Facts) -> Iterator[Difference]:
    places = {
        place.container.id.rpartition(".")[2]: place
        for place in placement.on(node)
        if not place.realised
    }
    for name in places.keys() ^ facts.services.keys():
        expected, shown = ("there", "missing") if name in places else ("absent", "there")
        yield Difference(name, "the service", expected, shown)
    for name in places.keys() & facts.services.keys():
        yield from _service(name, places[name], facts.services[name])
    by_id = {place.container.id: name for name, place in places.items()}
    for link in logical_links(placement.model):
        opener, listener = by_id.get(link.opener.id), by_id.get(link.listener.id)
        reword = placement.environment.reword
        if opener is None or listener is None or reword.get(link.label, link.label) is None:
            continue
        ends = facts.services.get(opener), facts.services.get(listener)
        if ends[0] is None or ends[1] is None or opener == listener:
            continue
        if not ends[0].networks & ends[1].networks:
            yield Difference(f"{opener} -> {listener}", "the network", "shared", "missing")
        if listener not in {name for name, _ in ends[0].depends_on}:
            yield Difference(f"{opener} -> {listener}", "the dependency", "there", "missing")


def _service(name: str, place: Place, service: ServiceFacts) -> Iterator[Difference]:
    content = place.container.content
    tag = content.version.removesuffix(".x") if isinstance(content, Container) else ""
    own = str(content.service.get("image", "")) if isinstance(content, Container) else ""
    # An image that says its own tag or digest wins over the version: `nginx:1.21.3-alpine`.
    derived = not set(":@") & set(own.rpartition("/")[2])
    if service.image and tag and derived and not service.image.endswith(f":{tag}"):
        yield Difference(name, "the image's version", tag, service.image)
    if service.replicas != place.replicas:
        yield Difference(name, "the number of replicas", str(place.replicas), str(service.replicas))
