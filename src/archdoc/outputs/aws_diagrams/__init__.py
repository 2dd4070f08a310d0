"""AWS topologies as the `diagrams` package draws them, by Graphviz."""

from archdoc.outputs.aws_diagrams.emit import emit
from archdoc.outputs.aws_diagrams.read import read
from archdoc.outputs.aws_diagrams.shows import shows
from archdoc.outputs.base import DiagramOutput, Drawing

OUTPUT = DiagramOutput(
    name="aws_diagrams",
    form="aws",
    source_suffix=".aws.dot",
    drawing=Drawing("dot", ".diagrams.svg"),
    emit=emit,
    read=read,
    shows=shows,
)
