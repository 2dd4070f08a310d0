"""A model that starts from another one, in a folder or in an installed package."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from archdoc.outputs import model_json
from archdoc.rules import check
from archdoc.source import SourceError, load_model
from heirs import extended, model_of, project, wrong
from helpers import SMALL, write


def test_what_is_not_said_is_inherited(tmp_path: Path) -> None:
    model = model_of(tmp_path, "name: Mine\n")

    assert model.name == "Mine"
    assert list(model.systems["shop"].containers) == ["web", "db"]
    assert [r.label for r in model.relationships] == ["Orders", "SQL queries"]


def test_values_are_changed_added_and_removed_by_id(tmp_path: Path) -> None:
    model = model_of(
        tmp_path,
        """
systems:
  shop:
    containers:
      web: {version: "5.2", port: null}
      cache: {kind: cache, technology: Redis, version: "7", description: Remembers.,
              service: {image: redis, healthcheck: {test: redis-cli ping}}}
relationships:
  - web -> cache: Asks
environments: {local: {nodes: {project: {runs: [web, db, cache]}}}}
""",
    )
    web = model.systems["shop"].containers["web"]

    assert (web.version, web.port, web.technology) == ("5.2", None, "Django")
    assert [r.label for r in model.relationships] == ["Orders", "SQL queries", "Asks"]
    assert [i.container for i in model.environments["local"].nodes["project"].runs] == [
        "web", "db", "cache"
    ]  # fmt: skip


def test_ids_may_be_words_of_the_language(tmp_path: Path) -> None:
    nodes = "{p: {kind: docker.compose, runs: [web, db]}}"
    base = SMALL + f"      reword: {{description: There., nodes: {nodes}}}\n"
    base = base.replace("user:", "remove:").replace("- user ->", "- remove ->")
    model = model_of(
        tmp_path,
        "people: {remove: {name: null, description: Asks.}}\n"
        "environments: {reword: {description: null, name: x}}\n",
        base,
    )

    assert (model.people["remove"].name, model.environments["reword"].description) == ("", "")


def test_a_change_to_an_environment_reaches_those_that_extend_it(tmp_path: Path) -> None:
    nodes = "{h: {kind: host}, project: {in: h}}"
    base = SMALL + f"      live: {{extends: local, description: There., nodes: {nodes}}}\n"
    heir = "environments: {local: {nodes: {project: {name: Compose}}}}\n"

    assert model_of(tmp_path, heir, base).environments["live"].nodes["project"].name == "Compose"


def _vain(tmp_path: Path, heir: str, base: str = SMALL) -> list[str]:
    return [f.code for f in check(extended(project(tmp_path), heir, base))]


def test_saying_again_what_is_inherited_is_remarked(tmp_path: Path) -> None:
    same = 'systems: {shop: {containers: {web: {version: "4.2"}}}}\n'
    base = SMALL + "      live: {extends: local}\n"

    assert _vain(tmp_path, same) == ["overrides-nothing"]
    assert _vain(tmp_path, "") == ["overrides-nothing"]
    assert _vain(tmp_path, "name: Only another name\n") == []
    assert _vain(tmp_path, "name: x\n", base) == ["overrides-nothing"]
    assert _vain(tmp_path, "rules: {overrides-nothing: off}\n", base) == []


def test_a_mistake_names_the_file_that_it_is_in(tmp_path: Path) -> None:
    base = SMALL.replace("Sells.", "Sells.\n        colour: red")
    findings = wrong(tmp_path, "people: {user: {size: 3}}\n", base)

    places = {Path(f.span.file).parent.name: f.message for f in findings if f.span}
    assert places == {
        "base": "there is no key `colour` here",
        "heir": "there is no key `size` here",
    }


def test_model_json_says_where_a_value_came_from(tmp_path: Path) -> None:
    loaded = extended(project(tmp_path), "people: {user: {description: Asks.}}\n")
    elements = {
        e["id"]: e["origin"]
        for e in json.loads(model_json.emit(loaded.model, loaded.locations.origin))["elements"]
    }

    assert elements["user"] == {
        "file": "app.yaml",
        "line": 2,
        "inherited": {"name": {"file": "../base/app.yaml", "line": 4}},
    }
    assert elements["shop.db"]["file"] == "../base/app.yaml"


def test_files_of_the_base_are_found_and_replaced_by_ones_of_the_same_name(tmp_path: Path) -> None:
    base = SMALL.replace("port: 8000,", "port: 8000, files: [{template: a.j2, to: /a}],")
    loaded = extended(project(tmp_path), "description: x\n", base)
    (tmp_path / "base" / "a.j2").write_text("base")
    assert loaded.read_file("a.j2") == "base"
    (tmp_path / "heir" / "a.j2").write_text("heir")
    assert loaded.read_file("a.j2") == "heir"


@pytest.mark.parametrize(
    ("extends", "code"),
    [
        ("../nowhere", "missing-file"),
        ("/etc", "outside-file"),
        (".", "extends-cycle"),
        ("[a]", "wrong-type"),
        ("{folder: a}", "wrong-type"),
        ("{package: nowhere_at_all}", "missing-file"),
        ("{package: os.path}", "missing-file"),
        ("{package: acme_models, folder: ../..}", "outside-file"),
        ("{package: acme_models, folder: nowhere}", "missing-file"),
        ("{package: [x]}", "missing-file"),
    ],
)
def test_what_cannot_be_extended_is_one_clear_finding(
    tmp_path: Path, extends: str, code: str, package: None
) -> None:
    model = write(tmp_path / "project", app=f"extends: {extends}\nname: x\n")

    with pytest.raises(SourceError) as caught:
        load_model(model)
    assert [finding.code for finding in caught.value.diagnostics] == [code]


def test_models_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    project(tmp_path)
    write(tmp_path / "a", app="extends: ../b\nname: a\n")
    write(tmp_path / "b", app="extends: ../a\nname: b\n")
    with pytest.raises(SourceError) as caught:
        load_model(tmp_path / "a")

    assert [finding.code for finding in caught.value.diagnostics] == ["extends-cycle"]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed package that holds a model, and whose code must not run."""
    installed = tmp_path / "installed" / "acme_models"
    write(installed / "web", app=SMALL)
    (installed / "__init__.py").write_text("raise SystemExit('imported')")
    monkeypatch.syspath_prepend(str(installed.parent))


def test_a_model_in_an_installed_package_is_extended_without_running_it(
    tmp_path: Path, package: None
) -> None:
    said = "extends: {package: acme_models, folder: web}\ndescription: Mine.\n"
    loaded = load_model(write(tmp_path / "project", app=said))

    assert list(loaded.model.people) == ["user"]
    assert "acme_models" not in sys.modules
    origin = loaded.locations.origin(("people", "user"))
    assert origin is not None
    assert origin[0] == "acme_models:web/app.yaml"


def test_views_extend_views(tmp_path: Path) -> None:
    text = SMALL + (
        "    views:\n"
        "      all: {kind: container, of: shop, direction: right, name: All}\n"
        "      some: {extends: all, exclude: [db]}\n"
    )
    (tmp_path / "app.yaml").write_text(text.replace("\n    ", "\n").lstrip())
    some = load_model(tmp_path).model.views["some"]

    assert (some.kind, some.of, some.direction, some.name) == ("container", "shop", "right", "")
