"""The proof: what was read back from an output equals what the model says that it shows."""

from archdoc.consistency.compare import Difference, compare
from archdoc.consistency.compose import compose_differences
from archdoc.consistency.compose_values import value_differences, variable_differences
from archdoc.consistency.left_out import left_out
from archdoc.consistency.links import box_differences, link_differences
from archdoc.consistency.logical import logical_graph
from archdoc.consistency.marks import mark_differences
from archdoc.consistency.overview import (
    Compared,
    compared_with,
    comparison_page,
    decisions_about,
    flows,
    groups_page,
    plain,
    start_page,
)
from archdoc.consistency.pictures import differences
from archdoc.consistency.site import (
    element_page,
    environment_page,
    picture_text,
    versions_page,
    views_page,
)

__all__ = [
    "Compared",
    "Difference",
    "box_differences",
    "compare",
    "compared_with",
    "comparison_page",
    "compose_differences",
    "decisions_about",
    "differences",
    "element_page",
    "environment_page",
    "flows",
    "groups_page",
    "left_out",
    "link_differences",
    "logical_graph",
    "mark_differences",
    "picture_text",
    "plain",
    "start_page",
    "value_differences",
    "variable_differences",
    "versions_page",
    "views_page",
]
