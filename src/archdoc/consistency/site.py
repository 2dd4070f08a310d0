"""What the pages of a site have to say of a model: a graph a page, in the words of its tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from archdoc.consistency.overview import children, own_relationships
from archdoc.model import (
    Built,
    Container,
    Element,
    ElementKind,
    Model,
    Person,
    Placement,
    display_name,
    further_ports,
    volume_named_in,
    with_ports,
)
from archdoc.outputs.compose import offered_as
from archdoc.views import Diagram, Graph, GraphVertex

Fact = tuple[str, str, str]


def element_page(model: Model, id_: str) -> Graph:
    """An element's page: the element, what is said of it, whom it talks to, and where it runs."""
    element = model.index.elements[id_]
    vertex = GraphVertex(id_, element.name, None, element.content.description, element.parent)
    said = (*_own(model, element), *_settings(model, element), *_where(model, element))
    told = (*((id_, name, value) for name, value in said), *_talks(model, element))
    return Graph((vertex,), (), (*told, *children(model, id_)))


def environment_page(model: Model, id_: str, files: Mapping[str, bytes]) -> Graph:
    """An environment's page: its nodes, what is set of them, and its compose files."""
    placement = Placement(model, id_)
    environment = placement.environment
    facts: list[Fact] = []
    for local_id, element in placement.nodes.items():
        facts.append((id_, "node", " | ".join(_node(placement, local_id))))
        for title, value in placement.node(local_id).said.items():
            facts.append((id_, f"{title} of {element.name}", value))
    facts += ((id_, f"file {path}", content.decode()) for path, content in files.items())
    places = ((path, offered_as(f"compose/{id_}/{path}")) for path in files)
    facts += ((id_, f"download of {path}", place) for path, place in places)
    facts += own_relationships(model, id_)
    vertex = GraphVertex(id_, environment.name or id_, None, environment.description)
    return Graph((vertex,), (), tuple(facts))


def versions_page(model: Model) -> Graph:
    """The page of versions: what each container is made with, and what that runs on."""
    facts: list[Fact] = []
    for element in model.index.elements.values():
        content = element.content
        if isinstance(content, Container):
            name, _, version = content.platform.rpartition(" ")
            split = (name, version) if name and version[:1].isdigit() else (content.platform, "")
            for technology, number in ((content.technology, content.version), split):
                if technology:
                    facts.append((element.id, "uses", f"{technology} {number or 'not specified'}"))
    return Graph((), (), tuple(facts))


def views_page(pages: Mapping[str, Diagram]) -> Graph:
    """The page that lists views: those that have pages of their own, by the paths of these."""
    return Graph(
        (), (), tuple((path, "view", f"{d.title} | {d.description}") for path, d in pages.items())
    )


def picture_text(name: str, diagram: Diagram) -> tuple[Fact, ...]:
    """What stands below a picture for those who cannot see it."""
    names = {node.id: node.name for node in diagram.walk()}
    rows = [
        ("row of an element", (n.name, n.technology, n.description, names.get(parent or "", "")))
        for n, parent in diagram.with_parents()
    ]
    rows += [
        (
            "row of an arrow",
            (names[e.source], "↔" if e.two_headed else "→", names[e.target], e.label),
        )
        for e in diagram.edges
    ]
    return tuple((name, what, " | ".join(cells)) for what, cells in rows)


def _own(model: Model, element: Element) -> Iterator[tuple[str, str]]:
    content = element.content
    container = content if isinstance(content, Container) else None
    yield "Kind", f"{element.kind} {container.kind if container else ''}"
    if isinstance(content, Built) and content.technology_label:
        yield "Technology", content.technology_label
    if container and container.port:
        yield "Listens on port", str(container.port)
        yield from (("Also on port", ports) for ports in further_ports(model, container))
    if isinstance(content, Person) and content.scale:
        yield "How many", content.scale
    if element.is_external:
        yield "Whose", "somebody else's"
    if element.group:
        yield "Group", model.groups[element.group].name or display_name(element.group)
    if content.owner:
        yield "Owner", content.owner
    if content.url:
        yield "Address", content.url
    yield from content.links.items()
    yield from content.properties.items()
    if content.tags:
        yield "Tags", ", ".join(content.tags)


