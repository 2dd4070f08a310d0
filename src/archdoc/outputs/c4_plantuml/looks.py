"""How things are drawn that C4-PlantUML has no macro of its own for: shapes, and styles by tag."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from archdoc.model import Style
from archdoc.outputs.c4_plantuml.samples import kind_row, style_row
from archdoc.views import Diagram, Edge, Node, Shape

_SHAPES = {Shape.WEB: "EightSidedShape()", Shape.MOBILE: "RoundedBoxShape()"}
_LINES = {"dashed": "DashedLine()", "dotted": "DottedLine()"}
_BORDERS = {**_LINES, "solid": "SolidLine()"}
_BROKEN = {"dashed", "dotted"}

_ARROW = "AddRelTag"
_WHITE, _BLACK = "#ffffff", "#000000"

_Key = tuple[str, ...]


class Looks:
    """The tags of one C4-PlantUML diagram: one for each way in which something is drawn.

    C4-PlantUML styles by tags. Several of an element's own tags may have styles, and it may have a
    shape too: here they become one tag, so that it does not matter how the library combines them.
    """

    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram

    def of_node(self, node: Node) -> str:
        """The tag of a node; empty if it is drawn as usual."""
        return self._names.get(self._key(_macro(node), node.shape, node.tags), "")

    def of_edge(self, edge: Edge) -> str:
        """The tag of an arrow; empty if it is drawn as usual."""
        return self._names.get(self._key(_ARROW, edge.line, edge.tags), "")

    @cached_property
    def definitions(self) -> list[str]:
        """The macros that define the tags, in the order in which they are needed."""
        return [
            f"{key[0]}({', '.join([_quoted(name), *self._arguments(key)])})"
            for key, name in self._names.items()
        ]

    @property
    def legend(self) -> list[str]:
        """The rows of a legend: what is what, by colour, and what tags mean.

        None where everything is of one kind and colour: there is nothing to tell apart.
        """
        kinds = [kind_of(n) for n in self.diagram.walk() if not n.boundary]
        on_arrows = {tag for edge in self.diagram.edges for tag in edge.tags}
        rows = [kind_row(name, colour) for name, colour, _ in dict.fromkeys(kinds)]
        styles = self.diagram.styles.items()
        rows += [style_row(tag, style, arrow=tag in on_arrows) for tag, style in styles]
        return rows if len(rows) > 1 else []

    @cached_property
    def _names(self) -> dict[_Key, str]:
        keys = [self._key(_macro(n), n.shape, n.tags) for n in self.diagram.walk()]
        keys += [self._key(_ARROW, e.line, e.tags) for e in self.diagram.edges]
        names: dict[_Key, str] = {}
        for key in dict.fromkeys(keys):
            if not self._arguments(key):
                continue
            words = [key[1]] if key[1] in {*_SHAPES, *_LINES} else []
            name = "_".join([*words, *(re.sub(r"\W+", "", tag, flags=re.ASCII) for tag in key[2:])])
            taken, number, free = {*names.values()}, 2, name or "tag"
            while free in taken:
                free, number = f"{name}_{number}", number + 1
            names[key] = free
        return names

    def _key(self, macro: str, drawn_as: str, tags: tuple[str, ...]) -> _Key:
        return (macro, str(drawn_as), *(tag for tag in tags if tag in self.diagram.styles))

    def _style(self, tags: Iterable[str]) -> Style:
        """The styles of several tags as one: later ones win."""
        style = Style()
        for tag in tags:
            style = style.model_copy(update=self.diagram.styles[tag].model_dump(exclude_none=True))
        return style

    def _arguments(self, key: _Key) -> list[str]:
        macro, drawn_as, *tags = key
        style = self._style(tags)
        is_box = macro == "AddElementTag"
        said = {
            # What holds others keeps its own ground, so that they stand out from it.
            "$bgColor": style.background if is_box else None,
            "$fontColor": (style.text or (style.background and _WHITE)) if is_box else None,
            "$lineColor" if macro == _ARROW else "$borderColor": style.border,
        }
        arguments = [f'{argument}="{colour}"' for argument, colour in said.items() if colour]
        if macro == _ARROW and drawn_as in _LINES:
            arguments.append(f"$lineStyle={_LINES[drawn_as]}")
        if macro != _ARROW and style.line:
            arguments.append(f"$borderStyle={_BORDERS[style.line]}")
            if is_box and style.line in _BROKEN:
                # As thin as usual, nobody sees on a coloured box that its border is broken.
                arguments.append('$borderThickness="2"')
        if is_box and drawn_as in _SHAPES:
            arguments.append(f"$shape={_SHAPES[Shape(drawn_as)]}")
        return arguments


_COLOURS = {
    Shape.PERSON: ("person", "#08427b", _WHITE),
    Shape.SYSTEM: ("software system", "#1168bd", _WHITE),
    Shape.COMPONENT: ("component", "#85bbf0", _BLACK),
}
"""C4-PlantUML's colours of what the template leaves as it is."""
_EXTERNAL = {Shape.PERSON: ("#686868", _WHITE), Shape.COMPONENT: ("#cccccc", _BLACK)}
"""Likewise, of what is somebody else's."""


def kind_of(node: Node) -> tuple[str, str, str]:
    """What a legend calls a node, and the colours of such nodes: of the box, and of its text."""
    name, colour, text = _COLOURS.get(node.shape, ("container", "#2a6fb5", _WHITE))
    if node.external:
        return (f"external {name}", *_EXTERNAL.get(node.shape, ("#6b6b6b", _WHITE)))
    return name, colour, text


def _macro(node: Node) -> str:
    if node.shape is Shape.DEPLOYMENT_NODE:
        return "AddNodeTag"
    return "AddBoundaryTag" if node.boundary else "AddElementTag"


def _quoted(text: str) -> str:
    return f'"{text}"'
