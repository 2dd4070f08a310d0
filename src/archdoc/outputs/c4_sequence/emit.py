"""C4-PlantUML's sequences: https://github.com/plantuml-stdlib/C4-PlantUML/blob/master/docs."""

from __future__ import annotations

from archdoc.outputs.base import Emitted
from archdoc.outputs.c4_plantuml import Calls
from archdoc.outputs.c4_sequence.lanes import in_lanes
from archdoc.outputs.templates import environment
from archdoc.views import Diagram


def emit(diagram: Diagram) -> Emitted:
    """The diagram as a C4-PlantUML sequence."""
    lanes = in_lanes(diagram)
    calls = Calls(lanes)
    template = environment("c4_plantuml").get_template("sequence.puml.j2")
    source = template.render(diagram=lanes, calls=calls)
    return Emitted(source, {name: id_ for id_, name in calls.alias.items()})
