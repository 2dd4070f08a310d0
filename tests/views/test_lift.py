from __future__ import annotations

from pathlib import Path

from archdoc.model import Model, Placement
from archdoc.source import Loaded
from archdoc.views import Diagram, Edge, diagrams
from archdoc.views.lift import Drawn, lift
from helpers import SMALL, archdoc_model, loaded, on_aws

AT = {"app.a": ["A"], "app.b": ["B"], "app.c": ["B"]}


def _model(*relationships: object) -> Model:
    containers = {name: {"description": "x"} for name in "abc"}
    systems = {"app": {"containers": containers}}
    return Model.model_validate(
        {"name": "m", "systems": systems, "relationships": list(relationships)}
    )


def _lifted(*relationships: object, reword: dict[str, str | None] | None = None) -> list[Edge]:
    return list(lift(_model(*relationships).links, Drawn(AT), reword))


def test_arrows_with_the_same_ends_and_label_become_one() -> None:
    (edge,) = _lifted({"a -> b": "x"}, {"a -> c": "x"})

    assert (edge.source, edge.target, edge.label) == ("A", "B", "x")
    assert edge.relationships == ("app.a->app.b:x", "app.a->app.c:x")


def test_different_labels_stay_apart() -> None:
    assert [edge.label for edge in _lifted({"a -> b": "x"}, {"a -> c": "y"})] == ["x", "y"]


def test_the_same_label_in_both_directions_becomes_one_arrow_with_two_heads() -> None:
    (edge,) = _lifted({"a -> b": "x"}, {"c -> a": "x"})

    assert edge.two_headed
    assert (edge.source, edge.target) == ("A", "B")
    assert edge.relationships == ("app.a->app.b:x", "app.c->app.a:x")


def test_a_relationship_inside_one_box_is_no_arrow() -> None:
    assert _lifted({"b -> c": "x"}) == []


def test_an_environment_can_reword_a_label_and_leave_one_out() -> None:
    edges = _lifted({"a -> b": "x"}, {"a -> c": "y"}, reword={"x": "z", "y": None})

    assert [edge.label for edge in edges] == ["z"]


def test_neighbours_are_preferred_to_the_same_element_elsewhere() -> None:
    at = {"app.a": ["a1", "a2"], "app.b": ["b1", "b2"]}
    beside = {"a1": "zone1", "b1": "zone1", "a2": "zone2", "b2": "zone2"}
    edges = lift(_model({"a -> b": "x"}).links, Drawn(at, {}, beside))

    assert [(edge.source, edge.target) for edge in edges] == [("a1", "b1"), ("a2", "b2")]


def _diagram(reference: Loaded, id_: str, kind: str) -> Diagram:
    (found,) = (d for d in diagrams(reference.model) if (d.id, d.kind) == (id_, kind))
    return found


def test_aws_arrows_are_lifted_from_the_logical_relationships(reference: Loaded) -> None:
    edges = {
        (e.source, e.target, e.label): e for e in _diagram(reference, "aws-advanced", "aws").edges
    }

    assert edges["ec2", "elasticache", "Task messages"].relationships == (
        "app.django->app.redis:Task messages",
        "app.beat->app.redis:Task messages",
        "app.redis->app.celery:Task messages",
    )
    assert edges["ec2", "rds", "Queries"].relationships == (
        "app.django->app.postgres:SQL queries",
        "app.celery->app.postgres:SQL queries",
    )


def test_workers_have_a_cluster_of_their_own_on_ecs(reference: Loaded) -> None:
    for environment in ("aws-ecs-ec2", "aws-ecs-fargate"):
        diagram = _diagram(reference, environment, "deployment")
        parents = {node.element: parent for node, parent in diagram.with_parents()}
        clusters = {
            name: parents[f"{environment}.{parents[f'app.{name}']}"]
            for name in ("django", "celery")
        }
        assert clusters == {"django": "web", "celery": "workers"}


def test_a_model_without_views_has_a_sensible_set(tmp_path: Path) -> None:
    drawn = [(d.id, d.kind) for d in diagrams(loaded(tmp_path, SMALL).model)]

    assert drawn == [
        ("context", "context"),
        ("containers", "container"),
        ("local", "deployment"),
    ]


def test_an_ecs_service_runs_each_container_once_in_each_of_its_tasks() -> None:
    service = "a: {kind: aws.fargate, in: c, runs: [web], settings: {desired: 4}}"
    model = archdoc_model(on_aws("c: {kind: aws.ecs, in: vpc}\n" + service))
    placement = Placement(model, "e")

    assert [place.replicas for place in placement.of("s.web")] == [4]
