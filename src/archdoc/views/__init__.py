"""Model + view → `Diagram`: what is drawn, without knowing how."""

from archdoc.views.diagram import Diagram, DiagramKind, Edge, Node, Shape
from archdoc.views.dynamic import links_along
from archdoc.views.graph import Edge as GraphEdge
from archdoc.views.graph import Graph
from archdoc.views.graph import Vertex as GraphVertex
from archdoc.views.project import all_views, diagrams, shown
from archdoc.views.select import LEVELS, Selection

__all__ = [
    "LEVELS",
    "Diagram",
    "DiagramKind",
    "Edge",
    "Graph",
    "GraphEdge",
    "GraphVertex",
    "Node",
    "Selection",
    "Shape",
    "all_views",
    "diagrams",
    "links_along",
    "shown",
]
