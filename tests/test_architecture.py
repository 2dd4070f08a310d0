"""The repository's own promises: layers, pins, names."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from conftest import ROOT


def test_imports_go_down_the_list_of_layers_only() -> None:
    from importlinter.cli import lint_imports

    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_both_constraints_files_pin_the_same_versions() -> None:
    site, dev = (_pins(ROOT / "constraints" / f"{name}.txt") for name in ("site", "dev"))

    assert site.items() <= dev.items()
    assert all(number for number in dev.values())


def _pins(file: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", file.read_text(), re.MULTILINE))


def test_start_up_imports_nothing_heavy() -> None:
    code = "import sys, archdoc.cli; print(*sys.modules)"
    modules = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    heavy = {"pydantic", "yaml", "jinja2", "rich", "mkdocs", "diagrams", "fontTools", "resvg_py"}
    assert not heavy & set(modules.stdout.split())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_built_wheel_works_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    code = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); import archdoc;"
        "assert 'installed' in archdoc.__file__, archdoc.__file__;"
        "from archdoc.cli import main; main()"
    )
    arguments = ["compose", "compose", "--model", str(ROOT / "model"), "-o", "out"]
    command = [sys.executable, "-I", "-c", code, str(tmp_path / "installed"), *arguments]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)

    assert (tmp_path / "out" / "compose.yaml").exists()
