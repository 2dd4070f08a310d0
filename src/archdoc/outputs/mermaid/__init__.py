"""Diagrams for Markdown: GitHub, GitLab and many others draw Mermaid where they show a file."""

from archdoc.outputs.base import DiagramOutput
from archdoc.outputs.features import Feature, all_but
from archdoc.outputs.mermaid.emit import emit
from archdoc.outputs.mermaid.read import read
from archdoc.outputs.mermaid.read_text import read_text
from archdoc.outputs.mermaid.shows import shows

_CAN = all_but(
    {Feature.TECHNOLOGY_ICONS, Feature.ROWS, Feature.NEAR, Feature.LINKS},
    {
        Feature.AWS_ICONS: "in words, and by the colour of their category",
        Feature.EXTERNAL: "not of boundaries",
        Feature.DARK: "boxes keep their colours",
    },
)

OUTPUT = DiagramOutput(
    name="mermaid",
    form="map",
    source_suffix=".mmd",
    drawing=None,
    can=_CAN,
    emit=emit,
    read=read,
    read_text=read_text,
    shows=shows,
)
AWS_OUTPUT = DiagramOutput(
    name="mermaid_aws",
    form="aws",
    source_suffix=".aws.mmd",
    drawing=None,
    can=_CAN,
    emit=emit,
    read=read,
    read_text=read_text,
    shows=shows,
)

__all__ = ["AWS_OUTPUT", "OUTPUT"]
