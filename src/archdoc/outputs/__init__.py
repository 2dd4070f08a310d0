"""One folder an output: `emit` writes it, `read` reads it back, neither knows of the other."""

from archdoc.outputs.aws_diagrams import OUTPUT as _AWS_DIAGRAMS
from archdoc.outputs.aws_plantuml import OUTPUT as _AWS_PLANTUML
from archdoc.outputs.base import DiagramOutput, Drawing, Emitted, MissingPackageError
from archdoc.outputs.c4_plantuml import OUTPUT as _C4_PLANTUML
from archdoc.outputs.c4_sequence import OUTPUT as _C4_SEQUENCE
from archdoc.outputs.features import Feature, used
from archdoc.outputs.mermaid import AWS_OUTPUT as _MERMAID_AWS
from archdoc.outputs.mermaid import OUTPUT as _MERMAID
from archdoc.outputs.mermaid_sequence import OUTPUT as _MERMAID_SEQUENCE

DIAGRAM_OUTPUTS: tuple[DiagramOutput, ...] = (
    _C4_PLANTUML,
    _C4_SEQUENCE,
    _AWS_PLANTUML,
    _AWS_DIAGRAMS,
    _MERMAID,
    _MERMAID_SEQUENCE,
    _MERMAID_AWS,
)
"""Every way to write a diagram, in the order in which pages show them."""

__all__ = [
    "DIAGRAM_OUTPUTS",
    "DiagramOutput",
    "Drawing",
    "Emitted",
    "Feature",
    "MissingPackageError",
    "used",
]
