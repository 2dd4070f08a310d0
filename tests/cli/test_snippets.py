"""What docs/ci.md and .pre-commit-hooks.yaml tell others to run does what they say."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import REFERENCE, ROOT, skip
from helpers import program

_PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")
_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
HOOKS: dict[str, dict[str, Any]] = {
    hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
}

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def _blocks(language: str) -> Iterator[str]:
    yield from re.findall(rf"```{language}\n(.*?)```", _PAGE, re.DOTALL)


def _configured() -> list[dict[str, Any]]:
    """The hooks that the page's `.pre-commit-config.yaml` asks for."""
    [config] = [read for block in _blocks("yaml") if "repos" in (read := yaml.safe_load(block))]
    [repository] = config["repos"]
    hooks: list[dict[str, Any]] = repository["hooks"]
    return hooks


def _ci_commands() -> dict[str, list[str]]:
    """The commands of each CI service's first snippet, which checks."""
    found: dict[str, list[str]] = {}
    for block in _blocks("yaml"):
        read = yaml.safe_load(block)
        for job in read.get("jobs", {}).values():
            steps = [step["run"] for step in job["steps"] if "run" in step]
            found.setdefault("GitHub", steps)
        for job in read.values():
            if isinstance(job, dict) and "script" in job:
                found["GitLab"] = job["script"]
    return found


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the reference model and the files that the page's first command writes."""
    if shutil.which("git") is None:
        skip("git is missing")
    folder = tmp_path_factory.mktemp("hooks")
    (folder / "bin").mkdir()
    program(folder / "bin" / "archdoc")
    repository = folder / "repository"
    shutil.copytree(REFERENCE, repository / "model")
    first = next(_blocks("console")).splitlines()[0].removeprefix("$ ")
    assert _in(repository, first).returncode == 0
    for command in (
        "git init -q .",
        "git add .",
        "git -c user.name=a -c user.email=a@b commit -qm x",
    ):
        subprocess.run(shlex.split(command), cwd=repository, check=True)
    return repository


@pytest.fixture
def repository(committed: Path) -> Iterator[Path]:
    """The same, as it was committed."""
    yield committed
    for command in ("git checkout -q .", "git clean -qfd"):
        subprocess.run(shlex.split(command), cwd=committed, check=True)


def _in(repository: Path, command: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Run a command as hooks and CI do: found on PATH, at the top of the repository."""
    path = f"{repository.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [*shlex.split(command, comments=True), *more],
        cwd=repository, env={**os.environ, "PATH": path},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def _hook(repository: Path, hook: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    """What pre-commit runs: `entry`, then `args`, of which a repository's own replace the hook's.

    Source: pre-commit's documentation, "Creating new hooks". No file names follow.
    """
    known = HOOKS[hook["id"]]
    return _in(repository, known["entry"], *hook.get("args", known.get("args", [])))


def _make_stale(repository: Path, name: str) -> None:
    file = repository / name
    file.write_text(file.read_text("utf-8") + "# by hand\n", "utf-8")


def test_the_hooks_are_what_pre_commit_can_install() -> None:
    for hook in HOOKS.values():
        assert {"id", "name", "entry", "language"} <= hook.keys()
        assert hook["entry"].split()[0] in _PROJECT["scripts"]
        assert hook["pass_filenames"] is False
    other_page = (ROOT / "docs" / "consistency.md").read_text("utf-8")
    shown = re.findall(r"- id: (\S+)", _PAGE + other_page)
    assert set(shown) == HOOKS.keys()


@pytest.mark.parametrize("hook", _configured(), ids=lambda hook: str(hook["id"]))
def test_a_hook_is_silent_about_what_is_current(repository: Path, hook: dict[str, Any]) -> None:
    done = _hook(repository, hook)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["compose.yaml", ".env.example", "nginx/default.conf"])
def test_the_hook_fails_for_each_file_that_is_stale(repository: Path, name: str) -> None:
    [hook] = [hook for hook in _configured() if hook["id"] == "archdoc-compose"]
    _make_stale(repository, f"deploy/{name}")
    done = _hook(repository, hook)

    assert done.returncode == 1
    assert "-# by hand" in done.stdout
    assert "archdoc compose compose -o deploy/compose.yaml" in done.stderr
    # Whichever files a commit changes: the model, the compose file, or what it mounts.
    assert HOOKS["archdoc-compose"]["always_run"] is True
    assert _in(repository, done.stderr.rsplit("`", 2)[1]).returncode == 0
    assert _hook(repository, hook).returncode == 0


def test_the_hook_without_arguments_checks_the_usual_place(repository: Path) -> None:
    assert _in(repository, "archdoc compose compose -o .").returncode == 0
    assert _hook(repository, {"id": "archdoc-compose"}).returncode == 0


def test_the_hook_for_models_fails_for_a_mistake_in_any_of_its_files(repository: Path) -> None:
    template = repository / "model" / "files" / "nginx.conf.j2"
    template.write_text(template.read_text("utf-8") + "{{ djagno.host }}\n", "utf-8")
    done = _hook(repository, {"id": "archdoc-check"})

    assert done.returncode == 1
    assert "did you mean `django`?" in done.stdout + done.stderr
    assert HOOKS["archdoc-check"]["always_run"]


@pytest.mark.parametrize("service", ["GitHub", "GitLab"])
def test_every_command_of_a_ci_snippet_passes_and_the_last_fails_for_a_stale_file(
    repository: Path, service: str
) -> None:
    install, *commands = _ci_commands()[service]

    assert install == f"pip install {_PROJECT['name']}"
    for command in commands:
        done = _in(repository, command)
        assert done.returncode == 0, done.stdout + done.stderr
    _make_stale(repository, "deploy/compose.yaml")
    assert [_in(repository, command).returncode for command in commands] == [0, 1]
