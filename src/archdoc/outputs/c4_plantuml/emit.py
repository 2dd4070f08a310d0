"""C4-PlantUML: https://github.com/plantuml-stdlib/C4-PlantUML, as PlantUML's stdlib brings it."""

from __future__ import annotations

from archdoc.outputs.base import Emitted
from archdoc.outputs.plantuml_text import aliases, label
from archdoc.outputs.templates import environment
from archdoc.views import Diagram, Edge, Node, Shape

_EDGE_WIDTH = 24
"""Characters after which an arrow's label is wrapped."""

_MACROS = {
    Shape.PERSON: "Person",
    Shape.SYSTEM: "System",
    Shape.CONTAINER: "Container",
    Shape.DATABASE: "ContainerDb",
    Shape.QUEUE: "ContainerQueue",
    Shape.COMPONENT: "Component",
    # With its name at the left: arrows come in at the middle.
    Shape.DEPLOYMENT_NODE: "Deployment_Node_L",
    Shape.ICON: "Deployment_Node_L",
}
_NEVER_EXTERNAL = {Shape.DEPLOYMENT_NODE, Shape.ICON}
"""Shapes for which C4-PlantUML has no `…_Ext` macro."""
_WITHOUT_TECHNOLOGY = {Shape.PERSON, Shape.SYSTEM}
_LIBRARIES = {"component": "C4_Component", "deployment": "C4_Deployment"}


def emit(diagram: Diagram) -> Emitted:
    """The diagram as C4-PlantUML."""
    alias = aliases(node.id for node in diagram.walk())
    source = (
        environment("c4_plantuml")
        .get_template("diagram.puml.j2")
        .render(
            diagram=diagram,
            library=_LIBRARIES.get(diagram.kind, "C4_Container"),
            lines=sorted({edge.line for edge in diagram.edges} - {"solid"}),
            call=lambda node: _call(node, alias[node.id]),
            relation=lambda edge: _relation(edge, alias),
        )
    )
    return Emitted(source, {name: id_ for id_, name in alias.items()})


def _call(node: Node, alias: str) -> str:
    """The macro that draws a node: `Container(app_django, "Django", "Django 4.2", "Serves …")`."""
    if node.boundary and node.shape is not Shape.DEPLOYMENT_NODE:
        kind = "System" if node.shape is Shape.SYSTEM else "Container"
        return f'{kind}_Boundary({alias}, "{label(node.name)}")'
    is_external = node.external and node.shape not in _NEVER_EXTERNAL
    macro = _MACROS[node.shape] + ("_Ext" if is_external else "")
    texts = [node.name, node.technology, node.description]
    if node.shape in _WITHOUT_TECHNOLOGY:
        del texts[1]
    while not texts[-1]:
        texts.pop()
    return f"{macro}({alias}, {', '.join(_quoted(text) for text in texts)})"


def _relation(edge: Edge, alias: dict[str, str]) -> str:
    arguments = [alias[edge.source], alias[edge.target], _quoted(edge.label, _EDGE_WIDTH)]
    if edge.technology:
        arguments.append(_quoted(edge.technology, _EDGE_WIDTH))
    if edge.line != "solid":
        arguments.append(f'$tags="{edge.line}"')
    return f"{'BiRel' if edge.two_headed else 'Rel'}({', '.join(arguments)})"


def _quoted(text: str, width: int | None = None) -> str:
    return f'"{label(text, width)}"'
