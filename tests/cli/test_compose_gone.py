"""Compose files of projects that the model has no more."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archdoc.cli.compose import command
from helpers import SMALL, write

_ONE = "project: {kind: docker.compose, runs: [web, db]}"
_TWO = """net1: {kind: docker.compose, runs: [web]}
          net2: {kind: docker.compose, runs: [db]}"""


def _run(*arguments: str) -> Result:
    result = CliRunner().invoke(command, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def _model(nodes: str) -> None:
    write(Path("model"), app=SMALL.replace(_ONE, nodes))


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _gone(path: str) -> str:
    down = f"`docker compose -f {path} down`"
    return (
        f"error: {path}: the model has no such project any more\n"
        f"  = help: stop it ({down} keeps its volumes), and remove the file"
    )


@pytest.mark.parametrize(
    ("before", "after", "file", "arguments"),
    [
        (_TWO, _TWO.replace("net1", "web1"), "t/net1/compose.yaml", ["t/net1/compose.yaml"]),
        (_TWO, _TWO.replace("net1", "web1"), "t/net1/compose.yaml", ["t/net1"]),
        (_TWO, _TWO.replace("net1", "web1"), "t/net1/compose.yaml", ["t", "local"]),
        (_TWO, _ONE, "t/net1/compose.yaml", ["t/net1/compose.yaml"]),
        (_ONE, _TWO, "t/compose.yaml", ["t/compose.yaml"]),
        (_ONE, _TWO, "t/compose.yaml", ["t"]),
        (_ONE, _TWO, "t/compose.yaml", ["t", "local"]),
    ],
)
@pytest.mark.parametrize("is_written_anew", [False, True])
def test_the_file_of_a_project_that_is_gone_fails(
    before: str, after: str, file: str, arguments: list[str], is_written_anew: bool
) -> None:
    _model(before)
    assert _run("local", "-o", "t").exit_code == 0
    assert _run("--check", *arguments).exit_code == 0
    _model(after)
    if is_written_anew:
        assert _gone(file).replace("error", "warning", 1) in _run("local", "-o", "t").stderr
    with Path(file).open("a") as kept:
        kept.write("garbage: {\n")
    result = _run("--check", *arguments)

    assert result.exit_code == 1
    assert _gone(file) in result.stderr


def test_what_is_in_step_beside_a_file_that_is_gone_is_checked_too() -> None:
    _model(_ONE)
    _run("local", "-o", "t")
    _model(_TWO)
    result = _run("local", "--check", "t")

    assert "error: t/net1/compose.yaml is missing" in result.stderr
    assert "`archdoc compose local -o t`" in result.stderr


def test_a_project_of_another_environment_beside_it_is_none_of_its_business() -> None:
    _model(_ONE)
    _run("local", "-o", "t")
    Path("t/other").mkdir()
    kept = Path("t/compose.yaml").read_text().replace("`local`", "`other`")
    Path("t/other/compose.yaml").write_text(kept)

    assert _run("--check", "t").output == ""


def test_a_project_of_another_model_beside_it_is_none_of_its_business() -> None:
    _model(_TWO.replace("net1", "net3"))
    text = Path("model/app.yaml").read_text()
    Path("model/app.yaml").write_text(text.replace("Shop", "Other"))
    _run("local", "-o", "t")
    _model(_TWO)

    assert "no such project" not in _run("local", "-o", "u").stderr
    Path("t/net3").rename("u/net3")
    assert _run("local", "--check", "u").output == ""


_DATA = "tmpfs: /var/lib/postgresql/data"
_NAMED = "volumes: {db-data: Rows.}\n"


def test_what_another_project_needs_of_the_one_that_is_gone_is_told() -> None:
    kept = SMALL.replace(_DATA, "volumes: ['db-data:/var/lib/postgresql/data']")
    write(Path("model"), app=f"{kept}    {_NAMED}")
    _run("local", "-o", "t")
    write(Path("model"), app=f"{kept.replace(_ONE, _TWO)}    {_NAMED}")
    said = _run("local", "-o", "t").stderr

    assert (
        "what runs in another project now needs a copy of t/.env and of the files of its secrets, "
        "and begins with empty volumes: what is in shop-local_db-data stays there; give such a "
        "volume `options: {name: shop-local_db-data, external: true}` in the model"
    ) in said
    options = "volumes: {db-data: {options: {name: shop-local_db-data, external: true}}}\n"
    write(Path("model"), app=f"{kept.replace(_ONE, _TWO)}    {options}")
    said = _run("local", "-o", "t").stderr
    assert "t/.env" in said
    assert "empty volumes" not in said
