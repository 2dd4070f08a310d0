"""One folder an output: `emit` writes it, `read` reads it back, neither knows of the other."""

from archdoc.outputs.aws_diagrams import OUTPUT as _AWS_DIAGRAMS
from archdoc.outputs.aws_plantuml import OUTPUT as _AWS_PLANTUML
from archdoc.outputs.base import DiagramOutput, Emitted, MissingPackageError
from archdoc.outputs.c4_plantuml import OUTPUT as _C4_PLANTUML
from archdoc.outputs.c4_sequence import OUTPUT as _C4_SEQUENCE

DIAGRAM_OUTPUTS: tuple[DiagramOutput, ...] = (
    _C4_PLANTUML,
    _C4_SEQUENCE,
    _AWS_PLANTUML,
    _AWS_DIAGRAMS,
)
"""Every way to write a diagram, in the order in which pages show them."""

__all__ = ["DIAGRAM_OUTPUTS", "DiagramOutput", "Emitted", "MissingPackageError"]
