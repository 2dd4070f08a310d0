"""C4-PlantUML: https://github.com/plantuml-stdlib/C4-PlantUML, as PlantUML's stdlib brings it."""

from __future__ import annotations

from archdoc.outputs.base import Emitted
from archdoc.outputs.c4_plantuml.calls import Calls
from archdoc.outputs.templates import environment
from archdoc.views import Diagram

_LIBRARIES = {
    "component": "C4_Component",
    "deployment": "C4_Deployment",
    "dynamic": "C4_Dynamic",
}


def emit(diagram: Diagram) -> Emitted:
    """The diagram as C4-PlantUML."""
    calls = Calls(diagram)
    library = _LIBRARIES.get(diagram.kind, "C4_Container")
    template = environment("c4_plantuml").get_template("diagram.puml.j2")
    source = template.render(diagram=diagram, library=library, calls=calls)
    return Emitted(source, {name: id_ for id_, name in calls.alias.items()})
