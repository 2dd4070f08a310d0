"""Diagrams for Markdown: GitHub, GitLab and many others draw Mermaid where they show a file."""

from archdoc.outputs.base import DiagramOutput
from archdoc.outputs.mermaid.emit import emit
from archdoc.outputs.mermaid.read import read
from archdoc.outputs.mermaid.shows import shows

OUTPUT = DiagramOutput(
    name="mermaid",
    form="map",
    source_suffix=".mmd",
    drawing=None,
    emit=emit,
    read=read,
    shows=shows,
)
AWS_OUTPUT = DiagramOutput(
    name="mermaid_aws",
    form="aws",
    source_suffix=".aws.mmd",
    drawing=None,
    emit=emit,
    read=read,
    shows=shows,
)

__all__ = ["AWS_OUTPUT", "OUTPUT"]
