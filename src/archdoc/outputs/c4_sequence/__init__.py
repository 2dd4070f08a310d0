"""What happens, step by step, as a sequence: C4-PlantUML's other form of the dynamic diagram."""

from archdoc.outputs.base import DiagramOutput, Drawing
from archdoc.outputs.c4_plantuml import read
from archdoc.outputs.c4_sequence.emit import emit
from archdoc.outputs.c4_sequence.shows import shows
from archdoc.outputs.features import Feature, all_but

OUTPUT = DiagramOutput(
    name="c4_sequence",
    form="sequence",
    source_suffix=".sequence.puml",
    drawing=Drawing("plantuml", ".sequence.svg", ".sequence.png"),
    can=all_but(
        {
            Feature.TECHNOLOGY_ICONS,
            Feature.AWS_ICONS,
            Feature.DATABASE,
            Feature.QUEUE,
            Feature.WEB,
            Feature.MOBILE,
            Feature.BOUNDARY_DESCRIPTION,
            Feature.BOUNDARY_TECHNOLOGY,
            Feature.REPLICAS,
            Feature.TWO_HEADS,
            Feature.DIRECTION,
            Feature.ROWS,
            Feature.NEAR,
        },
        {
            Feature.BOUNDARY_ENDS: "a boundary becomes a lane",
            Feature.LINE: "not of messages to oneself",
            Feature.BOUNDARY_STYLE: "in colour",
            Feature.EXTERNAL: "not of boundaries",
        },
    ),
    emit=emit,
    read=read,
    shows=shows,
)
