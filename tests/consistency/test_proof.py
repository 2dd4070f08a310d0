"""A build reads back what it makes, before it writes it."""

from __future__ import annotations

import pytest

from archdoc.outputs import model_json
from archdoc.pipeline.proof import prove_model_json
from archdoc.source import Loaded, load_model
from conftest import LARGER, ROOT


@pytest.mark.parametrize("path", [*LARGER, ROOT / "tests" / "models" / "everything.yaml"])
def test_model_json_says_what_the_model_says(path: object) -> None:
    loaded = load_model(ROOT / str(path))

    assert [*prove_model_json(loaded, model_json.emit(loaded.model, loaded.locations.origin))] == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"label": "SQL queries"', '"label": "Queries"', "the arrow is missing"),
        ('"port": 8000', '"port": 8001', "app.django: port is '8001', and should be '8000'"),
        ('"replicas": 2', '"replicas": 3', "where it runs in aws-ecs-ec2"),
        ('"kind": "aws.rds"', '"kind": "aws.s3"', "aws-advanced.rds: kind is 'aws.s3'"),
        ('"parent": "app"', '"parent": null', "parent is '', and should be 'app'"),
        ('"elements"', '"things"', "cannot be read back"),
    ],
)
def test_what_it_would_say_wrong_is_told(reference: Loaded, old: str, new: str, said: str) -> None:
    text = model_json.emit(reference.model, reference.locations.origin).decode()
    assert old in text
    found = [*prove_model_json(reference, text.replace(old, new).encode())]

    assert {finding.code for finding in found} == {"inconsistent-output"}
    assert any(said in finding.message for finding in found)