def _settings(model: Model, element: Element) -> Iterator[tuple[str, str]]:
    """What is said of a container's service, as far as its page has a row for it."""
    content = element.content
    if not isinstance(content, Container) or not content.service:
        return
    service = content.service
    if ports := service.get("ports"):
        yield "Published ports", with_ports(model, ", ".join(map(_written, ports)))
    for mount in service.get("volumes") or ():
        volume = volume_named_in(mount)
        about = f": {model.volumes[volume].description}" if volume in model.volumes else ""
        yield "Volume" if volume else "Mounted folder", _written(mount) + about
    for file in content.files:
        yield "Mounted file", f"{file.target}, made from {file.template}"
    if variables := service.get("environment"):
        names = (str(entry).partition("=")[0] for entry in variables)
        yield "Variables", ", ".join(names if isinstance(variables, dict | list) else ())
    for secret in service.get("secrets") or ():
        about = f": {model.secrets[secret].description}" if secret in model.secrets else ""
        yield "Secret", _written(secret) + about
    yield "Health check", _health(service.get("healthcheck"))


def _health(check: object) -> str:
    if not isinstance(check, Mapping) or check.get("disable") is True:
        return "none"
    interval = check.get("interval")
    return f"every {_written(interval)}" if interval else "set"


def _written(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _where(model: Model, element: Element) -> Iterator[tuple[str, str]]:
    for environment in model.environments if element.kind is ElementKind.CONTAINER else ():
        placement = Placement(model, environment)
        places = (
            f"{f'{p.replicas} × on ' if p.replicas > 1 else ''}{p.node.name} "
            f"({placement.node(p.node.local_id).catalogued.title})"
            for p in placement.of(element.id)
        )
        yield f"where it runs in {environment}", ", ".join(places) or "not here"


def _talks(model: Model, element: Element) -> Iterator[Fact]:
    """Relationships that lead into the element, or out of it; not those inside of it."""
    inside = {element.id, *(inner.id for inner in model.index.descendants(element.id))}
    for link in model.links:
        if (link.source.id in inside) == (link.target.id in inside):
            continue
        said = [link.label]
        said += [link.relationship.technology] if link.relationship.technology else []
        said += ["asynchronous"] if link.relationship.asynchronous else []
        said += ["both ways"] if link.relationship.direction == "two-way" else []
        yield (
            element.id,
            "who it talks to",
            f"{link.source.id} -> {link.target.id}: " + (", ".join(said)),
        )


def _node(placement: Placement, local_id: str) -> list[str]:
    """The cells of a node's row."""
    node, element = placement.node(local_id), placement.nodes[local_id]
    name = element.name
    within = placement.nodes[node.within].name if node.within else ""
    spread = f", {placement.spread(local_id)}" if node.spans else ""
    places = placement.on(local_id)
    running = [place for place in places if not place.realised]
    times = [str(place.replicas) for place in running if place.replicas > 1]
    cells = [
        f"{name} {element.id}: {node.description}" if node.description else f"{name} {element.id}",
        node.product,
        f"{within}{spread}",
        ", ".join([*times, *(place.container.id for place in running)]),
        ", ".join(place.container.id for place in places if place.realised),
    ]
    nodes = placement.environment.nodes.values()
    if any(other.fronts for other in nodes):
        fronted = placement.fronted(local_id)
        ids = [e.id for e in fronted if e.kind is not ElementKind.NODE]
        cells.append(", ".join(ids or [e.name for e in fronted]))
    if any(other.tags for other in nodes):
        cells.append(", ".join(node.tags))
    return cells
