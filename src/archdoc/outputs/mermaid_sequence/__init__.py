"""What happens, step by step, as a sequence for Markdown."""

from archdoc.outputs.base import DiagramOutput
from archdoc.outputs.mermaid_sequence.emit import emit
from archdoc.outputs.mermaid_sequence.read import read
from archdoc.outputs.mermaid_sequence.shows import shows

OUTPUT = DiagramOutput(
    name="mermaid_sequence",
    form="sequence",
    source_suffix=".sequence.mmd",
    drawing=None,
    emit=emit,
    read=read,
    shows=shows,
)
