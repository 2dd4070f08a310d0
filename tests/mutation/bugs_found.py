"""A small shop whose outputs are written with bugs, and what is found of them."""

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
from archdoc.report import Diagnostic
from archdoc.report.mend import Mend
from archdoc.source import Loaded
from archdoc.views import Diagram, diagrams
from mutation import emitters
from mutation.emitters import Bug
from mutation.mutant import Mutant, Score

SHOP = """
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


def in_diagrams(shop: Loaded) -> dict[str, list[tuple[Source, bool]]]:
    """Bug → every diagram that it changes, and whether that is found. All are drawn in one go."""
    drawn = [(o, d) for d in diagrams(shop.model) for o in DIAGRAM_OUTPUTS if o.draws(d)]
    bugs: dict[str, list[Source]] = {}
    for name, source in _with_bugs(drawn):
        bugs.setdefault(name, []).append(source)
    pictures = draw([source for some in bugs.values() for source in some], png=False)
    return {
        name: [
            (
                source,
                source.name in pictures.failures
                or any((*prove_pictures([source], pictures), *prove_texts([source]))),
            )
            for source in some
        ]
        for name, some in bugs.items()
    }


def _named(source: Source, emitted: Emitted, name: str) -> Source:
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
                yield f"{bug.output}: {bug.kind}", _named(source, wrong, f"b{number}")
    for output, diagram in drawn:
        moved = emitters.moved_up(diagram)
        if output.name in emitters.WRONG_PARENT and moved != diagram:
            source = Source(diagram, output, output.emit(moved))
            yield f"{output.name}: wrong parent", _named(source, source.emitted, "parent")


def in_texts(shop: Loaded) -> list[str]:
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


def in_site(shop: Loaded, bug: Bug, folder: Path) -> list[Diagnostic]:
    """What the check of outputs finds of a site that was built with a bug."""
    with pytest.MonkeyPatch.context() as patch:
        bug.put(patch)
        build(shop, folder)
    return check_outputs(shop, (folder,), Mend())


def score(shop: Loaded, folder: Path) -> Score:
    """How many of all bugs are found."""
    found = Score()
    for name, some in in_diagrams(shop).items():
        output, _, kind = name.partition(": ")
        for source, is_found in some:
            _add(found, output, kind, source.path, is_found=is_found)
    for bug in emitters.TEXTS:
        with pytest.MonkeyPatch.context() as patch:
            bug.put(patch)
            _add(found, bug.output, bug.kind, "", is_found=bool(in_texts(shop)))
    for number, bug in enumerate(emitters.SITE):
        told = in_site(shop, bug, folder / str(number))
        _add(found, bug.output, bug.kind, "", is_found=bool(told))
    return found


def _add(found: Score, output: str, kind: str, path: str, *, is_found: bool) -> None:
    bug = Mutant(f"emitter of {output}", kind, path, "a bug in the emitter", bytes)
    found.add(bug, found=is_found)
