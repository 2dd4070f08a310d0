# ruff: noqa: E501 - one case a line is read most easily
"""What stands, or is put behind something, as it should."""

from __future__ import annotations

from pathlib import Path

import pytest

from archdoc.rules import check
from helpers import loaded, on_aws

_PUBLIC = "z: {kind: aws.availability-zone, in: vpc}\np: {kind: aws.public-subnet, in: z}\n"
_HOST = """h: {kind: aws.ec2, in: p}
c: {kind: docker.compose, in: h, runs: [web]}
v: {kind: docker.volume, in: c, realises: db}
"""
_FRONTED = "c: {kind: aws.ecs, in: vpc}\nw: {kind: aws.fargate, in: c, runs: [web, db]}\n"


@pytest.mark.parametrize(
    ("rule", "nodes"),
    [
        ("public-database", _PUBLIC + _HOST),
        (
            "public-database",
            _PUBLIC + "a: {kind: aws.rds, in: p, settings: {publicly_accessible: false}}",
        ),
        ("empty-node", "a: {kind: aws.alb, in: vpc}"),
        ("idle-balancer", _FRONTED + "a: {kind: aws.alb, in: vpc, fronts: c}"),
        ("idle-balancer", "b: {kind: aws.s3, in: region}\na: {kind: aws.cloudfront, in: aws, fronts: b}"),
        ("fronted-twice", _FRONTED + "a: {kind: aws.alb, in: vpc, fronts: w}\nb: {kind: aws.cloudfront, in: aws, fronts: vpc}"),
        ("fronted-twice", _FRONTED + "a: {kind: aws.alb, in: vpc, fronts: web}\nb: {kind: aws.cloudfront, in: aws, fronts: [a, c]}"),
    ],
)  # fmt: skip
def test_what_is_in_order_is_no_finding(tmp_path: Path, rule: str, nodes: str) -> None:
    assert rule not in {finding.code for finding in check(loaded(tmp_path, on_aws(nodes)))}


@pytest.mark.parametrize("technology", ["MongoDB", "Mongo", "mongo 7"])
def test_documentdb_takes_the_place_of_mongodb(tmp_path: Path, technology: str) -> None:
    text = on_aws("a: {kind: aws.documentdb, in: vpc, realises: db}")
    text = text.replace("db: {", f"db: {{kind: database, technology: {technology}, ")

    assert "unlike-technology" not in {finding.code for finding in check(loaded(tmp_path, text))}


def test_what_runs_may_be_one_word(tmp_path: Path) -> None:
    model = loaded(tmp_path, on_aws("a: {kind: aws.ec2, in: vpc, runs: web}")).model

    assert [i.container for i in model.environments["e"].nodes["a"].runs] == ["web"]
