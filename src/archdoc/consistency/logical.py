"""What `model.json` has to say of a model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from archdoc.model import (
    Built,
    Container,
    Documented,
    Element,
    Link,
    Model,
    Path,
    Person,
    Place,
    Placement,
    SoftwareSystem,
    display_name,
)
from archdoc.views import Graph, GraphEdge, GraphVertex

Origin = Callable[[Path], tuple[str, int] | None]
"""The file and the line in which a value of the model's document was written."""
_Fact = tuple[str, str, str]
_Said = Iterator[tuple[str, str]]


def logical_graph(model: Model, origin: Origin = lambda _: None) -> Graph:
    """Every element and every node with all that is said of it, and every relationship."""
    nodes = [node for nodes in model.index.nodes.values() for node in nodes.values()]
    return Graph(
        tuple(_vertex(element) for element in (*model.index.elements.values(), *nodes)),
        tuple(
            GraphEdge(
                source=link.source.id,
                target=link.target.id,
                label=link.label,
                line=link.line,
                two_headed=link.relationship.direction == "two-way",
                technology=link.relationship.technology,
            )
            for link in model.links
        ),
        (
            ("the model", "name", model.name),
            ("the model", "description", model.description),
            *_of_groups(model, origin),
            *_of_elements(model, origin),
            *_of_relationships(model, origin),
            *_of_environments(model, origin),
        ),
    )


def _vertex(element: Element) -> GraphVertex:
    content = element.content
    technology = content.technology_label if isinstance(content, Built) else ""
    return GraphVertex(element.id, element.name, technology, content.description, element.parent)


def _of_groups(model: Model, origin: Origin) -> Iterator[_Fact]:
    for id_, group in model.groups.items():
        subject = f"group {id_}"
        yield subject, "name", group.name or display_name(id_)
        yield subject, "parent", group.within or ""
        yield subject, "description", group.description
        said = _documented(group, ("groups", id_), origin)
        yield from ((subject, name, value) for name, value in said)


def _of_elements(model: Model, origin: Origin) -> Iterator[_Fact]:
    placements = [Placement(model, environment) for environment in model.environments]
    for element in model.index.elements.values():
        content = element.content
        said = {
            "kind": element.kind.value,
            "group": element.group or "",
            "external": _yes(said=element.is_external),
        }
        if isinstance(content, Person):
            said |= {"plural": content.plural, "scale": content.scale}
        if isinstance(content, Container):
            said |= {"container_kind": content.kind.value, "port": str(content.port or "")}
        if isinstance(content, SoftwareSystem):
            said["containers"] = ", ".join(f"{element.id}.{id_}" for id_ in content.containers)
        told = (*said.items(), *_documented(content, element.path, origin), *_built(content))
        yield from ((element.id, name, value) for name, value in told)
        for placement in placements if isinstance(content, Container) else ():
            places = ", ".join(map(_place, placement.of(element.id)))
            yield element.id, f"where it runs in {placement.environment_id}", places


def _place(place: Place) -> str:
    times = f"{place.replicas} × " if place.replicas != 1 else ""
    return f"{times}{place.node.id}{' (in its place)' if place.realised else ''}"


def _of_relationships(model: Model, origin: Origin) -> Iterator[_Fact]:
    for link in model.links:
        subject = f"the relationship {link.id}"
        yield subject, "ends", f"{link.source.id} -> {link.target.id}"
        yield from ((subject, name, value) for name, value in _more(link, origin))


def _more(link: Link, origin: Origin) -> _Said:
    """What is said of a relationship beyond what an arrow shows."""
    said = link.relationship
    yield "description", said.description
    yield "asynchronous", _yes(said=said.asynchronous)
    yield "order", str(said.order)
    yield "tags", ", ".join(said.tags)
    yield from _origin(origin(link.path))


def _of_environments(model: Model, origin: Origin) -> Iterator[_Fact]:
    for id_, environment in model.environments.items():
        yield id_, "name", environment.name
        yield id_, "description", environment.description
        reworded = ((words, other or "") for words, other in environment.reword.items())
        said = (*_mapping("reword", dict(reworded)), *_origin(origin(("environments", id_))))
        yield from ((id_, name, value) for name, value in said)
        for link in model.links_by_environment[id_]:
            ends = {"source": link.source.id, "target": link.target.id, "label": link.label}
            drawn = {"line": link.line, "direction": link.relationship.direction}
            told = {**ends, **drawn, "technology": link.relationship.technology}
            yield id_, "relationship", f"{link.source.id} -> {link.target.id}: {link.label}"
            for name, value in (*told.items(), *_more(link, origin)):
                yield f"{id_}: {link.id}", name, value
        placement = Placement(model, id_)
        for local_id, element in placement.nodes.items():
            yield element.id, "environment", id_
            for name, value in _of_node(placement, local_id, element, origin):
                yield element.id, name, value


def _of_node(placement: Placement, local_id: str, element: Element, origin: Origin) -> _Said:
    node, places = placement.node(local_id), placement.on(local_id)
    yield "kind", node.kind
    yield "product", node.catalogued.title
    yield "runs", ", ".join(p.container.id for p in places if not p.realised)
    yield "realises", ", ".join(p.container.id for p in places if p.realised)
    yield "fronts", ", ".join(other.id for other in placement.fronted(local_id))
    yield "spans", ", ".join(placement.nodes[zone].id for zone in placement.spanned(local_id))
    yield from _mapping("settings", {k: _value(v) for k, v in node.settings.items()})
    yield from _documented(node, element.path, origin)
    yield from _built(node)


def _documented(content: Documented, path: Path, origin: Origin) -> _Said:
    yield "owner", content.owner
    yield "url", content.url or ""
    yield from _mapping("links", content.links)
    yield from _mapping("properties", content.properties)
    yield "docs", content.docs or ""
    yield "tags", ", ".join(content.tags)
    own = origin(path)
    inherited = {}
    for name in sorted(content.model_fields_set) if own else ():
        key = type(content).model_fields[name].alias or name
        place = origin((*path, key))
        if own and place and place[0] != own[0]:
            inherited[key] = place
    yield from _origin(own, inherited)


def _origin(
    place: tuple[str, int] | None, inherited: Mapping[str, tuple[str, int]] | None = None
) -> _Said:
    if place is None:
        return
    said = {"file": place[0], "line": str(place[1])}
    if inherited:
        said["inherited"] = ", ".join(
            f"{key}: file: {file}, line: {line}" for key, (file, line) in inherited.items()
        )
    yield from _mapping("origin", said)


def _built(content: object) -> _Said:
    built = content if isinstance(content, Built) else Built()
    yield "technology", built.technology
    yield "version", built.version
    yield "platform", built.platform


def _mapping(name: str, values: Mapping[str, str]) -> _Said:
    yield name, ", ".join(values)
    yield from ((f"{name} {key}", value) for key, value in values.items())


def _value(value: object) -> str:
    return _yes(said=value) if isinstance(value, bool) else str(value)


def _yes(*, said: bool) -> str:
    return "yes" if said else "no"
