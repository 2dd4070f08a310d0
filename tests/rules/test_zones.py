"""Zones and subnets: what is spread over them, and what a load balancer needs of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from archdoc.rules import check
from archdoc.views import diagrams
from helpers import archdoc_model, loaded, on_aws

_ZONES = """z1: {kind: aws.availability-zone, in: vpc}
z2: {kind: aws.availability-zone, in: vpc}
p1: {kind: aws.public-subnet, in: z1}
p2: {kind: aws.public-subnet, in: z2}
n1: {kind: aws.private-subnet, in: z1}
n2: {kind: aws.private-subnet, in: z2}
"""
_PUBLIC = "settings: {scheme: internet-facing}"
_ONE = _ZONES.replace("in: z2", "in: z1").replace(
    "z2: {kind: aws.availability-zone, in: vpc}\n", ""
)
_PRIVATE = _ZONES.replace("public", "private")

WRONG = [
    (_ZONES + "a: {kind: aws.alb, in: z1}", "z1"),
    (_ZONES + "a: {kind: aws.alb, in: n1}", "n1"),
    (_ZONES + "a: {kind: aws.alb, in: vpc, spans: [p1, n1]}", "[p1, n1]"),
    (_ONE + "a: {kind: aws.alb, in: vpc}", "vpc"),
    (_ZONES + "a: {kind: aws.nlb, in: n1, " + _PUBLIC + "}", "n1"),
    (_ZONES + "a: {kind: aws.alb, in: vpc, spans: [n1, n2], " + _PUBLIC + "}", "[n1, n2]"),
    (_ZONES + "a: {kind: aws.alb, in: vpc, spans: [p1, n2], " + _PUBLIC + "}", "[p1, n2]"),
    (_PRIVATE + "a: {kind: aws.nlb, in: vpc, " + _PUBLIC + "}", "vpc"),
    (_ZONES + "a: {kind: aws.ecs, in: vpc, spans: [vpc]}", "vpc"),
    (_ZONES + "a: {kind: aws.ecs, in: vpc, spans: [p1, p2, z2, p2]}", "p2"),
    (_ZONES + "a: {kind: aws.ecs, in: n1, spans: [n2]}", "n2"),
    (_ZONES + "v: {kind: aws.vpc, in: region}\na: {kind: aws.ecs, in: v, spans: [n1]}", "n1"),
    ("a: {kind: aws.vpc, in: region, spans: [z]}\nz: {kind: aws.availability-zone, in: a}", "z"),
]
GOOD = [
    "a: {kind: aws.alb, in: vpc, " + _PUBLIC + "}",
    _ZONES + "a: {kind: aws.alb, in: vpc, " + _PUBLIC + "}",
    _ZONES + "a: {kind: aws.alb, in: vpc, spans: [p1, p2], " + _PUBLIC + "}",
    _ZONES + "a: {kind: aws.alb, in: vpc, spans: [z1, z2], " + _PUBLIC + "}",
    _ZONES + "a: {kind: aws.alb, in: vpc, spans: [n1, n2]}",
    _ZONES + "a: {kind: aws.nlb, in: p1, " + _PUBLIC + "}",
    _ZONES
    + "c: {kind: aws.ecs, in: vpc}\na: {kind: aws.fargate, in: c, runs: [db], spans: [n1, n2]}",
    _ZONES + "a: {kind: aws.ecs, in: region, spans: [n1, n2]}",
]


@pytest.mark.parametrize(("nodes", "word"), WRONG)
def test_too_few_or_the_wrong_zones_are_one_finding(tmp_path: Path, nodes: str, word: str) -> None:
    (finding,) = [f for f in check(loaded(tmp_path, on_aws(nodes))) if f.code == "unfit-zone"]

    assert finding.span is not None
    assert finding.span.text[finding.span.column - 1 : finding.span.end_column - 1] == word


@pytest.mark.parametrize("nodes", GOOD)
def test_what_can_be_built_is_no_finding(tmp_path: Path, nodes: str) -> None:
    assert "unfit-zone" not in [f.code for f in check(loaded(tmp_path, on_aws(nodes)))]


def test_a_subnet_that_something_is_spread_over_is_not_empty(tmp_path: Path) -> None:
    nodes = _ZONES + "a: {kind: aws.ecs, in: vpc, spans: [p1, p2, n1, n2]}"
    empty = [f.message for f in check(loaded(tmp_path, on_aws(nodes))) if f.code == "empty-node"]

    assert [message for message in empty if "`a`" not in message] == []


def test_pictures_and_tables_say_what_a_node_is_spread_over() -> None:
    service = (
        "c: {kind: aws.ecs, in: vpc}\na: {kind: aws.fargate, in: c, runs: [db], spans: [n1, n2]}"
    )
    model = archdoc_model(on_aws(_ZONES + service))
    said = {
        node.id: node.description
        for diagram in diagrams(model)
        for node in diagram.walk()
        if node.id == "a"
    }

    assert said == {"a": "Db; across N1 and N2"}


def test_a_zone_that_an_environment_removes_is_spanned_by_nothing() -> None:
    nodes = _ZONES + "a: {kind: aws.ecs, in: vpc, spans: [z1, z2]}"
    heir = "  small:\n    extends: e\n    nodes: {z2: null, p2: null, n2: null}\n"
    model = archdoc_model(on_aws(nodes) + heir)

    assert model.environments["small"].nodes["a"].spans == ("z1",)
