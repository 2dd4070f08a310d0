"""What changes from one environment to another, as typed changes and as sentences.

Nodes of two environments are the same where their local ids are: environments extend each other.
How things are drawn and described (tags, colours, prose) is no change.
"""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Element, ElementKind, Link, Model, Placement
from archdoc.views.change import Change, ChangeKind, Pair
from archdoc.views.compare import local_id
from archdoc.views.facts import fact_changes
from archdoc.views.phrases import (
    ends_phrase,
    link_phrase,
    listed,
    node_phrase,
    parent_of,
    quoted,
    sentence,
)


def changes(model: Model, old: str, new: str) -> tuple[Change, ...]:
    """What changes from environment `old` to environment `new`, by their ids.

    First the containers, then the nodes, then the relationships, each in the model's order. Raises
    LookupError for an unknown environment.
    """
    pair = Pair(Placement(model, old), Placement(model, new))
    return tuple(change for part in _PARTS for change in part(pair))


_Key = tuple[str, str, bool]
"""A place in any environment: the node's local id and kind, and whether it realises."""


def _containers(pair: Pair) -> Iterator[Change]:
    for element in pair.old.model.index.elements.values():
        if element.kind is ElementKind.CONTAINER:
            yield from _container(pair, element)


def _container(pair: Pair, element: Element) -> Iterator[Change]:
    old, new = _keys(pair.old, element), _keys(pair.new, element)
    lost = [key for key in old if key not in new]
    gained = [key for key in new if key not in old]
    if lost or gained:
        yield _move(pair, element, (lost, gained), (not old, not new))
        yield from _replicas(element, _running(old), _running(new), "")
        return
    for key in old:
        if not key[2]:
            where = f" on {node_phrase(pair.new, key[0])}" if len(old) > 1 else ""
            yield from _replicas(element, old[key], new[key], where)


def _keys(placement: Placement, element: Element) -> dict[_Key, int]:
    """Where a container is, and how many of it."""
    found: dict[_Key, int] = {}
    for place in placement.of(element.id):
        node_id = local_id(place.node)
        key = (node_id, placement.node(node_id).kind, place.realised)
        found[key] = found.get(key, 0) + place.replicas
    return found


def _running(keys: dict[_Key, int]) -> int:
    return sum(replicas for (_, _, realised), replicas in keys.items() if not realised)


def _move(
    pair: Pair,
    element: Element,
    keys: tuple[list[_Key], list[_Key]],
    absent: tuple[bool, bool],
) -> Change:
    lost, gained = keys
    before, after = _phrases(pair.old, lost), _phrases(pair.new, gained)
    if before == after:  # called alike, though they are others
        before, after = (f"{w} ({listed([k[0] for k in ks])})" for w, ks in
                         ((before, lost), (after, gained)))  # fmt: skip
    kind, name = ChangeKind.CONTAINER_MOVES, element.name
    if absent[0]:
        kind, said = ChangeKind.CONTAINER_APPEARS, f"{name} appears: {after}"
    elif absent[1]:
        kind, said = ChangeKind.CONTAINER_DISAPPEARS, f"{name} disappears from {before}"
    elif not lost:
        said = f"{name} is also on {after}"
    elif not gained:
        said = f"{name} is no longer on {before}"
    else:
        said = f"{name} moves from {before} to {after}"
    nodes = (*(pair.old.nodes[k[0]].id for k in lost), *(pair.new.nodes[k[0]].id for k in gained))
    return Change(kind, sentence(said), (element.id,), nodes, before, after)


def _phrases(placement: Placement, keys: list[_Key]) -> str:
    return listed([node_phrase(placement, node_id) for node_id, _, _ in keys])


def _replicas(element: Element, old: int, new: int, where: str) -> Iterator[Change]:
    """More or fewer of a container; nothing where one of them does not run, but is realised."""
    if old and new and old != new:
        said = sentence(f"{element.name} has {_count(new)} instead of {old}{where}")
        kind = ChangeKind.REPLICAS_CHANGE
        yield Change(kind, said, (element.id,), (), str(old), str(new))


def _count(number: int) -> str:
    return f"{number} replica{'' if number == 1 else 's'}"


def _nodes(pair: Pair) -> Iterator[Change]:
    for node_id in pair.nodes_in_both:
        yield from _node_moves(pair, node_id)
    for node_id, node in pair.new.nodes.items():
        if node_id not in pair.old.nodes:
            words, parent = node_phrase(pair.new, node_id), parent_of(pair.new, node_id)
            where = f" in {pair.new.nodes[parent].name}" if parent else ""
            said = sentence(f"{words} is added{where}")
            yield Change(ChangeKind.NODE_ADDED, said, (), (node.id,), "", words)
    for node_id, node in pair.old.nodes.items():
        if node_id not in pair.new.nodes:
            words = node_phrase(pair.old, node_id)
            said = sentence(f"{words} is removed")
            yield Change(ChangeKind.NODE_REMOVED, said, (), (node.id,), words, "")
    for node_id in pair.nodes_in_both:
        yield from _identity(pair, node_id)
        yield from fact_changes(pair, node_id)


