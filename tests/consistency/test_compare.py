"""What is told of two graphs that differ."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from archdoc.consistency import compare
from archdoc.views import Graph, GraphEdge, GraphVertex

_TEXT = st.text(st.characters(codec="utf-8"), max_size=6)
_IDS = st.sampled_from(["a", "b", "c"])
_VERTICES = st.builds(GraphVertex, _IDS, _TEXT, _TEXT, _TEXT, st.none() | _IDS)
_EDGES = st.builds(
    GraphEdge, _IDS, _IDS, _TEXT, st.sampled_from(["solid", "dashed"]), st.booleans()
)
_FACTS = st.tuples(_IDS, st.sampled_from(["image", "port"]), _TEXT)
_GRAPHS = st.builds(
    Graph,
    st.lists(_VERTICES, unique_by=lambda vertex: vertex.id).map(tuple),
    st.lists(_EDGES).map(tuple),
    st.lists(_FACTS).map(tuple),
)


@given(_GRAPHS, st.randoms())
def test_a_graph_equals_itself_in_any_order(graph: Graph, random: object) -> None:
    shuffled = Graph(graph.vertices[::-1], graph.edges[::-1], graph.facts[::-1])

    assert compare(graph, shuffled) == ()


_TWO_HEADED = GraphEdge("a", "b", "", "solid", True)


@given(_GRAPHS, _GRAPHS)
@example(
    Graph((), (_TWO_HEADED, _TWO_HEADED), ()),
    Graph((), (replace(_TWO_HEADED, source="b", target="a"),), ()),
)
def test_what_one_side_lacks_the_other_has_too_much(one: Graph, other: Graph) -> None:
    there, back = compare(one, other), compare(other, one)

    assert {(d.subject, d.fact) for d in there} == {(d.subject, d.fact) for d in back}
    for one_way, other_way in ((there, back), (back, there)):
        lacking = {d.subject for d in one_way if d.shown == "missing" and d.expected == "there"}
        assert lacking <= {d.subject for d in other_way if d.shown == "there"}


@given(_GRAPHS, st.data())
def test_every_change_of_a_fact_is_told(graph: Graph, data: st.DataObject) -> None:
    ids = {vertex.id for vertex in graph.vertices}
    facts = [fact for fact in graph.facts if fact[0] in ids]
    if not facts:
        return
    gone = data.draw(st.sampled_from(facts))
    left = tuple(fact for fact in graph.facts if fact != gone)
    others = {"".join(v.split()) for i, a, v in left if (i, a) == gone[:2]}
    found = compare(graph, replace(graph, facts=left))

    if "".join(gone[2].split()) not in others:
        assert [(d.subject, d.fact) for d in found] == [gone[:2]]


def test_facts_are_told_with_their_values_and_missing_elements_once() -> None:
    boxes = (GraphVertex("web", "Web"), GraphVertex("db", "DB"))
    facts = (("web", "ports", "80:80"), ("web", "ports", "443:443"), ("db", "image", "postgres:15"))
    shown = (("web", "ports", "81:80"), ("web", "ports", "443:443"))
    found = compare(Graph(boxes, (), facts), Graph(boxes[:1], (), shown))

    assert [str(difference) for difference in found] == [
        "db: the element is missing, and should be there",
        "web: ports is '81:80', and should be '80:80'",
    ]
