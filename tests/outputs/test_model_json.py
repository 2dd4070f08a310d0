"""`model.json`: the resolved model, as other tools read it."""

from __future__ import annotations

import json

import pytest

from archdoc.outputs import model_json
from archdoc.source import Loaded
from archdoc.views import GraphEdge


def test_every_element_says_what_it_is_and_where_it_runs(reference: Loaded) -> None:
    document = json.loads(model_json.emit(reference.model))
    elements = {element["id"]: element for element in document["elements"]}

    assert elements.keys() == reference.model.index.elements.keys()
    postgres = elements["app.postgres"]
    assert (postgres["name"], postgres["technology"], postgres["version"]) == (
        "PostgreSQL", "PostgreSQL", "15"
    )  # fmt: skip
    assert postgres["runs_on"]["compose"] == [
        {"node": "compose.project", "replicas": 1, "realised": False}
    ]
    assert postgres["runs_on"]["aws-advanced"] == [
        {"node": "aws-advanced.rds", "replicas": 1, "realised": True}
    ]
    for element in elements.values():
        assert {"id", "name", "technology", "version", "runs_on"} <= element.keys()


def test_environments_have_their_nodes_with_full_ids(reference: Loaded) -> None:
    document = json.loads(model_json.emit(reference.model))
    (advanced,) = (e for e in document["environments"] if e["id"] == "aws-advanced")
    parents = {node["id"]: node["parent"] for node in advanced["nodes"]}

    assert parents["aws-advanced.s3"] == "aws-advanced.region"
    assert parents["aws-advanced.rds"] == "aws-advanced.vpc"


def test_what_is_read_back_is_the_logical_model(reference: Loaded) -> None:
    graph = model_json.read(model_json.emit(reference.model))
    nodes = {n.id for nodes in reference.model.index.nodes.values() for n in nodes.values()}

    assert {vertex.id for vertex in graph.vertices} == reference.model.index.elements.keys() | nodes
    assert ("app.postgres", "version", "15") in graph.facts
    assert (
        "app.postgres",
        "where it runs in aws-advanced",
        "aws-advanced.rds (in its place)",
    ) in graph.facts
    assert GraphEdge("app.celery", "app.postgres", "SQL queries") in graph.edges


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"\xff", b"[]", b"null", b'{"version": 2}', b"[" * 100_000),
        b'{"version": 2, "elements": [1], "relationships": [], "environments": []}',
        b'{"version": 1, "elements": [], "relationships": [], "environments": []}',
    ],
)
def test_what_is_no_model_json_of_this_version_is_a_value_error(content: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        model_json.read(content)
