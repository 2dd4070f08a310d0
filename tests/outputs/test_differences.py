"""How findings about pictures that are wrong read."""

from archdoc.consistency import differences
from archdoc.views import Graph, GraphEdge, GraphVertex

BOXES = (GraphVertex("a", "A"), GraphVertex("b", "B"))


def test_a_missing_arrow_is_named_in_the_models_own_words() -> None:
    edge = GraphEdge("a", "b", "SQL\nqueries", "dashed", technology="PostgreSQL protocol")
    (found,) = differences(Graph(BOXES, (edge,)), Graph(BOXES), {"a": "a", "b": "b"})

    assert found.subject == "a -> b: SQL queries (line dashed, technology PostgreSQL protocol)"
    assert str(found).endswith(": the arrow is missing, and should be there")
