"""C4-PlantUML: https://github.com/plantuml-stdlib/C4-PlantUML, as PlantUML's stdlib brings it."""

from __future__ import annotations

from archdoc.outputs.base import Emitted
from archdoc.outputs.c4_plantuml.looks import Looks
from archdoc.outputs.plantuml_text import aliases, label
from archdoc.outputs.templates import environment
from archdoc.views import Diagram, Edge, Node, Shape

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
_WITHOUT_TECHNOLOGY = {Shape.PERSON, Shape.SYSTEM}
_LIBRARIES = {
    "component": "C4_Component",
    "deployment": "C4_Deployment",
    "dynamic": "C4_Dynamic",
}


def emit(diagram: Diagram) -> Emitted:
    """The diagram as C4-PlantUML."""
    alias = aliases(node.id for node in diagram.walk())
    looks = Looks(diagram)
    source = (
        environment("c4_plantuml")
        .get_template("diagram.puml.j2")
        .render(
            diagram=diagram,
            library=_LIBRARIES.get(diagram.kind, "C4_Container"),
            tags=looks.definitions,
            legend=looks.legend,
            call=lambda node: _call(node, alias[node.id], looks),
            relation=lambda edge: _relation(edge, alias, looks),
        )
    )
    return Emitted(source, {name: id_ for id_, name in alias.items()})


def _call(node: Node, alias: str, looks: Looks) -> str:
    """The macro that draws a node: `Container(app_django, "Django", "Django 4.2", "Serves …")`."""
    tag = looks.of_node(node)
    tagged = f', $tags="{tag}"' if tag else ""
    if node.shape is Shape.GROUP:
        return f'Boundary({alias}, "{label(node.name)}", "group"{tagged})'
    if node.boundary and node.shape is not Shape.DEPLOYMENT_NODE:
        kind = "System" if node.shape is Shape.SYSTEM else "Container"
        return f'{kind}_Boundary({alias}, "{label(node.name)}"{tagged})'
    is_external = node.external and node.shape not in _NEVER_EXTERNAL
    macro = _MACROS[node.shape] + ("_Ext" if is_external else "")
    texts = [node.name, node.technology, node.description]
    if node.shape in _WITHOUT_TECHNOLOGY:
        del texts[1]
    while not texts[-1]:
        texts.pop()
    return f"{macro}({alias}, {', '.join(_quoted(text) for text in texts)}{tagged})"


def _relation(edge: Edge, alias: dict[str, str], looks: Looks) -> str:
    arguments = [alias[edge.source], alias[edge.target], _quoted(edge.label, _EDGE_WIDTH)]
    if edge.number is not None:
        arguments.insert(0, str(edge.number))
    if edge.technology:
        arguments.append(_quoted(edge.technology, _EDGE_WIDTH))
    tag = looks.of_edge(edge)
    if tag:
        arguments.append(f'$tags="{tag}"')
    macro = "RelIndex" if edge.number is not None else "BiRel" if edge.two_headed else "Rel"
    return f"{macro}({', '.join(arguments)})"


def _quoted(text: str, width: int | None = None) -> str:
    return f'"{label(text, width)}"'
