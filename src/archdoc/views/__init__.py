"""Model + view → `Diagram`: what is drawn, without knowing how."""

from archdoc.views.diagram import Diagram, DiagramKind, Edge, Node, Shape
from archdoc.views.graph import Edge as GraphEdge
from archdoc.views.graph import Graph
from archdoc.views.graph import Vertex as GraphVertex
from archdoc.views.project import all_views, diagrams

__all__ = [
    "Diagram",
    "DiagramKind",
    "Edge",
    "Graph",
    "GraphEdge",
    "GraphVertex",
    "Node",
    "Shape",
    "all_views",
    "diagrams",
]
