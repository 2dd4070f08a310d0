"""Model + view → `Diagram`: what is drawn, without knowing how."""

from archdoc.views.change import Change, ChangeKind
from archdoc.views.changes import changes
from archdoc.views.compare import Cell, Row, Spot, Surrounding, compare
from archdoc.views.diagram import Diagram, DiagramKind, Edge, Layout, Node, Shape, Side
from archdoc.views.dynamic import links_along
from archdoc.views.graph import Edge as GraphEdge
from archdoc.views.graph import Graph
from archdoc.views.graph import Vertex as GraphVertex
from archdoc.views.hints import compatible_pairs
from archdoc.views.project import all_views, diagrams, placeable, shown
from archdoc.views.select import LEVELS, Selection

__all__ = [
    "LEVELS",
    "Cell",
    "Change",
    "ChangeKind",
    "Diagram",
    "DiagramKind",
    "Edge",
    "Graph",
    "GraphEdge",
    "GraphVertex",
    "Layout",
    "Node",
    "Row",
    "Selection",
    "Shape",
    "Side",
    "Spot",
    "Surrounding",
    "all_views",
    "changes",
    "compare",
    "compatible_pairs",
    "diagrams",
    "links_along",
    "placeable",
    "shown",
]
