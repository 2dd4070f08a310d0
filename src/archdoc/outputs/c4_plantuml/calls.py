"""The macros of C4-PlantUML that draw a diagram's nodes and edges."""

from __future__ import annotations

from functools import cached_property

from archdoc.outputs.c4_plantuml.icons import icon
from archdoc.outputs.c4_plantuml.looks import Looks
from archdoc.outputs.plantuml_text import aliases, label
from archdoc.outputs.wrapping import with_broken_words
from archdoc.views import Diagram, Edge, Node, Shape, Side

_EDGE_WIDTH = 24
"""Characters after which an arrow's label is wrapped."""

_MACROS = {
    Shape.PERSON: "Person",
    Shape.SYSTEM: "System",
    Shape.CONTAINER: "Container",
    Shape.WEB: "Container",
    Shape.MOBILE: "Container",
    Shape.DATABASE: "ContainerDb",
    Shape.QUEUE: "ContainerQueue",
    Shape.COMPONENT: "Component",
    # With its name at the left: arrows come in at the middle.
    Shape.DEPLOYMENT_NODE: "Deployment_Node_L",
    Shape.ICON: "Deployment_Node_L",
}
_NEVER_EXTERNAL = {Shape.DEPLOYMENT_NODE, Shape.ICON}
"""Shapes for which C4-PlantUML has no `…_Ext` macro."""
_SIDES = {"ahead": "", "back": "_U", "before": "_L", "after": "_R"}
"""What a relationship's macro ends in, by where it leads. Where arrows lead to the right, "up" is
to the left of it, and a row is a column: PlantUML turns them all."""
_TURNED: dict[Side, Side] = {
    "before": "after", "after": "before", "ahead": "ahead", "back": "back"
}  # fmt: skip
_WITHOUT_TECHNOLOGY = {Shape.PERSON, Shape.SYSTEM}


class Calls:
    """The calls that draw one diagram, for its templates."""

    def __init__(self, diagram: Diagram) -> None:
        self.alias = aliases(node.id for node in diagram.walk())
        """Node id → PlantUML's name of it."""
        self._diagram = diagram
        self._looks = Looks(diagram)

    @property
    def icons(self) -> list[str]:
        """What to include for the icons of the nodes."""
        return sorted({i for node in self._diagram.walk() if (i := self._icon(node))})

    @cached_property
    def tags(self) -> list[str]:
        """The macros that define how things are drawn."""
        return self._looks.definitions

    @property
    def legend(self) -> list[str]:
        """The rows of a legend."""
        return self._looks.legend

    @property
    def layout(self) -> list[str]:
        """The macros that tie elements to their places, where no arrow does that."""
        layout = self._diagram.layout
        ties = [("D", *pair) for pair in layout.ahead]
        ties += [("L" if self._is_turned(pair) else "R", *pair) for pair in layout.beside]
        return [f"Lay_{to}({self.alias[a]}, {self.alias[b]})" for to, a, b in ties]

    @cached_property
    def _places(self) -> dict[str, tuple[str, int]]:
        """For what stands in a boundary and in a row of the view: the outermost one, the row."""
        row_of = {id_: n for n, row in enumerate(self._diagram.layout.rows) for id_ in row}
        return {
            node.id: (outer.id, row_of[node.id])
            for outer in self._diagram.nodes
            for node in outer.walk()
            if node is not outer and node.id in row_of
        }

    def _is_turned(self, pair: tuple[str, str]) -> bool:
        """Whether a pair is said the other way: Graphviz fills columns in boundaries upwards."""
        if self._diagram.direction != "right":
            return False
        first, second = (self._places.get(id_) for id_ in pair)
        return first is not None and first == second

    def node(self, node: Node, *, width: int | None = None, **named: str) -> str:
        """The macro that draws a node: `Container(app_django, "Django", "Django 4.2", "Serves …")`.

        Its description is wrapped at `width` characters. `named` are further arguments of it:
        `link="#app_django"`.
        """
        tag = self._looks.of_node(node)
        sprite = self._icon(node).rpartition("/")[2]
        also = {"sprite": sprite, "tags": tag, **named}
        macro, arguments = _macro(node, width)
        said = [self.alias[node.id], *arguments, *(f'${k}="{v}"' for k, v in also.items() if v)]
        return f"{macro}({', '.join(said)})"

    def edge(self, edge: Edge, *, numbered: bool = False) -> str:
        """The macro that draws an arrow: `Rel(app_django, app_redis, "Cache requests")`.

        `numbered` writes the number of a step into its label, for libraries without `RelIndex`.
        """
        text = edge.said if numbered else edge.label
        ends = [self.alias[edge.source], self.alias[edge.target]]
        arguments = [*ends, _quoted(text, _EDGE_WIDTH)]
        macro = "BiRel" if edge.two_headed else "Rel"
        if edge.number is not None and not numbered:
            macro, arguments = "RelIndex", [str(edge.number), *arguments]
        if not numbered:
            side = self._diagram.layout.side(*edge.ends)
            macro += _SIDES[_TURNED[side] if self._is_turned(edge.ends) else side]
        if edge.technology:
            arguments.append(_quoted(edge.technology, _EDGE_WIDTH))
        tag = self._looks.of_edge(edge)
        if tag:
            arguments.append(f'$tags="{tag}"')
        return f"{macro}({', '.join(arguments)})"

    def _icon(self, node: Node) -> str:
        return icon(node) if self._diagram.icons else ""


def _macro(node: Node, width: int | None) -> tuple[str, list[str]]:
    """The macro for a node, and its arguments after the name.

    A width is asked for in sequences, whose library writes no name on two lines.
    """
    name = _quoted(node.name, len(node.name) + 1 if width else None)
    if node.shape is Shape.GROUP:
        return "Boundary", [name, '"group"']
    if node.boundary and node.shape is not Shape.DEPLOYMENT_NODE:
        kind = "System" if node.shape is Shape.SYSTEM else "Container"
        return f"{kind}_Boundary", [name]
    is_external = node.external and node.shape not in _NEVER_EXTERNAL
    technology = [] if node.shape in _WITHOUT_TECHNOLOGY else [_quoted(node.technology)]
    said = [name, *technology, _quoted(node.description, width)]
    while said[-1] == '""':
        said.pop()
    return _MACROS[node.shape] + ("_Ext" if is_external else ""), said


def _quoted(text: str, width: int | None = None) -> str:
    """A text as an argument, wrapped at a width; else PlantUML wraps it, but only between words."""
    return f'"{label(with_broken_words(text) if width is None else text, width)}"'
