"""AWS topologies as the `diagrams` package draws them, by Graphviz."""

from archdoc.outputs.aws_diagrams.emit import emit
from archdoc.outputs.aws_diagrams.read import read
from archdoc.outputs.aws_diagrams.shows import shows
from archdoc.outputs.base import DiagramOutput

OUTPUT = DiagramOutput(
    name="aws_diagrams",
    language="dot",
    source_suffix=".aws.dot",
    svg_suffix=".diagrams.svg",
    png_suffix=None,
    draws=lambda diagram: diagram.kind == "aws",
    emit=emit,
    read=read,
    shows=shows,
)
