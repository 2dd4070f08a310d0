"""Models that people write by mistake, or in a corner of the language: findings, or outputs."""

from __future__ import annotations

from pathlib import Path

import pytest

from archdoc.pipeline import check, compose_files, sources
from archdoc.source import SourceError
from archdoc.views import diagrams
from helpers import SMALL, loaded


def _with(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new)


def _views(text: str) -> str:
    return f"{SMALL}    views:\n      v: {text}\n"


WRONG = {
    "a section without anything in it": "name: x\nsystems:\n  s:\n    containers:\n",
    "a list for a mapping": "name: x\nsystems: [a]\n",
    "a mapping for a list": "name: x\nrelationships:\n  a -> b: c\n",
    "a relationship without an arrow": _with("- user -> web", "- user web"),
    "a relationship of three": _with("- user -> web", "- user -> web -> db"),
    "an empty item": _with("- user -> web: Orders", "-"),
    "a port that is none": _with("port: 8000", "port: 80000"),
    "a view into nothing": _views("{kind: container}"),
    "a view into the wrong thing": _views("{kind: component, of: shop}"),
    "a view of no environment": _views("{kind: deployment}"),
    "a view of an unknown environment": _views("{kind: deployment, environment: lokal}"),
    "a control character": _with("description: Buys.", 'description: "a\\ab"'),
    "an id that is none": _with("web: {", "w.eb: {"),
    "extending a list": _with("description: Here.", "extends: [a]"),
    "extending nothing": _with("description: Here.", "extends:"),
    "extending oneself": _with("description: Here.", "extends: local"),
    "a service key that is none": _with("{build: .}", "{biuld: .}"),
    "ports that are no list": _with("{build: .}", "{build: ., ports: 80}"),
    "a dependency that is no list": _with("{build: .}", "{build: ., depends_on: web}"),
    "a dependency on nothing": _with("{build: .}", "{build: ., depends_on: [nothing]}"),
    "a secret that is unknown": _with("{build: .}", '{build: "{{ secret.x }}"}'),
    "a template that is not there": _with("port: 8000,", "files: [{template: x, to: /x}],"),
    "a template elsewhere": _with("port: 8000,", "files: [{template: ../x, to: /x}],"),
    "an image without a version": _with('version: "15", ', ""),
}

ODD = {
    "ids that are numbers": SMALL.replace("web", "1"),
    "ids that are words of YAML": SMALL.replace("web", "NO").replace("user", "true"),
    "ids that are words of PlantUML": SMALL.replace("web", "end").replace("db", "note"),
    "an environment called like a view": _with("local:", "containers:"),
    "a node called like a person": SMALL.replace("project:", "user:"),
    "a relationship without a label": _with("- user -> web: Orders", "- user -> web:"),
    "a relationship to itself": _with("- user -> web", "- web -> web"),
    "a relationship of a component": _with(
        "service: {build: .}}",
        "service: {build: .}, components: {api: {description: Answers.}}}",
    ).replace("- web -> db", "- api -> db"),
    "another system": _with(
        "    relationships:",
        "      other: {external: true, description: Pays.}\n    relationships:\n"
        "      - web -> other: Pays",
    ),
    "no environment at all": SMALL.partition("    environments:")[0],
    "an environment without nodes": SMALL.partition("        nodes:")[0],
    "lines that end like on Windows": SMALL.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_found_before_anything_is_made(tmp_path: Path, name: str) -> None:
    try:
        findings = check(loaded(tmp_path, WRONG[name]))
    except SourceError as error:
        findings = list(error.diagnostics)

    assert any(finding.severity == "error" for finding in findings)
    assert all(finding.span is not None for finding in findings)


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_but_right_gives_every_output(tmp_path: Path, name: str) -> None:
    model = loaded(tmp_path, ODD[name])

    assert [f.message for f in check(model) if f.severity == "error"] == []
    assert sources(diagrams(model.model))
    for environment in model.model.environments:
        compose_files(model, environment)
