"""archdoc's own model says what its source does."""

from __future__ import annotations

import os
import re
import tomllib
from functools import cache
from pathlib import Path

import grimp
import pytest

from archdoc.pipeline import build, check
from archdoc.source import Loaded, load_model
from conftest import ROOT

PACKAGES = "archdoc.command."
PICTURES = ("containers", "components")
PAGE = ROOT / "docs" / "architecture.md"


@pytest.fixture(scope="module")
def own() -> Loaded:
    return load_model(ROOT / "examples" / "archdoc" / "model")


@cache
def _imports() -> dict[str, set[str]]:
    """Package of archdoc → the packages that its modules import."""
    graph = grimp.build_graph("archdoc")
    found: dict[str, set[str]] = {}
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            one, other = (name.split(".")[1:2] for name in (module, imported))
            if one and other and one != other:
                found.setdefault(one[0], set()).add(other[0])
    found.pop("__main__")  # it only starts the command line
    return found


def _reached(package: str) -> set[str]:
    """All that a package imports, by whatever way."""
    direct = _imports().get(package, set())
    return direct.union(*map(_reached, direct))


def test_the_components_are_the_layers_of_the_import_contract(own: Loaded) -> None:
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = contract["contracts"][0]["layers"]
    components = own.model.systems["archdoc"].containers["command"].components

    assert sorted(components) == sorted(name for layer in layers for name in layer.split(" | "))


def test_the_arrows_between_components_are_the_imports_that_no_other_implies(own: Loaded) -> None:
    drawn = {
        (link.source.local_id, link.target.local_id)
        for link in own.model.links
        if link.source.id.startswith(PACKAGES) and link.target.id.startswith(PACKAGES)
    }
    needed = {
        (package, imported)
        for package, direct in _imports().items()
        for imported in direct
        if not any(imported in _reached(other) for other in direct)
    }

    assert drawn == needed


def test_nothing_is_to_be_said_of_it(own: Loaded) -> None:
    assert check(own) == []


def test_the_page_says_of_each_package_what_the_model_says(own: Loaded) -> None:
    rows = re.findall(r"^\| `([a-z_]+)(?:/<name>)?` \| (.+) \|$", PAGE.read_text(), re.MULTILINE)
    components = own.model.systems["archdoc"].containers["command"].components

    assert {name: said.replace("`", "") for name, said in rows} == {
        id_: component.description for id_, component in components.items()
    }


def test_its_pictures_are_current(own: Loaded, tmp_path: Path, engines: None) -> None:
    """ARCHDOC_ACCEPT=1 accepts new ones."""
    report = build(own, tmp_path / "build", with_site=False)
    assert report.problems == ()
    for name in PICTURES:
        committed = ROOT / "docs" / "pictures" / f"archdoc-{name}.svg"
        now = (report.folder / "diagrams" / f"{name}.svg").read_bytes()
        if os.environ.get("ARCHDOC_ACCEPT"):
            committed.write_bytes(now)

        assert f"pictures/{committed.name}" in PAGE.read_text()
        assert committed.read_bytes() == now
