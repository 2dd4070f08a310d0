"""A model that starts from another one, in a folder or in an installed package."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from archdoc.model import Model
from archdoc.outputs import model_json
from archdoc.report import Diagnostic
from archdoc.rules import check
from archdoc.source import Loaded, SourceError, load_model
from helpers import SMALL, write

_HEIR = "extends: ../base\n"


def _extended(folder: Path, heir: str, base: str = SMALL) -> Loaded:
    write(folder / "base", app=base)
    return load_model(write(folder / "heir", app=_HEIR + heir) / "app.yaml")


def _project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text("")
    return tmp_path


def _model(tmp_path: Path, heir: str, base: str = SMALL) -> Model:
    loaded = _extended(_project(tmp_path), heir, base)
    assert [f.message for f in check(loaded)] == []
    return loaded.model


def _wrong(tmp_path: Path, heir: str, base: str = SMALL) -> list[Diagnostic]:
    with pytest.raises(SourceError) as caught:
        _extended(_project(tmp_path), heir, base)
    return list(caught.value.diagnostics)


def test_what_is_not_said_is_inherited(tmp_path: Path) -> None:
    model = _model(tmp_path, "name: Mine\n")

    assert model.name == "Mine"
    assert list(model.systems["shop"].containers) == ["web", "db"]
    assert [r.label for r in model.relationships] == ["Orders", "SQL queries"]


def test_values_are_changed_added_and_removed_by_id(tmp_path: Path) -> None:
    model = _model(
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


def test_what_is_removed_takes_everything_about_it_along(tmp_path: Path) -> None:
    base = SMALL + "        reword: {SQL queries: Queries}\n"
    model = _model(tmp_path, "systems: {shop: {containers: {db: null}}}\n", base)

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
    views = _model(tmp_path, "systems: {shop: {containers: {db: null}}}\n", base).views

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
    model = _model(tmp_path, heir, base)

    assert model.systems["shop"].group is None
    assert list(model.views) == ["all"]
    assert len(model.views["all"].include) == 1


def test_what_a_model_says_itself_of_something_it_removes_is_a_mistake(tmp_path: Path) -> None:
    heir = "systems: {shop: {containers: {db: null}}}\nrelationships: [user -> db: Looks]\n"
    findings = check(_extended(_project(tmp_path), heir))

    assert [f.code for f in findings] == ["unknown-reference"]


def test_ids_may_be_words_of_the_language(tmp_path: Path) -> None:
    base = SMALL + "      reword: {description: There.}\n"
    base = base.replace("user:", "remove:").replace("- user ->", "- remove ->")
    model = _model(
        tmp_path,
        "people: {remove: {name: null, description: Asks.}}\n"
        "environments: {reword: {description: null, name: x}}\n",
        base,
    )

    assert (model.people["remove"].name, model.environments["reword"].description) == ("", "")


def test_an_environment_can_be_dropped_that_others_extend(tmp_path: Path) -> None:
    base = SMALL + "      live: {extends: local, description: There.}\n"
    model = _model(tmp_path, "environments: {local: null}\n", base)

    assert list(model.environments) == ["live"]
    assert list(model.environments["live"].nodes) == ["project"]


def test_an_environment_and_what_it_runs_can_go_together(tmp_path: Path) -> None:
    base = SMALL + "      live: {extends: local, description: There.}\n"
    heir = "environments: {local: null}\nsystems: {shop: {containers: {db: null}}}\n"
    nodes = _model(tmp_path, heir, base).environments["live"].nodes

    assert [instance.container for instance in nodes["project"].runs] == ["web"]


def test_a_change_to_an_environment_reaches_those_that_extend_it(tmp_path: Path) -> None:
    nodes = "{h: {kind: host}, project: {in: h}}"
    base = SMALL + f"      live: {{extends: local, description: There., nodes: {nodes}}}\n"
    heir = "environments: {local: {nodes: {project: {name: Compose}}}}\n"

    assert _model(tmp_path, heir, base).environments["live"].nodes["project"].name == "Compose"


def test_relationships_are_replaced_and_removed(tmp_path: Path) -> None:
    model = _model(
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
    findings = _wrong(tmp_path, heir + "\n")

    assert "removes-nothing" in [finding.code for finding in findings]
    assert all("heir" in f.span.file for f in findings if f.span)


def _vain(tmp_path: Path, heir: str, base: str = SMALL) -> list[str]:
    return [f.code for f in check(_extended(_project(tmp_path), heir, base))]


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
    findings = _wrong(tmp_path, "people: {user: {size: 3}}\n", base)

    places = {Path(f.span.file).parent.name: f.message for f in findings if f.span}
    assert places == {
        "base": "there is no key `colour` here",
        "heir": "there is no key `size` here",
    }


def test_model_json_says_where_a_value_came_from(tmp_path: Path) -> None:
    loaded = _extended(_project(tmp_path), "people: {user: {description: Asks.}}\n")
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
    loaded = _extended(_project(tmp_path), "description: x\n", base)
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
    _project(tmp_path)
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
