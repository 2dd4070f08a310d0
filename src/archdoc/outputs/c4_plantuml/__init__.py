"""C4 diagrams of every level, as C4-PlantUML."""

from archdoc.outputs.base import DiagramOutput
from archdoc.outputs.c4_plantuml.calls import Calls
from archdoc.outputs.c4_plantuml.emit import emit
from archdoc.outputs.c4_plantuml.read import read
from archdoc.outputs.c4_plantuml.shows import shows

OUTPUT = DiagramOutput(
    name="c4_plantuml",
    language="plantuml",
    source_suffix=".puml",
    svg_suffix=".svg",
    png_suffix=".png",
    draws=lambda diagram: diagram.kind != "aws",
    emit=emit,
    read=read,
    shows=shows,
)

__all__ = ["OUTPUT", "Calls", "read", "shows"]
