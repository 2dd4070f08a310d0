"""AWS topologies with AWS's own icons, drawn by PlantUML."""

from archdoc.outputs.aws_plantuml.emit import emit
from archdoc.outputs.aws_plantuml.read import read
from archdoc.outputs.aws_plantuml.shows import shows
from archdoc.outputs.base import DiagramOutput

OUTPUT = DiagramOutput(
    name="aws_plantuml",
    language="plantuml",
    source_suffix=".aws.puml",
    svg_suffix=".aws.svg",
    png_suffix=None,
    draws=lambda diagram: diagram.kind == "aws",
    emit=emit,
    read=read,
    shows=shows,
)
