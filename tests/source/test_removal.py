"""What an heir removes, and what goes along with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from archdoc.rules import check
from heirs import extended, model_of, project, wrong
from helpers import SMALL


def test_what_is_removed_takes_everything_about_it_along(tmp_path: Path) -> None:
    base = SMALL + "        reword: {SQL queries: Queries}\n"
    model = model_of(tmp_path, "systems: {shop: {containers: {db: null}}}\n", base)

    assert [r.label for r in model.relationships] == ["Orders"]
    assert [i.container for i in model.environments["local"].nodes["project"].runs] == ["web"]
    assert model.environments["local"].reword == {}


def test_views_of_the_base_go_on_without_what_was_removed(tmp_path: Path) -> None:
    base = SMALL + (
        "    views:\n"
        "      all: {kind: container, of: shop, include: ['*', db, {around: shop.db}, web]}\n"
        "      what: {kind: dynamic, steps: [user -> web: Asks, web -> db: Looks]}\n"
        "      only: {kind: dynamic, steps: [web -> db: Looks]}\n"
    )
    views = model_of(tmp_path, "systems: {shop: {containers: {db: null}}}\n", base).views

    assert list(views) == ["all", "what"]
    assert [selector.id for selector in views["all"].include] == [None, "web"]
    assert [step.label for step in views["what"].steps] == ["Asks"]


def test_removed_groups_and_environments_take_along_what_needs_them(tmp_path: Path) -> None:
    base = SMALL.replace("description: Sells.", "group: money\n        description: Sells.") + (
        "    groups: {money: {description: Pays.}, inner: {in: money, description: More.}}\n"
        "    views:\n"
        "      here: {kind: deployment, environment: local}\n"
        "      all: {kind: landscape, include: ['*', {group: money}]}\n"
    )
    heir = "groups: {money: null, inner: null}\nenvironments: {local: null}\n"
    model = model_of(tmp_path, heir, base)

    assert model.systems["shop"].group is None
    assert list(model.views) == ["all"]
    assert len(model.views["all"].include) == 1


def test_what_a_model_says_itself_of_something_it_removes_is_a_mistake(tmp_path: Path) -> None:
    heir = "systems: {shop: {containers: {db: null}}}\nrelationships: [user -> db: Looks]\n"
    findings = check(extended(project(tmp_path), heir))

    assert [f.code for f in findings] == ["unknown-reference"]


def test_an_environment_can_be_dropped_that_others_extend(tmp_path: Path) -> None:
    base = SMALL + "      live: {extends: local, description: There.}\n"
    model = model_of(tmp_path, "environments: {local: null}\n", base)

    assert list(model.environments) == ["live"]
    assert list(model.environments["live"].nodes) == ["project"]


def test_an_environment_and_what_it_runs_can_go_together(tmp_path: Path) -> None:
    base = SMALL + "      live: {extends: local, description: There.}\n"
    heir = "environments: {local: null}\nsystems: {shop: {containers: {db: null}}}\n"
    nodes = model_of(tmp_path, heir, base).environments["live"].nodes

    assert [instance.container for instance in nodes["project"].runs] == ["web"]


def test_relationships_are_replaced_and_removed(tmp_path: Path) -> None:
    model = model_of(
        tmp_path,
        """
relationships:
  - {from: user, to: web, label: Orders, technology: HTTPS}
  - {from: shop.web, to: db, remove: true}
  - web -> db: Statements
""",
    )
    said = [(r.source, r.target, r.label, r.technology) for r in model.relationships]

    assert said == [("user", "web", "Orders", "HTTPS"), ("web", "db", "Statements", "")]


@pytest.mark.parametrize(
    "heir",
    [
        "systems: {shop: {containers: {dbb: null}}}",
        "environments: {local: {nodes: {project: {runs: [web], colour: null}}}}",
        "relationships: [{from: web, to: user, remove: true}]",
        "views: {v: null}",
    ],
)
def test_removing_what_is_not_there_is_an_error(tmp_path: Path, heir: str) -> None:
    findings = wrong(tmp_path, heir + "\n")

    assert "removes-nothing" in [finding.code for finding in findings]
    assert all("heir" in f.span.file for f in findings if f.span)


def test_words_of_the_glossary_lead_to_nothing_that_was_removed(tmp_path: Path) -> None:
    base = (
        SMALL
        + "    glossary: {Row: {meaning: A fact., see: [db, web]}, Base: {see: db}, Rack: Iron.}\n"
    )
    heir = "systems: {shop: {containers: {db: null}}}\nglossary: {Rack: null}\n"
    glossary = model_of(tmp_path, heir, base).glossary

    assert {word: term.see for word, term in glossary.items()} == {"Row": ("web",), "Base": ()}
