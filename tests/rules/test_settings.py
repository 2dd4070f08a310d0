# ruff: noqa: E501 - one case a line is read most easily
"""What can be set of AWS services: forms, limits, addresses, and what contradicts something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from archdoc.rules import check
from helpers import SMALL, loaded, on_aws

_SERVICE = "c: {kind: aws.ecs, in: vpc}\na: {kind: aws.fargate, in: c, "


def _subnets(vpc: str, a: str, b: str) -> str:
    """Two subnets in a VPC, with their addresses."""
    nodes = f"""n: {{kind: aws.vpc, in: region, settings: {{cidr: {vpc}}}}}
z: {{kind: aws.availability-zone, in: n}}
a: {{kind: aws.public-subnet, in: z, settings: {{cidr: {a}}}}}
b: {{kind: aws.private-subnet, in: z, settings: {{cidr: {b}}}}}"""
    return on_aws(nodes)


CASES = [
    ("unfit-setting", on_aws("a: {kind: aws.rds, in: vpc, settings: {storage: 100}}"), "100", ""),
    ("unfit-setting", on_aws("a: {kind: aws.rds, in: vpc, settings: {multi_az: sometimes}}"), "sometimes", ""),
    ("unfit-setting", SMALL + "          rds: {kind: aws.rds, settings: {engine_version: 14.2}, realises: db}\n", "14.2", ""),
    ("unfit-setting", on_aws("a: {kind: aws.vpc, in: region, settings: {cidr: 10.0.0.0/99}}"), "10.0.0.0/99", ""),
    ("unfit-setting", on_aws("a: {kind: aws.vpc, in: region, settings: {cidr: 10.0.0.0/8}}"), "10.0.0.0/8", ""),
    ("unfit-setting", on_aws("a: {kind: aws.vpc, in: region, settings: {cidr: 10.0.0.0/29}}"), "10.0.0.0/29", ""),
    ("unfit-setting", on_aws("a: {kind: aws.vpc, in: region, settings: {cidr: 10.0.300.0/16}}"), "10.0.300.0/16", ""),
    ("unfit-setting", on_aws("a: {kind: aws.vpc, in: region, settings: {cidr: 10.0.3.7/16}}"), "10.0.3.7/16", "did you mean `10.0.0.0/16`?"),
    ("unfit-setting", on_aws("a: {kind: aws.vpc, in: region, settings: {secondary_cidrs: '10.1.0.0/16, x'}}"), "'10.1.0.0/16, x'", ""),
    ("unfit-network", _subnets("10.0.0.0/16", "10.0.0.0/23", "10.0.1.0/24"), "10.0.1.0/24", ""),
    ("unfit-network", _subnets("10.0.0.0/16, secondary_cidrs: 10.0.128.0/17", "10.0.0.0/24", "10.0.1.0/24"), "10.0.128.0/17", ""),
    ("unfit-setting", on_aws("a: {kind: aws.lambda, in: region, settings: {timeout: 901}}"), "901", ""),
    ("unfit-setting", on_aws("a: {kind: aws.lambda, in: region, settings: {memory: 64 MiB}}"), "64 MiB", ""),
    ("unfit-setting", on_aws("a: {kind: aws.sqs, in: region, settings: {retention_days: 15}}"), "15", ""),
    ("unfit-setting", on_aws(_SERVICE + "settings: {cpu: 3}}"), "3", ""),
    ("unfit-setting", on_aws(_SERVICE + "settings: {cpu: 0.5, memory: 8 GiB}}"), "8 GiB", ""),
    ("unfit-setting", on_aws("a: {kind: aws.rds.mysql, in: vpc, settings: {backup_retention: 36}}"), "36", ""),
    ("unfit-setting", on_aws(_SERVICE + "runs: [{container: db, replicas: 2}], settings: {desired: 4}}"), "4", ""),
    ("unfit-setting", on_aws("a: {kind: aws.auto-scaling-group, in: vpc, settings: {minimum: 3, desired: 2}}"), "2", ""),
    ("unfit-setting", on_aws("a: {kind: aws.auto-scaling-group, in: vpc, settings: {minimum: 3, maximum: 2}}"), "2", ""),
    ("placed-twice", on_aws(_SERVICE + "runs: [web], settings: {desired: 4}}"), "4", ""),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "model", "word", "label"), CASES)
def test_what_cannot_be_is_found_at_its_value(
    tmp_path: Path, rule: str, model: str, word: str, label: str
) -> None:
    (finding,) = [f for f in check(loaded(tmp_path, model)) if f.code == rule]

    assert finding.span is not None
    assert finding.span.text[finding.span.column - 1 : finding.span.end_column - 1] == word
    assert finding.label == label
    assert finding.help


def _codes(folder: Path, content: str) -> list[str]:
    return [finding.code for finding in check(loaded(folder, content))]


GOOD_SETTINGS = [
    _subnets("10.0.0.0/16", "10.0.0.0/24", "10.0.1.0/24"),
    _subnets("10.0.0.0/16, secondary_cidrs: '100.64.0.0/16, 10.1.0.0/20'", "100.64.1.0/24", "10.1.0.0/24"),
    _subnets("10.0.0.0/99", "10.1.0.0/24", "10.2.0.0/24").replace("10.0.0.0/99", "{}").replace("{cidr: {}}", "{}"),
    on_aws("a: {kind: aws.lambda, in: region, settings: {timeout: 900, memory: 10 GiB}}"),
    on_aws(_SERVICE + "settings: {cpu: 16, memory: 120 GiB}}"),
    on_aws(_SERVICE + "settings: {cpu: 0.250, memory: 0.5 GiB}}"),
    on_aws(_SERVICE + "settings: {memory: 3 GiB}}"),
    on_aws(_SERVICE + "runs: [db, {container: web, replicas: 4}], settings: {desired: 4}}"),
    on_aws(_SERVICE + "runs: [{container: web, replicas: 4}], settings: {desired: 0}}"),
    on_aws("a: {kind: aws.auto-scaling-group, in: vpc, settings: {minimum: 2, desired: 2, maximum: 4}}"),
    on_aws("a: {kind: aws.cloudwatch-logs, in: region, settings: {retention_days: 365}}"),
]  # fmt: skip


@pytest.mark.parametrize("text", GOOD_SETTINGS)
def test_settings_that_can_be_are_no_finding(tmp_path: Path, text: str) -> None:
    found = {*_codes(tmp_path, text)}

    assert not found & {"unfit-setting", "unfit-network"}


@pytest.mark.parametrize(
    "cidr", ["x", "/", "1/1/1", "10.0.0.0", "10.0.0.0/255.255.0.0", "::/16", "-1/16", "10.0.0.0/٢٠"]
)
def test_what_is_no_block_of_addresses_is_one_finding(tmp_path: Path, cidr: str) -> None:
    text = _subnets("10.0.0.0/16", f"'{cidr}'", "10.0.1.0/24")

    assert [c for c in _codes(tmp_path, text) if c.startswith("unfit")] == ["unfit-setting"]


def test_a_setting_of_another_form_is_told_which_form_is_wanted(tmp_path: Path) -> None:
    text = on_aws("a: {kind: aws.rds, in: vpc, settings: {instance_class: t3.medium}}")
    (finding,) = [f for f in check(loaded(tmp_path, text)) if f.code == "unfit-setting"]

    assert finding.help == "it is a text that begins with `db.`, such as `db.t4g.medium`"
