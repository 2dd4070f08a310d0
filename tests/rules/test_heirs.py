"""What is wrong in an environment that extends another, whose lines it points at."""

from __future__ import annotations

from pathlib import Path

import pytest

from archdoc.rules import check
from helpers import loaded, on_aws

_ZONES = """z1: {kind: aws.availability-zone, in: vpc}
z2: {kind: aws.availability-zone, in: vpc}
p1: {kind: aws.public-subnet, in: z1}
p2: {kind: aws.public-subnet, in: z2}
g: {kind: aws.auto-scaling-group, in: vpc}
m: {kind: aws.ec2, in: g, runs: [web]}
a: {kind: aws.alb, in: vpc, fronts: web, spans: [p1, p2]}
r: {kind: aws.rds, in: p1, realises: db, settings: {publicly_accessible: false}}
"""


def _messages(folder: Path, heirs: str, code: str, nodes: str = _ZONES) -> list[str]:
    found = check(loaded(folder, on_aws(nodes) + heirs))
    return [finding.message for finding in found if finding.code == code]


def _heir(name: str, nodes: str, base: str = "e") -> str:
    return f"  {name}:\n    extends: {base}\n    nodes: {{{nodes}}}\n"


@pytest.mark.parametrize(
    ("code", "nodes"),
    [
        ("unfit-zone", "z2: null, p2: null"),
        ("empty-node", "m: {in: vpc}"),
        ("public-database", "r: {settings: {publicly_accessible: null}}"),
    ],
)
def test_the_environment_is_named_where_it_is_wrong(tmp_path: Path, code: str, nodes: str) -> None:
    (message,) = _messages(tmp_path, _heir("c", nodes), code)

    assert message.startswith("in `c`: ")


def test_what_an_heir_says_itself_needs_no_name(tmp_path: Path) -> None:
    (message,) = _messages(tmp_path, _heir("c", "x: {kind: aws.ec2, in: vpc}"), "empty-node")

    assert message == "nothing is in `x`, and nothing is said of it"


def test_what_is_wrong_in_the_base_is_said_once(tmp_path: Path) -> None:
    nodes = _ZONES.replace("publicly_accessible: false", "storage: 20 GiB")
    (message,) = _messages(tmp_path, _heir("c", "m: {name: M}"), "public-database", nodes)

    assert message == "Amazon RDS `r` stands in the public subnet `p1`"


def test_several_heirs_of_one_mistake_are_one_finding(tmp_path: Path) -> None:
    heirs = _heir("c", "z2: null, p2: null") + _heir("d", "m: {name: M}", "c")
    (message,) = _messages(tmp_path, heirs, "unfit-zone")

    assert message.startswith("in `c` and `d`: `a` is in ")
