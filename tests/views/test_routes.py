"""What stands before others: requests pass through it."""

from __future__ import annotations

import pytest

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


_DEEP = """
    name: Shop
    people: {user: {}}
    systems: {shop: {containers: {web: {}, worker: {kind: worker}}}}
    relationships: [user -> web: Orders, worker -> web: Reports]
    environments:
      live:
        nodes:
          aws: {kind: aws.cloud}
          region: {kind: aws.region, in: aws}
          vpc: {kind: aws.vpc, in: region}
          alb: {kind: aws.alb, in: vpc, fronts: around}
          cdn: {kind: aws.cloudfront, in: aws, fronts: alb}
"""
_HOST = """          around: {kind: aws.ec2, in: vpc}
          inner: {kind: docker.compose, in: around, runs: [web, worker]}
"""
_GROUP = """          around: {kind: aws.auto-scaling-group, in: vpc}
          inner: {kind: aws.ec2, in: around, runs: [web]}
          other: {kind: aws.ec2, in: around, runs: [worker]}
"""
_CLUSTER = """          around: {kind: aws.ecs, in: vpc}
          inner: {kind: aws.fargate, in: around, runs: [web]}
          other: {kind: aws.fargate, in: around, runs: [worker]}
"""


@pytest.mark.parametrize("nodes", [_HOST, _GROUP, _CLUSTER])
def test_all_that_is_in_a_node_is_behind_what_stands_before_it(nodes: str) -> None:
    model = archdoc_model(_DEEP + nodes)

    assert _arrows(model, "deployment", "Orders") == {
        ("user", "cdn"), ("cdn", "alb"), ("alb", "shop.web@inner"),
    }  # fmt: skip


@pytest.mark.parametrize("nodes", [_HOST, _GROUP, _CLUSTER])
def test_inside_of_a_node_nobody_goes_out_through_what_stands_before_it(nodes: str) -> None:
    model = archdoc_model(_DEEP + nodes)

    assert {target for _, target in _arrows(model, "deployment", "Reports")} == {"shop.web@inner"}
    assert "alb" not in {source for source, _ in _arrows(model, "deployment", "Reports")}


def test_what_stands_before_one_thing_in_a_node_comes_after_what_stands_before_the_node() -> None:
    text = _DEEP.replace("fronts: around", "fronts: web").replace("fronts: alb", "fronts: vpc")
    model = archdoc_model(text + _GROUP)

    assert _arrows(model, "aws", "Orders") == {("user", "cdn"), ("cdn", "alb"), ("alb", "inner")}
    assert _arrows(model, "aws", "Reports") == {("other", "alb"), ("alb", "inner")}


def test_a_node_that_an_environment_removes_is_behind_nothing() -> None:
    heir = "      small:\n        extends: live\n        nodes: {alb: null}\n"
    model = archdoc_model(_MODEL + _ALB + _CDN + heir)

    assert model.environments["small"].nodes["cdn"].fronts == ()


_WORKER = """
    name: Shop
    people: {user: {}}
    systems:
      bank: {external: true}
      shop:
        containers:
          web: {components: {orders: {}}}
          worker: {kind: worker}
          thumbs: {kind: function}
          tasks: {kind: queue}
          media: {kind: file-store}
    relationships:
      - user -> web: Orders
      - bank -> web: Confirms
      - worker -> web: Reports
      - worker -> media: Stores
      - user -> media: Looks
      - tasks -> thumbs: Tasks
      - user -> thumbs: Asks
    environments:
      live:
        nodes:
          aws: {kind: aws.cloud}
          region: {kind: aws.region, in: aws}
          vpc: {kind: aws.vpc, in: region}
          a: {kind: aws.ec2, in: vpc, runs: [web]}
          b: {kind: aws.ec2, in: vpc, runs: [worker]}
          sqs: {kind: aws.sqs, in: region, realises: tasks}
          s3: {kind: aws.s3, in: region, realises: media}
          fn: {kind: aws.lambda, in: region, runs: [thumbs]}
          alb: {kind: aws.alb, in: vpc, fronts: web, settings: {scheme: internet-facing}}
          cdn: {kind: aws.cloudfront, in: aws, fronts: [s3, alb]}
          api: {kind: aws.api-gateway, in: region, fronts: thumbs}
"""


