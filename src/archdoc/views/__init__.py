"""Model + view → `Diagram`: what is drawn, without knowing how."""

from archdoc.views.diagram import Diagram, DiagramKind, Edge, Layout, Node, Shape, Side
from archdoc.views.dynamic import links_along
from archdoc.views.graph import Edge as GraphEdge
from archdoc.views.graph import Graph
from archdoc.views.graph import Vertex as GraphVertex
from archdoc.views.project import all_views, diagrams, placeable, shown
from archdoc.views.select import LEVELS, Selection

__all__ = [
    "LEVELS",
    "Diagram",
    "DiagramKind",
    "Edge",
    "Graph",
    "GraphEdge",
    "GraphVertex",
    "Layout",
    "Node",
    "Selection",
    "Shape",
    "Side",
    "all_views",
    "diagrams",
    "links_along",
    "placeable",
    "shown",
]
