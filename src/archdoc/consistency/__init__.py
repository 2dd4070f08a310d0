"""The proof: what was read back from an output equals what the model says that it shows."""

from archdoc.consistency.compare import Difference, compare
from archdoc.consistency.compose import compose_differences
from archdoc.consistency.left_out import left_out
from archdoc.consistency.logical import logical_graph
from archdoc.consistency.pictures import differences
from archdoc.consistency.site import (
    element_page,
    environment_page,
    picture_text,
    versions_page,
)

__all__ = [
    "Difference",
    "compare",
    "compose_differences",
    "differences",
    "element_page",
    "environment_page",
    "left_out",
    "logical_graph",
    "picture_text",
    "versions_page",
]
