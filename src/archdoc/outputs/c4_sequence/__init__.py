"""What happens, step by step, as a sequence: C4-PlantUML's other form of the dynamic diagram."""

from archdoc.outputs.base import DiagramOutput
from archdoc.outputs.c4_plantuml import read
from archdoc.outputs.c4_sequence.emit import emit
from archdoc.outputs.c4_sequence.shows import shows

OUTPUT = DiagramOutput(
    name="c4_sequence",
    language="plantuml",
    source_suffix=".sequence.puml",
    svg_suffix=".sequence.svg",
    png_suffix=".sequence.png",
    draws=lambda diagram: diagram.kind == "dynamic",
    emit=emit,
    read=read,
    shows=shows,
)
