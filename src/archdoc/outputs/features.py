"""What pictures can show: one list, by which outputs are compared and what is left out is told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from enum import StrEnum

from archdoc.views import Diagram, Edge, Node, Shape


class Feature(StrEnum):
    """Something that outputs show of a diagram, or do not; its value is its name for people."""

    NAME = "names"
    TECHNOLOGY = "technologies and versions"
    DESCRIPTION = "descriptions"
    BOUNDARY_TECHNOLOGY = "technologies of boundaries"
    BOUNDARY_DESCRIPTION = "descriptions of boundaries"
    REPLICAS = "how many instances run"
    NESTING = "what is inside what"
    PERSON = "people by their shape"
    DATABASE = "databases by their shape"
    QUEUE = "queues by their shape"
    WEB = "web applications by their shape"
    MOBILE = "mobile apps by their shape"
    EXTERNAL = "what is external, by colour"
    TECHNOLOGY_ICONS = "icons of technologies"
    AWS_ICONS = "AWS's services"
    LABEL = "labels of arrows"
    ARROW_TECHNOLOGY = "technologies of arrows"
    LINE = "broken lines"
    DOTS = "dotted lines, unlike dashed ones"
    TWO_HEADS = "arrows in both directions"
    BOUNDARY_ENDS = "arrows to boundaries"
    STEPS = "numbers of steps"
    BOX_STYLE = "styles of boxes by tag"
    BOUNDARY_STYLE = "styles of boundaries by tag"
    ARROW_STYLE = "styles of arrows by tag"
    LEGEND = "legends"
    DIRECTION = "`direction:`"
    ORDER = "`order:`"
    ROWS = "`rank:`"
    NEAR = "`near:`"
    TITLE = "the title, for those who hear it"
    LINKS = "elements as links on the site"
    DARK = "the reader's light or dark scheme"


def used(diagram: Diagram) -> Iterator[Feature]:
    """What a diagram asks for beside the facts of its graph."""
    return (feature for feature, asks in _ASKED_FOR.items() if asks(diagram))


def _some(is_so: Callable[[Node], bool]) -> Callable[[Diagram], bool]:
    return lambda diagram: any(is_so(node) for node in diagram.walk())


def _shaped(shape: Shape) -> Callable[[Diagram], bool]:
    return _some(lambda node: node.shape is shape and not node.boundary)


def _styled(diagram: Diagram, things: Iterator[Node] | Iterator[Edge]) -> bool:
    return any(tag in diagram.styles for thing in things for tag in thing.tags)


_ASKED_FOR: dict[Feature, Callable[[Diagram], bool]] = {
    Feature.PERSON: _shaped(Shape.PERSON),
    Feature.DATABASE: _shaped(Shape.DATABASE),
    Feature.QUEUE: _shaped(Shape.QUEUE),
    Feature.WEB: _shaped(Shape.WEB),
    Feature.MOBILE: _shaped(Shape.MOBILE),
    Feature.EXTERNAL: _some(lambda node: node.external),
    Feature.AWS_ICONS: _some(lambda node: node.icon is not None),
    Feature.BOX_STYLE: lambda d: _styled(d, (node for node in d.walk() if not node.boundary)),
    Feature.BOUNDARY_STYLE: lambda d: _styled(d, (node for node in d.walk() if node.boundary)),
    Feature.ARROW_STYLE: lambda d: _styled(d, iter(d.edges)),
    Feature.LEGEND: lambda d: d.legend,
    Feature.ROWS: lambda d: bool(d.layout.rows),
    Feature.NEAR: lambda d: bool(d.layout.near),
}
"""Facts of the graph are compared one by one, and the rest is not the model's to say."""


def all_but(missing: Collection[Feature], partly: Mapping[Feature, str]) -> dict[Feature, str]:
    """What an output can show that can show everything but some: a note for what is so in part."""
    return {f: partly.get(f, "") for f in Feature if f not in missing}
