"""Whatever mistake is made in an emitter, the proof that every build runs finds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archdoc.outputs import DIAGRAM_OUTPUTS, DiagramOutput, Emitted, model_json
from archdoc.pipeline import Source, build, compose, draw
from archdoc.pipeline.kept import check_outputs
from archdoc.pipeline.proof import (
    prove_compose,
    prove_model_json,
    prove_pictures,
    prove_texts,
)
from archdoc.report.mend import Mend
from archdoc.source import Loaded
from archdoc.views import Diagram, diagrams
from helpers import loaded
from mutation import emitters
from mutation.emitters import Bug

_MODEL = """
    name: Shop
    people:
      user: {name: User, description: Buys.}
    systems:
      shop:
        name: The shop
        description: Sells.
        containers:
          web: {technology: Django, version: "4.2", description: Serves., port: 8000,
                service: {build: ., ports: ["80:8000"], healthcheck: {test: ask},
                          environment: {DB: "{{ db.host }}:{{ db.port }}/x"}}}
          db: {kind: database, technology: PostgreSQL, version: "15", description: Keeps.,
               port: 5432, service: {image: postgres, healthcheck: {test: pg_isready}}}
          mail: {technology: Postfix, version: "3.8", description: Sends., port: 25,
                 service: {image: postfix}}
    relationships:
      - {from: user, to: web, label: Orders, technology: HTTPS}
      - {from: web, to: db, label: SQL queries, technology: TCP, direction: two-way}
      - {from: web, to: mail, label: Mails, async: true}
    environments:
      local:
        nodes:
          project: {kind: docker.compose, runs: [{container: web, replicas: 1}, db,
                                                 {container: mail, replicas: 2}]}
      aws:
        nodes:
          cloud: {kind: aws.cloud}
          region: {kind: aws.region, in: cloud}
          vpc: {kind: aws.vpc, in: region}
          ec2: {kind: aws.ec2, in: vpc, runs: [web, mail], version: "2.0", technology: Linux}
          rds: {kind: aws.rds, in: vpc, realises: [db]}
        relationships:
          - {from: user, to: ec2, label: SSH, async: true}
    views:
      order: {kind: dynamic, name: An order, steps: [
        {from: user, to: web, label: Asks}, {from: web, to: db, label: Writes}]}
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return loaded(tmp_path_factory.mktemp("shop"), _MODEL)


def _found(source: Source, emitted: Emitted, name: str) -> Source:
    """A source under a name of its own, so that all are drawn at once."""
    diagram = replace(source.diagram, id=f"{name}-{source.diagram.id}")
    return replace(source, diagram=diagram, emitted=emitted)


def _with_bugs(drawn: list[tuple[DiagramOutput, Diagram]]) -> Iterator[tuple[str, Source]]:
    """(The bug, a diagram written with it), for every diagram that the bug changes."""
    for number, bug in enumerate(emitters.PICTURES):
        for output, diagram in drawn:
            if output.name != bug.output:
                continue
            right = output.emit(diagram)
            with pytest.MonkeyPatch.context() as patch:
                bug.put(patch)
                wrong = output.emit(diagram)
            if wrong.source != right.source:
                source = Source(diagram, output, wrong)
                yield f"{bug.output}: {bug.kind}", _found(source, wrong, f"b{number}")
    for output, diagram in drawn:
        moved = emitters.moved_up(diagram)
        if output.name in emitters.WRONG_PARENT and moved != diagram:
            source = Source(diagram, output, output.emit(moved))
            yield f"{output.name}: wrong parent", _found(source, source.emitted, "parent")


def test_every_bug_of_what_writes_diagrams_is_found(shop: Loaded, engines: None) -> None:
    drawn = [(o, d) for d in diagrams(shop.model) for o in DIAGRAM_OUTPUTS if o.draws(d)]
    bugs: dict[str, list[Source]] = {}
    for name, source in _with_bugs(drawn):
        bugs.setdefault(name, []).append(source)
    wanted = [source for sources in bugs.values() for source in sources]
    pictures = draw(wanted, png=False)
    lost = []
    for name, sources in bugs.items():
        for source in sources:
            found = [*prove_pictures([source], pictures), *prove_texts([source])]
            if not found and source.name not in pictures.failures:
                lost.append(f"{name}: {source.path}")

    assert lost == []
    expected = {f"{bug.output}: {bug.kind}" for bug in emitters.PICTURES}
    expected |= {f"{name}: wrong parent" for name in emitters.WRONG_PARENT}
    assert bugs.keys() == expected


def _proof(shop: Loaded) -> list[str]:
    """What a build finds in all that needs no engine."""
    compose.compose_files.cache_clear()
    try:
        found = [*prove_model_json(shop, model_json.emit(shop.model, shop.locations.origin))]
        for environment in shop.model.environments:
            files = compose.compose_files(shop, environment)
            found += prove_compose(shop, environment, files)
        return [problem.message for problem in found]
    finally:
        compose.compose_files.cache_clear()


def test_outputs_without_bugs_have_nothing_wrong(shop: Loaded) -> None:
    assert _proof(shop) == []


@pytest.mark.parametrize("bug", emitters.TEXTS, ids=lambda bug: f"{bug.output}: {bug.kind}")
def test_every_bug_of_compose_files_and_json_is_found(
    shop: Loaded, bug: Bug, monkeypatch: pytest.MonkeyPatch
) -> None:
    bug.put(monkeypatch)

    assert _proof(shop)


@pytest.mark.parametrize("bug", emitters.SITE, ids=lambda bug: bug.kind)
def test_every_bug_of_the_site_is_found_by_the_check_of_outputs(
    shop: Loaded, bug: Bug, engines: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by the build itself: its pages may be anybody's, in any theme."""
    with monkeypatch.context() as patch:
        bug.put(patch)
        build(shop, tmp_path / "build")
    told = check_outputs(shop, (tmp_path / "build",), Mend())

    assert told
    assert all(f"{tmp_path / 'build' / 'site'}" in finding.subject for finding in told)


def test_a_variable_that_no_example_tells_of_is_found(shop: Loaded) -> None:
    files = {"compose.yaml": b"services: {a: {image: '${TAG}'}}", ".env.example": b"OTHER=1\n"}
    told = [problem.message for problem in prove_compose(shop, "local", files)]

    assert any("TAG: its example is missing" in message for message in told)
    assert any("OTHER: its example is there" in message for message in told)