def test_what_faces_the_internet_carries_what_comes_from_outside() -> None:
    model = archdoc_model(_WORKER)

    assert _arrows(model, "aws", "Orders") == {("user", "cdn"), ("cdn", "alb"), ("alb", "a")}
    assert _arrows(model, "aws", "Confirms") == {("bank", "cdn"), ("cdn", "alb"), ("alb", "a")}
    assert _arrows(model, "aws", "Looks") == {("user", "cdn"), ("cdn", "s3")}
    assert _arrows(model, "aws", "Asks") == {("user", "api"), ("api", "fn")}


def test_those_inside_go_straight_to_what_stands_behind_it() -> None:
    model = archdoc_model(_WORKER)

    assert _arrows(model, "aws", "Reports") == {("b", "a")}
    assert _arrows(model, "aws", "Stores") == {("b", "s3")}


def test_whoever_is_outside_of_the_vpc_comes_from_outside() -> None:
    in_region = "b: {kind: aws.lambda, in: region, runs: [worker]}"
    model = archdoc_model(_WORKER.replace("b: {kind: aws.ec2, in: vpc, runs: [worker]}", in_region))

    assert _arrows(model, "aws", "Reports") == {("b", "cdn"), ("cdn", "alb"), ("alb", "a")}


def test_a_consumer_of_a_queue_is_not_reached_through_its_gateway() -> None:
    model = archdoc_model(_WORKER.replace("fronts: thumbs", "fronts: thumbs, carries: all"))

    assert _arrows(model, "aws", "Tasks") == {("sqs", "fn")}


def test_answers_of_a_data_store_come_back_through_what_stands_before_it() -> None:
    proxy = "          proxy: {kind: aws.rds-proxy, in: vpc, fronts: db}\n"
    model = archdoc_model(_MODEL + proxy)

    assert _arrows(model, "aws", "Notifies") == {("rds", "proxy"), ("proxy", "a"), ("proxy", "b")}
    assert _arrows(model, "aws", "Queries") == {("a", "proxy"), ("b", "proxy"), ("proxy", "rds")}


def test_an_internal_balancer_carries_everything_up_to_what_faces_the_internet() -> None:
    model = archdoc_model(_WORKER.replace("internet-facing", "internal"))

    assert _arrows(model, "aws", "Reports") == {("b", "alb"), ("alb", "a")}


def test_a_front_may_say_what_it_carries() -> None:
    every = archdoc_model(
        _WORKER.replace("in: vpc, fronts: web", "in: vpc, carries: all, fronts: web")
    )
    model = archdoc_model(
        _WORKER.replace("settings: {scheme: internet-facing}", "carries: outside")
    )

    assert _arrows(every, "aws", "Reports") == {("b", "alb"), ("alb", "a")}
    assert _arrows(model, "aws", "Reports") == {("b", "a")}


def test_a_relationship_may_be_direct() -> None:
    said = """        relationships:
          - {from: user, to: a, label: SSH, direct: true}
"""
    model = archdoc_model(_WORKER.replace("fronts: web", "fronts: a") + said)

    assert _arrows(model, "aws", "SSH") == {("user", "a")}


def test_what_is_said_of_a_component_takes_the_way_of_its_container() -> None:
    model = archdoc_model(_WORKER.replace("user -> web: Orders", "user -> orders: Orders"))

    assert _arrows(model, "aws", "Orders") == {("user", "cdn"), ("cdn", "alb"), ("alb", "a")}


def test_what_stands_before_something_left_out_is_passed_all_the_same() -> None:
    views = "    views:\n      v: {kind: aws, environment: live, exclude: [alb]}\n"
    model = archdoc_model(_WORKER + views)

    assert _arrows(model, "aws", "Orders") == {("user", "cdn"), ("cdn", "a")}
