"""C4 diagrams of every level, as C4-PlantUML."""

from archdoc.outputs.base import DiagramOutput, Drawing
from archdoc.outputs.c4_plantuml.calls import Calls
from archdoc.outputs.c4_plantuml.emit import emit
from archdoc.outputs.c4_plantuml.read import read
from archdoc.outputs.c4_plantuml.shows import shows
from archdoc.outputs.features import Feature, all_but

OUTPUT = DiagramOutput(
    name="c4_plantuml",
    form="map",
    source_suffix=".puml",
    drawing=Drawing("plantuml", ".svg", ".png"),
    can=all_but(
        {Feature.AWS_ICONS},
        {
            Feature.BOUNDARY_TECHNOLOGY: "of deployment nodes",
            Feature.BOUNDARY_DESCRIPTION: "of deployment nodes",
            Feature.EXTERNAL: "not of boundaries",
        },
    ),
    emit=emit,
    read=read,
    shows=shows,
)

__all__ = ["OUTPUT", "Calls", "read", "shows"]
