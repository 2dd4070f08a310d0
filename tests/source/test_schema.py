"""The JSON Schema for editors: committed, current, and true."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings

import archdoc
from archdoc.model import Model
from archdoc.source import schema, schema_text
from archdoc.source.files import project_of, read_text
from archdoc.source.parse import parse
from conftest import ROOT, examples
from helpers import SMALL
from strategies import MODELS

COMMITTED = ROOT / "docs" / "archdoc.schema.json"
VALIDATOR = jsonschema.Draft202012Validator(schema())


def test_the_committed_schema_is_current() -> None:
    """ARCHDOC_ACCEPT=1 accepts a new one."""
    text = schema_text()
    if os.environ.get("ARCHDOC_ACCEPT"):
        COMMITTED.write_text(text, "utf-8")

    assert COMMITTED.read_text("utf-8") == text
    assert json.loads(text)["$id"]


def test_it_is_a_schema_and_explains_most_keys() -> None:
    document = schema()
    jsonschema.Draft202012Validator.check_schema(document)
    container = document["$defs"]["Container"]["properties"]

    assert container["version"]["description"].startswith("The one place where it is said")
    assert container["port"]["description"] == "The TCP port that it listens on."


@pytest.mark.parametrize(
    "path", ["model", "examples", "tests/models"], ids=lambda path: path.replace("/", "-")
)
def test_every_model_of_this_repository_fulfils_it(path: str) -> None:
    files = list((ROOT / path).rglob("*.yaml"))
    assert files
    for file in files:
        source, _ = read_text(file, project_of(file))
        assert source is not None
        tree, _ = parse(source)
        assert tree is not None
        errors = [error.message for error in VALIDATOR.iter_errors(tree.service())]
        assert errors == [], file


@settings(max_examples=examples(40, 1000), suppress_health_check=[HealthCheck.too_slow])
@given(model=MODELS)
def test_any_model_fulfils_it(model: Model) -> None:
    document = yaml.safe_load(archdoc.dump(model))

    assert [error.message for error in VALIDATOR.iter_errors(document)] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("technology: Django", "technolgy: Django"),
        ("port: 8000", "port: 80000"),
        ("kind: database", "kind: databse"),
        ("user -> web", "user web"),
        ("people:", "peple:"),
    ],
)
def test_mistakes_are_marked_while_one_types(old: str, new: str) -> None:
    document: Any = yaml.safe_load(SMALL.replace(old, new))

    assert list(VALIDATOR.iter_errors(document))


def test_a_model_begun_with_init_uses_it(tmp_path: Path) -> None:
    from archdoc.outputs import starter

    files = starter.emit("x")
    first = files["model/app.yaml"].decode().splitlines()[0]

    assert first == "# yaml-language-server: $schema=../archdoc.schema.json"
    assert json.loads(files["archdoc.schema.json"]) == schema()


_PAGES = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "examples").glob("*/README.md")),
]
_TOP = re.compile(rf"(?:{'|'.join(schema()['properties'])}):", re.MULTILINE)
_PIECES = [
    piece
    for page in _PAGES
    for piece in re.findall(r"^```yaml\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)
    if _TOP.match(piece) and "…" not in piece
]


@pytest.mark.parametrize("number", range(len(_PIECES)))
def test_pieces_of_models_in_the_docs_are_of_the_language(number: int, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    for variant in filter(str.strip, re.split(r"^(?=extends:)", _PIECES[number], flags=re.M)):
        file.write_text(variant, "utf-8")
        source, _ = read_text(file, project_of(file))
        assert source is not None
        tree, problems = parse(source)
        assert problems == []
        if tree is not None:
            errors = [error.message for error in VALIDATOR.iter_errors(tree.service())]
            assert errors == [], variant
