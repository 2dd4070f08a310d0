"""What happens, step by step, as a sequence: C4-PlantUML's other form of the dynamic diagram."""

from archdoc.outputs.base import DiagramOutput, Drawing
from archdoc.outputs.c4_plantuml import read
from archdoc.outputs.c4_sequence.emit import emit
from archdoc.outputs.c4_sequence.shows import shows

OUTPUT = DiagramOutput(
    name="c4_sequence",
    form="sequence",
    source_suffix=".sequence.puml",
    drawing=Drawing("plantuml", ".sequence.svg", ".sequence.png"),
    emit=emit,
    read=read,
    shows=shows,
)
