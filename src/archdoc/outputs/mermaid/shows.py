"""What flowcharts can show of a diagram."""

from __future__ import annotations

from archdoc.outputs.mermaid.flow import in_flow
from archdoc.views import Diagram, Graph


def shows(diagram: Diagram) -> Graph:
    """What a faithful flowchart contains: everything, as far as it can be drawn as one."""
    return in_flow(diagram).graph()
