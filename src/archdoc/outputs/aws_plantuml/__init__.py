"""AWS topologies with AWS's own icons, drawn by PlantUML."""

from archdoc.outputs.aws_plantuml.emit import emit
from archdoc.outputs.aws_plantuml.read import read
from archdoc.outputs.aws_plantuml.shows import shows
from archdoc.outputs.base import DiagramOutput, Drawing
from archdoc.outputs.features import Feature, all_but

OUTPUT = DiagramOutput(
    name="aws_plantuml",
    form="aws",
    source_suffix=".aws.puml",
    drawing=Drawing("plantuml", ".aws.svg", ".aws.png"),
    can=all_but(
        {
            Feature.TECHNOLOGY_ICONS,
            Feature.BOUNDARY_TECHNOLOGY,
            Feature.BOUNDARY_DESCRIPTION,
            Feature.DATABASE,
            Feature.QUEUE,
            Feature.WEB,
            Feature.MOBILE,
            Feature.EXTERNAL,
            Feature.STEPS,
            Feature.BOX_STYLE,
            Feature.BOUNDARY_STYLE,
            Feature.ARROW_STYLE,
            Feature.LEGEND,
        },
        {},
    ),
    emit=emit,
    read=read,
    shows=shows,
)
