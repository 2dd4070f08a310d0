"""What docs/consistency.md tells people to put into hooks and CI, as they do it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ROOT, skip
from helpers import SMALL, archdoc, write

_PAGE = (ROOT / "docs" / "consistency.md").read_text()
_SNIPPETS = [yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", _PAGE, re.DOTALL)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, engines: None) -> Path:
    """A repository that keeps its outputs."""
    folder = tmp_path_factory.mktemp("repository")
    write(folder / "model", app=SMALL)
    for arguments in (
        ["build", "--no-site"],
        ["compose", "local", "-o", "deploy"],
        ["render", "containers", "--format", "mermaid", "-o", "."],
    ):
        assert archdoc(*arguments, cwd=folder).returncode == 0
    diagram = (folder / "containers.mmd").read_text()
    (folder / "README.md").write_text(
        f"# Shop\n\n![Shop](build/diagrams/local.svg)\n\n```mermaid\n{diagram}```\n"
    )
    (folder / "containers.mmd").unlink()
    return folder


@pytest.fixture
def repository(made: Path, tmp_path: Path) -> Path:
    """The same, to be spoiled."""
    return Path(shutil.copytree(made, tmp_path / "repository"))


def _commands(document: Any) -> list[str]:
    """Every command of a CI file that runs archdoc."""
    if isinstance(document, str):
        return [document] if document.startswith("archdoc ") else []
    inner = document.values() if isinstance(document, dict) else document
    return [c for value in inner for c in _commands(value)] if isinstance(inner, Iterable) else []


def _run(command: str, repository: Path) -> subprocess.CompletedProcess[str]:
    return archdoc(*shlex.split(command)[1:], cwd=repository)


@pytest.mark.parametrize("number", [1, 2], ids=["GitHub", "GitLab"])
def test_what_ci_runs_passes_until_a_copy_or_the_folder_is_edited(
    repository: Path, number: int
) -> None:
    facts, bytes_ = _commands(_SNIPPETS[number])
    passed = [_run(command, repository).returncode for command in (facts, bytes_)]
    for file in ("README.md", "build/diagrams/local.svg"):
        path = repository / file
        path.write_text(path.read_text().replace("PostgreSQL 15", "PostgreSQL 14"))
    wrong, changed = _run(facts, repository), _run(bytes_, repository)

    assert passed == [0, 0]
    assert (wrong.returncode, changed.returncode) == (1, 1)
    assert "README.md" in wrong.stdout + wrong.stderr
    assert "changed  build/diagrams/local.svg" in changed.stdout


def _hooks() -> list[dict[str, Any]]:
    """The hooks of the snippet as pre-commit runs them once they are installed."""
    known = {hook["id"]: hook for hook in yaml.safe_load(
        (ROOT / ".pre-commit-hooks.yaml").read_text())}  # fmt: skip
    (repo,) = _SNIPPETS[0]["repos"]
    hooks = [{**known[hook["id"]], **hook, "language": "system"} for hook in repo["hooks"]]
    return [{k: v for k, v in h.items() if k != "additional_dependencies"} for h in hooks]


def test_the_real_pre_commit_runs_the_hooks(repository: Path, tmp_path: Path) -> None:
    """But for installing archdoc, which needs a network: it is here already."""
    scripts = Path(sys.executable).parent
    if not (scripts / "pre-commit").exists() or shutil.which("git") is None:
        skip("pre-commit or git is missing")
    config = {"repos": [{"repo": "local", "hooks": _hooks()}]}
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    environment = {
        **os.environ,
        "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
        "GIT_CONFIG_GLOBAL": os.devnull,
    }

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=repository, env=environment, capture_output=True, text=True, check=False
        )

    run("git", "init", "--quiet")
    run("git", "add", "--all")
    passed = run("pre-commit", "run", "--all-files")
    readme = repository / "README.md"
    readme.write_text(readme.read_text().replace("SQL queries", "Queries"))
    failed = run("pre-commit", "run", "--all-files")
    readme.write_text(readme.read_text().replace("Queries", "SQL queries"))
    run("git", "-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qam", "x", "--no-verify")
    mounted = repository / "deploy" / ".env.example"
    mounted.write_text(mounted.read_text() + "# edited\n")
    run("git", "add", "--all")
    of_a_commit = run("pre-commit", "run")

    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert passed.stdout.count("Passed") == 3
    assert failed.returncode == 1
    assert failed.stdout.count("Passed") == 2
    assert "error[stale-output]: README.md does not show what the model says" in failed.stdout
    assert of_a_commit.returncode == 1
    assert "deploy/.env.example" in of_a_commit.stdout


def test_the_pages_own_example_is_what_is_said(folder: Path, tmp_path: Path) -> None:
    file = folder / "compose" / "compose" / "compose.yaml"
    file.write_text(file.read_text().replace("postgres:15", "postgres:14"))
    said = archdoc("check", ROOT / "model", "--outputs", "build", cwd=tmp_path).stderr
    shown = said.rpartition("\n\n1 error")[0]
    (example,) = re.findall(r"\$ archdoc check --outputs build\n(.*?)```", _PAGE, re.DOTALL)

    assert _plain(shown) == _plain(example)


def _plain(text: str) -> str:
    """Without what depends on where the model is, and whether there is a site."""
    return re.sub(r"archdoc build[^`]*", "archdoc build", text).strip()


def test_the_readme_of_archdoc_itself_passes() -> None:
    done = archdoc("check", "--outputs", "README.md", cwd=ROOT)

    assert (done.returncode, done.stderr) == (0, "no findings\n")


def test_every_finding_about_outputs_is_on_the_page() -> None:
    from archdoc.rules.kept import KEPT_RULES

    for rule in KEPT_RULES:
        assert f"[{rule.name}](rules/{rule.name}.md)" in _PAGE
