"""What is said of a node beyond its place, its product and its name, and how that changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archdoc.model import DeploymentNode, Element, ElementKind, Placement
from archdoc.views.change import Change, ChangeKind, Pair
from archdoc.views.phrases import listed, node_phrase, one_line, sentence


def fact_changes(pair: Pair, node_id: str) -> Iterator[Change]:
    """The changes of one node that is in both environments."""
    old, new = _said_of(pair.old.node(node_id)), _said_of(pair.new.node(node_id))
    words = node_phrase(pair.new, node_id)
    for name in {**old, **new}:
        was, is_ = one_line(old.get(name, "")), one_line(new.get(name, ""))
        if not was:
            said = f"{name} of {words} is now {is_}"
        elif not is_:
            said = f"{name} of {words} is no longer said ({was})"
        else:
            said = f"{name} of {words} changes from {was} to {is_}"
        yield from _change(pair, node_id, said, was, is_)
    yield from _others(pair, node_id, "is{} spread over", [_spanned(p, node_id) for p in pair.each])
    passing = [p.fronted(node_id) for p in pair.each]
    yield from _others(pair, node_id, "{} passes requests to", passing)
    if all(passing):
        was, is_ = (_carried(placement.node(node_id)) for placement in pair.each)
        yield from _change(pair, node_id, f"{words} carries {is_} instead of {was}", was, is_)


def _others(
    pair: Pair, node_id: str, does: str, others: Sequence[Sequence[Element]]
) -> Iterator[Change]:
    """What a node has to do with others; `does` has a place for "now" and "no longer"."""
    old, new = ({(e.kind, _id(e)): e.name for e in some} for some in others)
    if old.keys() == new.keys():
        return
    was, is_ = listed([*old.values()]), listed([*new.values()])
    when = "" if was and is_ else " now" if is_ else " no longer"
    instead = f" instead of {was}" if was and is_ else ""
    said = f"{node_phrase(pair.new, node_id)} {does.format(when).strip()} {is_ or was}{instead}"
    yield from _change(pair, node_id, said, was, is_)


def _change(pair: Pair, node_id: str, said: str, was: str, is_: str) -> Iterator[Change]:
    if was != is_:
        nodes = pair.both(node_id)
        yield Change(ChangeKind.NODE_FACT_CHANGES, sentence(said), (), nodes, was, is_)


def _id(element: Element) -> str:
    """What an element is called by in both environments."""
    return element.local_id if element.kind is ElementKind.NODE else element.id


def _spanned(placement: Placement, node_id: str) -> tuple[Element, ...]:
    return tuple(placement.nodes[zone] for zone in placement.spanned(node_id))


def _carried(content: DeploymentNode) -> str:
    return "all requests" if content.carries_all else "only requests from outside"


def _said_of(content: DeploymentNode) -> dict[str, str]:
    fixed = {"owner": content.owner, "address": content.url or ""}
    return {**fixed, **content.links, **content.properties, **content.said}
