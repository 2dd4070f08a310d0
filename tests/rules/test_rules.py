# ruff: noqa: E501 - one case a line is read most easily
from __future__ import annotations

from pathlib import Path

import pytest

from archdoc.model import CATALOGUE
from archdoc.rules import ALL_RULES, check
from helpers import SMALL, loaded

_AWS = """
name: x
systems: {s: {description: d, containers: {db: {description: d}, web: {description: d, singleton: true}}}}
environments:
  e:
    nodes:
      aws: {kind: aws.cloud}
      region: {kind: aws.region, in: aws}
      vpc: {kind: aws.vpc, in: region}
"""


def _extra(text: str) -> str:
    return _AWS + "".join(f"      {line}\n" for line in text.splitlines())


CASES = [
    ("unknown-reference", SMALL.replace("web -> db", "web -> dbb"), "dbb", "did you mean `db`?"),
    ("unknown-reference", _extra("a: {kind: aws.ec2, in: vpcc}"), "vpcc", "did you mean `vpc`?"),
    ("unknown-reference", _extra("a: {kind: aws.ec2, in: vpc, runs: [wep]}"), "wep", "did you mean `web`?"),
    ("unknown-node-kind", _extra("a: {kind: aws.fargat, in: vpc}"), "aws.fargat", "did you mean `aws.fargate`?"),
    ("impossible-topology", _extra("a: {kind: aws.s3, in: vpc}"), "vpc", ""),
    ("impossible-topology", _extra("a: {kind: aws.rds}"), "a", ""),
    ("impossible-topology", _extra("a: {kind: aws.fargate, in: b}\nb: {kind: aws.ec2, in: vpc}"), "b", ""),
    ("impossible-topology", _extra("a: {kind: aws.vpc, in: b}\nb: {kind: aws.vpc, in: a}"), "b", ""),
    ("impossible-topology", _extra("a: {kind: aws.s3, in: region, runs: [web]}"), "[web]", ""),
    ("impossible-topology", _extra("a: {kind: aws.ec2, in: vpc, realises: web}"), "web", ""),
    ("placed-twice", _extra("a: {kind: aws.ec2, in: vpc, runs: [db]}\nb: {kind: aws.rds, in: vpc, realises: db}"), "db", ""),
    ("placed-twice", _extra("a: {kind: aws.ec2, in: vpc, runs: [{container: web, replicas: 2}]}"), "{container: web, replicas: 2}", ""),
    ("unused-rewording", SMALL + "        reword: {SQL querys: Queries}\n", "SQL querys", "did you mean `SQL queries`?"),
    ("unfit-view", SMALL + "    views:\n      v: {kind: component, of: shop}\n", "shop", ""),
    ("unfit-view", SMALL + "    views:\n      v: {kind: component, of: db}\n", "db", ""),
    ("missing-description", SMALL.replace("description: Buys.", ""), "user", ""),
    ("ambiguous-reference", SMALL.replace("systems:", "systems:\n      other: {description: d, containers: {db: {description: d}}}"), "db", ""),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "model", "word", "label"), CASES)
def test_a_rule_finds_what_it_is_for_and_points_at_it(
    tmp_path: Path, rule: str, model: str, word: str, label: str
) -> None:
    findings = [f for f in check(loaded(tmp_path, model)) if f.code == rule]

    assert findings
    span = findings[0].span
    assert span is not None
    assert span.text[span.column - 1 : span.end_column - 1] == word
    assert findings[0].label == label
    assert findings[0].help


def test_every_rule_has_a_case() -> None:
    assert {rule.name for rule in ALL_RULES} == {case[0] for case in CASES}


def test_every_rule_explains_itself() -> None:
    for rule in ALL_RULES:
        assert all((rule.summary, rule.why, rule.example, rule.fix))


def test_what_a_kind_stands_in_is_in_the_catalogue() -> None:
    known = {*CATALOGUE, ""}

    assert all(set(kind.stands_in) <= known for kind in CATALOGUE.values())
