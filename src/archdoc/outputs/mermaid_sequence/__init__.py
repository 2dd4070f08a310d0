"""What happens, step by step, as a sequence for Markdown."""

from archdoc.outputs.base import DiagramOutput
from archdoc.outputs.features import Feature, all_but
from archdoc.outputs.mermaid_sequence.emit import emit
from archdoc.outputs.mermaid_sequence.read import read
from archdoc.outputs.mermaid_sequence.read_text import read_text
from archdoc.outputs.mermaid_sequence.shows import shows

OUTPUT = DiagramOutput(
    name="mermaid_sequence",
    form="sequence",
    source_suffix=".sequence.mmd",
    drawing=None,
    can=all_but(
        {
            Feature.TECHNOLOGY_ICONS,
            Feature.BOUNDARY_TECHNOLOGY,
            Feature.BOUNDARY_DESCRIPTION,
            Feature.REPLICAS,
            Feature.DATABASE,
            Feature.QUEUE,
            Feature.WEB,
            Feature.MOBILE,
            Feature.EXTERNAL,
            Feature.AWS_ICONS,
            Feature.DOTS,
            Feature.TWO_HEADS,
            Feature.BOX_STYLE,
            Feature.BOUNDARY_STYLE,
            Feature.ARROW_STYLE,
            Feature.LEGEND,
            Feature.DIRECTION,
            Feature.ROWS,
            Feature.NEAR,
            Feature.LINKS,
        },
        {
            Feature.NESTING: "of nested boundaries, the outermost",
            Feature.BOUNDARY_ENDS: "a boundary becomes a lane",
        },
    ),
    emit=emit,
    read=read,
    read_text=read_text,
    shows=shows,
)
