"""Whether a compose file says what the model says it says."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.consistency.compare import Difference
from archdoc.model import Container, Element, Model, Placement
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
    services = placement.services(node)
    for name in sorted(services.keys() ^ facts.services.keys()):
        expected, shown = ("there", "missing") if name in services else ("absent", "there")
        yield Difference(name, "the service", expected, shown)
    for name in sorted(services.keys() & facts.services.keys()):
        replicas = placement.replicas(node, services[name].id)
        yield from _service(name, services[name], replicas, facts.services[name])
    by_id = {container.id: name for name, container in services.items()}
    for link in placement.service_links(node):
        opener, listener = by_id.get(link.opener.id), by_id.get(link.listener.id)
        if opener is None or listener is None:
            continue
        ends = facts.services.get(opener), facts.services.get(listener)
        if ends[0] is None or ends[1] is None or opener == listener:
            continue
        if not ends[0].networks & ends[1].networks:
            yield Difference(f"{opener} -> {listener}", "the network", "shared", "missing")
        if listener not in {name for name, _ in ends[0].depends_on}:
            yield Difference(f"{opener} -> {listener}", "the dependency", "there", "missing")


def _service(
    name: str, element: Element, replicas: int, service: ServiceFacts
) -> Iterator[Difference]:
    content = element.content
    tag = content.version.removesuffix(".x") if isinstance(content, Container) else ""
    own = str(content.service.get("image", "")) if isinstance(content, Container) else ""
    # An image that says its own tag or digest wins over the version: `nginx:1.21.3-alpine`.
    derived = not set(":@") & set(own.rpartition("/")[2])
    if service.image and tag and derived and not service.image.endswith(f":{tag}"):
        yield Difference(name, "the image's version", tag, service.image)
    if service.replicas != replicas:
        yield Difference(name, "the number of replicas", str(replicas), str(service.replicas))
