"""The proof: what was read back from an output equals what the model says that it shows."""

from archdoc.consistency.compose import compose_differences
from archdoc.consistency.left_out import left_out
from archdoc.consistency.pictures import Difference, differences

__all__ = ["Difference", "compose_differences", "differences", "left_out"]