def _node_moves(pair: Pair, node_id: str) -> Iterator[Change]:
    """A node that stands in another one than before, with the containers that move with it."""
    old, new = parent_of(pair.old, node_id), parent_of(pair.new, node_id)
    if old == new:
        return
    before = node_phrase(pair.old, old) if old else ""
    after = node_phrase(pair.new, new) if new else ""
    words, inside = node_phrase(pair.new, node_id), pair.inside[node_id]
    if not before:
        said = f"{words} now stands in {after}"
    elif not after:
        said = f"{words} no longer stands in {before}"
    else:
        said = f"{words} moves from {before} to {after}"
    carried = f" (with {listed([c.name for c in inside])})" if inside else ""
    ids = tuple(container.id for container in inside)
    nodes = pair.both(node_id)
    yield Change(ChangeKind.NODE_MOVES, sentence(said + carried), ids, nodes, before, after)


def _identity(pair: Pair, node_id: str) -> Iterator[Change]:
    """Another product under the same id, or another name of the same product."""
    old, new = pair.old.node(node_id), pair.new.node(node_id)
    before, after = node_phrase(pair.old, node_id), node_phrase(pair.new, node_id)
    nodes = pair.both(node_id)
    if (old.kind, old.product) != (new.kind, new.product):
        if old.product == new.product:
            after = new.catalogued.title
        said = sentence(f"{before} becomes {after}")
        yield Change(ChangeKind.NODE_BECOMES, said, (), nodes, before, after)
    elif (was := pair.old.nodes[node_id].name) != (name := pair.new.nodes[node_id].name):
        said = sentence(f"{before} is now called {quoted(name)}")
        yield Change(ChangeKind.NODE_RENAMED, said, (), nodes, was, name)


_LinkKey = tuple[str, str, str, str, str]
"""A relationship in any environment: its ends, label, technology and direction."""


def _relationships(pair: Pair) -> Iterator[Change]:
    old, new = _links(pair.old), _links(pair.new)
    for key, link in new.items():
        if key not in old:
            words = link_phrase(link, _label(pair.new, link))
            said, kind = sentence(f"{words} is added"), ChangeKind.RELATIONSHIP_ADDED
            yield Change(kind, said, *_ends(link), "", words)
    for key, link in old.items():
        if key not in new:
            words = link_phrase(link, _label(pair.old, link))
            said, kind = sentence(f"{words} is removed"), ChangeKind.RELATIONSHIP_REMOVED
            yield Change(kind, said, *_ends(link), words, "")
    reworded: dict[tuple[str, str], list[Link]] = {}
    for key, link in new.items():
        labels = (_label(pair.old, link), _label(pair.new, link))
        if key in old and labels[0] != labels[1]:
            reworded.setdefault(labels, []).append(link)
    for (before, after), links in reworded.items():
        yield _reworded(before, after, links)


def _reworded(before: str, after: str, links: list[Link]) -> Change:
    where = listed([ends_phrase(link) for link in links])
    said = sentence(f"{quoted(before)} becomes {quoted(after)} ({where})")
    ends = [_ends(link) for link in links]
    ids = dict.fromkeys(id_ for elements, _ in ends for id_ in elements)
    nodes = dict.fromkeys(id_ for _, nodes in ends for id_ in nodes)
    return Change(ChangeKind.LABEL_REWORDED, said, tuple(ids), tuple(nodes), before, after)


def _links(placement: Placement) -> dict[_LinkKey, Link]:
    return {
        (
            _end(link.source),
            _end(link.target),
            link.label,
            link.relationship.technology,
            link.relationship.direction,
        ): link
        for link in placement.links
    }


def _end(element: Element) -> str:
    """An end of a relationship, alike in all environments; no element's id has an `@`."""
    return f"@{local_id(element)}" if element.kind is ElementKind.NODE else element.id


def _label(placement: Placement, link: Link) -> str:
    """A label as the environment words it."""
    return placement.environment.reword.get(link.label, link.label) or ""


def _ends(link: Link) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of a relationship's ends: of elements, and of nodes."""
    ends = (link.source, link.target)
    return (
        tuple(end.id for end in ends if end.kind is not ElementKind.NODE),
        tuple(end.id for end in ends if end.kind is ElementKind.NODE),
    )


_PARTS = (_containers, _nodes, _relationships)
