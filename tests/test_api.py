"""archdoc from Python."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

import archdoc
from conftest import REFERENCE
from helpers import SMALL, write


def test_what_the_package_offers_is_frozen() -> None:
    types = """
        Component Container ContainerInstance ContainerKind DeploymentNode Environment Group Model
        ModelError MountedFile Person Relationship Secret Selector SoftwareSystem Step Style
        Variable View ViewKind
    """
    assert set(archdoc.__all__) == {*types.split(), "__version__", "check", "dump", "load"}
    assert all(getattr(archdoc, name) is not None for name in archdoc.__all__)
    with pytest.raises(AttributeError, match="nothing_like_this"):
        _ = archdoc.nothing_like_this


def test_the_example_in_the_packages_docstring_works() -> None:
    assert doctest.testmod(archdoc).failed == 0


def test_a_model_is_loaded_by_its_path_in_any_form(tmp_path: Path) -> None:
    write(tmp_path, app=SMALL)

    assert archdoc.load(str(tmp_path)) == archdoc.load(tmp_path / "app.yaml")
    assert archdoc.check(REFERENCE) == []


def test_a_model_that_cannot_be_loaded_says_why_in_its_text(tmp_path: Path) -> None:
    write(tmp_path, app=SMALL + "    colour: red\n")
    with pytest.raises(archdoc.ModelError, match="there is no key `colour` here") as caught:
        archdoc.load(tmp_path)

    assert [d.code for d in caught.value.diagnostics] == ["unknown-key"]


def test_a_model_built_in_python_has_the_same_types_and_rules() -> None:
    model = archdoc.Model(
        name="x",
        systems={"s": archdoc.SoftwareSystem(containers={"a": archdoc.Container(port=80)})},
        relationships=(archdoc.Relationship(source="a", target="b", label="x"),),
    )
    findings = archdoc.check(model)

    assert ("unknown-reference", "relationships.0.to") in [(f.code, f.subject) for f in findings]
    assert ("missing-description", "systems.s") in [(f.code, f.subject) for f in findings]
    with pytest.raises(ValidationError):
        archdoc.Container(port=0)


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = "import archdoc, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert not {"pydantic", "yaml", "click"} & set(done.stdout.split())
