"""What stands before others: requests pass through it."""

from __future__ import annotations

from archdoc.model import Model
from archdoc.views import diagrams
from helpers import archdoc_model

_MODEL = """
    name: Shop
    people: {user: {}}
    systems:
      shop:
        containers:
          web: {}
          app: {}
          db: {kind: database}
    relationships:
      - user -> web: Orders
      - web -> app: Passes on
      - app -> db: Queries
      - db -> app: Notifies
    environments:
      live:
        nodes:
          aws: {kind: aws.cloud}
          region: {kind: aws.region, in: aws}
          vpc: {kind: aws.vpc, in: region}
          a: {kind: aws.ec2, in: vpc, runs: [web, app]}
          b: {kind: aws.ec2, in: vpc, runs: [web, app]}
          rds: {kind: aws.rds, in: vpc, realises: db}
"""
_ALB = "          alb: {kind: aws.alb, in: vpc, fronts: web}\n"
_CDN = "          cdn: {kind: aws.cloudfront, in: aws, fronts: alb}\n"


def _arrows(model: Model, kind: str, label: str) -> set[tuple[str, str]]:
    (diagram,) = (d for d in diagrams(model) if d.kind == kind)
    return {edge.ends for edge in diagram.edges if edge.label == label}


def test_requests_pass_through_what_stands_before() -> None:
    model = archdoc_model(_MODEL + _ALB)

    assert _arrows(model, "aws", "Orders") == {("user", "alb"), ("alb", "a"), ("alb", "b")}
    assert _arrows(model, "deployment", "Orders") == {
        ("user", "alb"), ("alb", "shop.web@a"), ("alb", "shop.web@b"),
    }  # fmt: skip


def test_one_thing_may_stand_before_another() -> None:
    model = archdoc_model(_MODEL + _ALB + _CDN)

    assert _arrows(model, "aws", "Orders") == {
        ("user", "cdn"), ("cdn", "alb"), ("alb", "a"), ("alb", "b"),
    }  # fmt: skip


def test_every_stretch_stands_for_the_whole_relationship() -> None:
    model = archdoc_model(_MODEL + _ALB)
    (diagram,) = (d for d in diagrams(model) if d.kind == "aws")

    assert {edge.relationships for edge in diagram.edges if edge.label == "Orders"} == {
        ("user->shop.web:Orders",)
    }


def test_what_a_view_leaves_out_is_passed_over() -> None:
    views = "    views:\n      v: {kind: aws, environment: live, exclude: [alb]}\n"
    model = archdoc_model(_MODEL + _ALB + views)

    assert _arrows(model, "aws", "Orders") == {("user", "a"), ("user", "b")}


def test_neighbours_do_not_go_round_through_what_stands_before_both() -> None:
    model = archdoc_model(_MODEL + _ALB.replace("fronts: web", "fronts: app"))

    assert _arrows(model, "deployment", "Passes on") == {
        ("shop.web@a", "shop.app@a"), ("shop.web@b", "shop.app@b"),
    }  # fmt: skip


def test_a_relationship_said_of_the_gate_itself_stays_its_own() -> None:
    said = "        relationships:\n          - alb -> web: Checks\n"
    model = archdoc_model(_MODEL + _ALB + said)

    assert _arrows(model, "aws", "Checks") == {("alb", "a"), ("alb", "b")}


def test_each_machine_with_both_ends_keeps_to_itself() -> None:
    model = archdoc_model(_MODEL)

    assert _arrows(model, "aws", "Passes on") == set()
    assert _arrows(model, "aws", "Queries") == {("a", "rds"), ("b", "rds")}


def test_a_data_store_reaches_every_machine_that_connects_to_it() -> None:
    model = archdoc_model(
        _MODEL.replace(
            "rds: {kind: aws.rds, in: vpc, realises: db}",
            "c: {kind: aws.ec2, in: vpc, runs: [app, db]}",
        )
    )

    assert _arrows(model, "deployment", "Notifies") == {
        ("shop.db@c", f"shop.app@{node}") for node in "abc"
    }


def test_a_node_that_something_stands_before_has_its_containers_behind_it() -> None:
    model = archdoc_model(_MODEL + _ALB.replace("fronts: web", "fronts: [a, b]"))

    assert _arrows(model, "aws", "Orders") == {("user", "alb"), ("alb", "a"), ("alb", "b")}


def test_a_node_that_an_environment_removes_is_behind_nothing() -> None:
    heir = "      small:\n        extends: live\n        nodes: {alb: null}\n"
    model = archdoc_model(_MODEL + _ALB + _CDN + heir)

    assert model.environments["small"].nodes["cdn"].fronts == ()
