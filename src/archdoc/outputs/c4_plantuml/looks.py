"""How things are drawn that C4-PlantUML has no macro of its own for: shapes, and styles by tag."""

from __future__ import annotations

import re
from functools import cached_property

from archdoc.model import Style
from archdoc.outputs.plantuml_text import label
from archdoc.views import Diagram, Edge, Node, Shape

_SHAPES = {Shape.WEB: "EightSidedShape()", Shape.MOBILE: "RoundedBoxShape()"}
_LINES = {"dashed": "DashedLine()", "dotted": "DottedLine()"}

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
        return self._names.get(self._key("AddRelTag", edge.line, edge.tags), "")

    @cached_property
    def definitions(self) -> list[str]:
        """The macros that define the tags, in the order in which they are needed."""
        return [
            f"{key[0]}({', '.join([_quoted(name), *self._arguments(key, name)])})"
            for key, name in self._names.items()
        ]

    @cached_property
    def _names(self) -> dict[_Key, str]:
        keys = [self._key(_macro(n), n.shape, n.tags) for n in self.diagram.walk()]
        keys += [self._key("AddRelTag", e.line, e.tags) for e in self.diagram.edges]
        names: dict[_Key, str] = {}
        for key in dict.fromkeys(keys):
            if not self._arguments(key, ""):
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

    def _arguments(self, key: _Key, name: str) -> list[str]:
        macro, drawn_as, *tags = key
        style = Style()
        for tag in tags:
            style = style.model_copy(update=self.diagram.styles[tag].model_dump(exclude_none=True))
        is_arrow = macro == "AddRelTag"
        said = {
            "$bgColor": None if is_arrow else style.background,
            "$textColor" if is_arrow else "$fontColor": style.text,
            "$lineColor" if is_arrow else "$borderColor": style.border,
        }
        arguments = [f'{argument}="{colour}"' for argument, colour in said.items() if colour]
        if is_arrow and drawn_as in _LINES:
            arguments.append(f"$lineStyle={_LINES[drawn_as]}")
        if macro == "AddElementTag" and drawn_as in _SHAPES:
            arguments.append(f"$shape={_SHAPES[Shape(drawn_as)]}")
        if arguments and name and tags:
            arguments.append(f'$legendText="{label(", ".join(tags))}"')
        return arguments


def _macro(node: Node) -> str:
    if node.shape is Shape.DEPLOYMENT_NODE:
        return "AddNodeTag"
    return "AddBoundaryTag" if node.boundary else "AddElementTag"


def _quoted(text: str) -> str:
    return f'"{text}"'
