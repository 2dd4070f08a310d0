"""The repository's own promises: layers, pins, names."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import click
import pytest

from archdoc.cli import cli
from archdoc.pipeline import Report
from conftest import ROOT
from helpers import archdoc


def test_imports_go_down_the_list_of_layers_only() -> None:
    from importlinter.cli import lint_imports

    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_both_constraints_files_pin_the_same_versions() -> None:
    site, dev = (_pins(ROOT / "constraints" / f"{name}.txt") for name in ("site", "dev"))

    assert site.items() <= dev.items()
    assert all(number for number in dev.values())


def _pins(file: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", file.read_text(), re.MULTILINE))


def test_a_model_without_services_is_checked_without_compose_s_schema() -> None:
    code = (
        "import sys, archdoc; from archdoc.model import Model;"
        "archdoc.check(Model.model_validate({'name': 'X', 'systems': {'s': {'containers': "
        "{'web': {}}}}})); print(*sys.modules)"
    )
    modules = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert "archdoc.model.compose.schema" in modules.stdout.split()
    assert "jsonschema_rs" not in modules.stdout.split()


def test_start_up_imports_nothing_heavy() -> None:
    code = "import sys, archdoc.cli; print(*sys.modules)"
    modules = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    heavy = {"pydantic", "yaml", "jinja2", "rich", "mkdocs", "diagrams", "uharfbuzz", "resvg"}
    heavy |= {"jsonschema_rs"}
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


def test_the_readmes_picture_is_what_the_model_says_now(built: Report) -> None:
    """ARCHDOC_ACCEPT=1 accepts a new one."""
    committed = ROOT / "docs" / "pictures" / "aws-advanced.svg"
    now = (built.folder / "diagrams" / "aws-advanced.aws.svg").read_bytes()
    if os.environ.get("ARCHDOC_ACCEPT"):
        committed.write_bytes(now)

    assert "docs/pictures/aws-advanced.svg" in (ROOT / "README.md").read_text()
    assert committed.read_bytes() == now


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text()

    for command in cli.list_commands(click.Context(cli)):
        assert f"| `archdoc {command}" in readme


def test_no_file_names_a_package_registrys_host_or_a_path_of_a_machine() -> None:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout, or git is missing")
    command = ["git", "-c", f"safe.directory={ROOT}", "ls-files"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    # Written in two parts, so that this file does not name them itself.
    names = ["pypi" + r"\.org", "python" + "hosted", "registry.npm" + "js", "deb." + "debian"]
    hosts = "|".join(names)
    for name in listed.stdout.split():
        text = (ROOT / name).read_bytes()
        assert not re.search(hosts.encode() + rb"|/(?:work|root)/", text), name


def test_the_readmes_error_is_what_is_said_now(tmp_path: Path) -> None:
    wrong = (ROOT / "model" / "app.yaml").read_text().replace("-> redis: Cache", "-> redsi: Cache")
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "app.yaml").write_text(wrong)
    for name in ("environments.yaml", "files/nginx.conf.j2"):
        target = tmp_path / "model" / name
        target.parent.mkdir(exist_ok=True)
        target.write_text((ROOT / "model" / name).read_text())
    said = archdoc("check", cwd=tmp_path).stderr.rpartition("\n\n1 error")[0]

    assert f"```text\n{said}\n```" in (ROOT / "README.md").read_text()
