"""AWS topologies with AWS's own icons, drawn by PlantUML."""

from archdoc.outputs.aws_plantuml.emit import emit
from archdoc.outputs.aws_plantuml.read import read
from archdoc.outputs.aws_plantuml.shows import shows
from archdoc.outputs.base import DiagramOutput, Drawing

OUTPUT = DiagramOutput(
    name="aws_plantuml",
    form="aws",
    source_suffix=".aws.puml",
    drawing=Drawing("plantuml", ".aws.svg"),
    emit=emit,
    read=read,
    shows=shows,
)
