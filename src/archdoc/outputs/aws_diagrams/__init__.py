"""AWS topologies as the `diagrams` package draws them, by Graphviz."""

from archdoc.outputs.aws_diagrams.emit import emit, names
from archdoc.outputs.aws_diagrams.read import read
from archdoc.outputs.aws_diagrams.shows import shows
from archdoc.outputs.base import DiagramOutput, Drawing
from archdoc.outputs.features import Feature, all_but

OUTPUT = DiagramOutput(
    name="aws_diagrams",
    form="aws",
    source_suffix=".aws.dot",
    drawing=Drawing("dot", ".diagrams.svg", ".diagrams.png"),
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
            Feature.ARROW_TECHNOLOGY,
        },
        {
            Feature.BOUNDARY_ENDS: "cut off at the border, on the way to the first icon inside",
        },
    ),
    emit=emit,
    read=read,
    shows=shows,
    names=names,
)
