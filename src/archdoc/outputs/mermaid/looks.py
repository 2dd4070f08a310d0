"""How things are drawn in Mermaid: one class for each way in which some of them are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from archdoc.model import Style
from archdoc.outputs.c4_plantuml.looks import kind_of
from archdoc.outputs.mermaid_text import class_name, unlike
from archdoc.views import Diagram, Edge, Node, Shape

_GREY = "#808080"
"""Stands out from a light page and from a dark one."""
_BORDERS = {
    "person": "#052e56", "software system": "#0b4884", "container": "#1a4571",
    "component": "#5d82a8",
}  # fmt: skip
"""Darker than the boxes of that kind: a cylinder's lid is drawn in it."""
_EXTERNAL_BORDER = "#4a4a4a"
_ICON_COLOURS = {
    "Compute": "#ed7100", "Containers": "#ed7100", "Database": "#c925d1", "Storage": "#7aa116",
}  # fmt: skip
"""AWS's own colours of its icons, by category: https://aws.amazon.com/architecture/icons."""
_DOTS = "stroke-dasharray:1 5"
"""Mermaid's own broken line has short dashes."""
_BORDER_LINES = {"solid": "0", "dashed": "6 4", "dotted": "2 3"}
"""What borders are broken into."""
_BOUNDARIES = {Shape.GROUP: "group", Shape.DEPLOYMENT_NODE: "deployment_node"}
_ABOUT, _LEGEND = "about", "legend"
"""The classes of what is said of a boundary, and of the box around a legend."""


class Looks:
    """The classes of one diagram.

    Several of a node's tags may have styles: they become one class, so that it does not matter how
    Mermaid combines several.
    """

    def __init__(self, diagram: Diagram) -> None:
        self._diagram = diagram

    def of(self, node: Node) -> str:
        """The class of a node or a boundary."""
        return self._names[self._key(node)]

    @cached_property
    def classes(self) -> list[str]:
        """Each class and what it looks like: `person fill:#08427b,color:#ffffff,stroke:#052e56`."""
        css = {name: self._css(node) for node, name in self._firsts()}
        if any(node.description and node.children for node in self._diagram.walk()):
            css[_ABOUT] = {"fill": "none", "stroke": "none"}
        if self.legend:
            css |= {_LEGEND: {"fill": "none", "stroke": _GREY}} | self._samples
        return [f"{name} {','.join(f'{k}:{v}' for k, v in said.items())}"
                for name, said in css.items()]  # fmt: skip

    @property
    def legend(self) -> list[tuple[str, str]]:
        """What is what: the class of a sample, and its text."""
        if not self._diagram.legend:
            return []
        kinds = {_plain_class(node): kind_of(node)[0] for node in self._kinds}
        return [*kinds.items(), *((name, tag) for name, tag, _ in self._tags)]

    @property
    def _samples(self) -> dict[str, dict[str, str]]:
        kinds = {_plain_class(node): _usual(node) for node in self._kinds}
        return kinds | {name: _styled({}, style, boundary=False) for name, _, style in self._tags}

    @property
    def _kinds(self) -> list[Node]:
        """The nodes that a legend tells the kinds of: AWS's say themselves what they are."""
        nodes = self._diagram.walk()
        return [n for n in nodes if not n.boundary and n.shape is not Shape.ICON]

    def links(self) -> list[str]:
        """How arrows are drawn that are not drawn as usual: `0,3 stroke:#ff0000`."""
        numbers: dict[str, list[str]] = {}
        for number, edge in enumerate(self._diagram.edges):
            said = self._stroke(edge)
            if said:
                numbers.setdefault(said, []).append(str(number))
        return [f"{','.join(which)} {said}" for said, which in numbers.items()]

    def _stroke(self, edge: Edge) -> str:
        border = self._style(edge.tags).border
        said = [f"stroke:{border}" if border else "", _DOTS if edge.line == "dotted" else ""]
        return ",".join(filter(None, said))

    @cached_property
    def _names(self) -> dict[tuple[str, ...], str]:
        names: dict[tuple[str, ...], str] = {}
        for key in dict.fromkeys(self._key(node) for node in self._diagram.walk()):
            names[key] = unlike("_".join([key[0], *map(class_name, key[1:])]), names.values())
        return names

    def _firsts(self) -> Iterator[tuple[Node, str]]:
        """A node of each class."""
        nodes = {self._key(node): node for node in self._diagram.walk()}
        return ((nodes[key], name) for key, name in self._names.items())

    @cached_property
    def _tags(self) -> list[tuple[str, str, Style]]:
        """The class, the tag and the style of each row of the legend that tells of a tag."""
        rows: dict[str, tuple[str, Style]] = {}
        for tag, style in self._diagram.styles.items():
            rows[unlike(f"tag_{class_name(tag)}", rows)] = tag, style
        return [(name, tag, style) for name, (tag, style) in rows.items()]

    def _key(self, node: Node) -> tuple[str, ...]:
        kind = _boundary_class(node) if node.boundary else _plain_class(node)
        return (kind, *(tag for tag in node.tags if tag in self._diagram.styles))

    def _style(self, tags: tuple[str, ...]) -> Style:
        """The styles of several tags as one: later ones win."""
        style = Style()
        for tag in tags:
            if tag in self._diagram.styles:
                said = self._diagram.styles[tag].model_dump(exclude_none=True)
                style = style.model_copy(update=said)
        return style

    def _css(self, node: Node) -> dict[str, str]:
        return _styled(_usual(node), self._style(node.tags), boundary=node.boundary)


def _usual(node: Node) -> dict[str, str]:
    """What nodes of a kind look like."""
    if node.shape is Shape.ICON:
        colour = _ICON_COLOURS.get(_category(node), _GREY)
        if node.boundary:
            return {"fill": "none", "stroke": colour}
        return {"fill": "#ffffff", "color": "#232f3e", "stroke": colour, "stroke-width": "2px"}
    if node.boundary:
        solid = node.shape is Shape.DEPLOYMENT_NODE
        return {"fill": "none", "stroke": _GREY, **({} if solid else {"stroke-dasharray": "6 4"})}
    name, background, text = kind_of(node)
    border = _EXTERNAL_BORDER if node.external else _BORDERS[name]
    return {"fill": background, "color": text, "stroke": border}


def _styled(css: dict[str, str], style: Style, *, boundary: bool) -> dict[str, str]:
    """The same with a style. What holds others keeps its own ground, so that they stand out."""
    said = {
        "fill": None if boundary else style.background,
        "color": None if boundary else style.text or (style.background and "#ffffff"),
        "stroke": style.border,
        "stroke-dasharray": style.line and _BORDER_LINES[style.line],
        "stroke-width": None if style.line in {None, "solid"} else "2px",
    }
    return css | {key: value for key, value in said.items() if value}


def _plain_class(node: Node) -> str:
    if node.shape is Shape.ICON:
        return _category(node).lower()
    return kind_of(node)[0].replace(" ", "_")


def _boundary_class(node: Node) -> str:
    if node.shape is Shape.ICON:
        return f"{_category(node).lower()}_boundary"
    return _BOUNDARIES.get(node.shape, "boundary")


def _category(node: Node) -> str:
    """AWS's category of a service: "Database"."""
    return node.icon.include.partition("/")[0] if node.icon else "General"
