"""What sequences can show of a diagram."""

from __future__ import annotations

from dataclasses import replace

from archdoc.outputs import c4_plantuml
from archdoc.outputs.c4_sequence.lanes import in_lanes
from archdoc.views import Diagram, Graph


def shows(diagram: Diagram) -> Graph:
    """What a faithful sequence contains: what the collaboration shows, of what has become lanes.

    PlantUML draws a message of a lane to itself with a solid line, whatever its style says.
    """
    graph = c4_plantuml.shows(in_lanes(diagram))
    edges = (replace(e, line="solid") if e.source == e.target else e for e in graph.edges)
    return replace(graph, edges=tuple(edges))
