"""`archdoc compose -o` writes over what archdoc made for that project, and over nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archdoc.cli.compose import command
from helpers import SMALL, write

_MOUNTS = "files: [{template: x.conf, to: /etc/x.conf}], service: {build: .}"
_MOUNTS_MORE = _MOUNTS.replace("files: [", "files: [{template: x.conf, to: /etc/y.conf}, ")
_OTHER = SMALL.replace("Shop", "Other").replace("web", "site").replace("db", "store")


def _run(*arguments: str) -> Result:
    result = CliRunner().invoke(command, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def _model(content: str = SMALL, service: str = _MOUNTS) -> None:
    write(Path("model"), app=content.replace("service: {build: .}", service))
    Path("model/x.conf").write_text("port 1\n")


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    _model()
    assert _run("local", "-o", "kept").exit_code == 0
    return Path("kept")


def _assert_refused(result: Result, said: str) -> None:
    assert result.exit_code == 2
    assert f"error: {said}, and would be lost\n  = help: move it away" in result.stderr


def test_what_it_wrote_itself_is_written_anew(kept: Path) -> None:
    for name in ("compose.yaml", ".env.example", "web/x.conf"):
        with (kept / name).open("a") as file:
            file.write("# edited\n")

    assert _run("local", "-o", "kept").exit_code == 0
    assert _run("--check", "kept").output == ""


@pytest.mark.parametrize("own", ["", "volumes: ['./web/y.conf:/etc/y.conf:ro'], "])
def test_a_file_that_an_earlier_compose_file_did_not_mount_is_not_lost(
    kept: Path, own: str
) -> None:
    _model(service=_MOUNTS.replace("{build", f"{{{own}build"))
    _run("local", "-o", "kept")
    (kept / "web/y.conf").write_text("mine")
    _model(service=_MOUNTS_MORE)
    before = (kept / "compose.yaml").read_bytes()

    _assert_refused(_run("local", "-o", "kept"), "kept/web/y.conf is there already")
    assert (kept / "web/y.conf").read_text() == "mine"
    assert (kept / "compose.yaml").read_bytes() == before


@pytest.mark.parametrize("broken", ["services: {", "services: 1", "services: {web: {volumes: 1}}"])
def test_beside_a_compose_file_that_cannot_be_read_nothing_is_lost(kept: Path, broken: str) -> None:
    head = (kept / "compose.yaml").read_text().split("\n")[0]
    (kept / "compose.yaml").write_text(f"{head}\n{broken}\n")
    (kept / "web/x.conf").write_text("mine")

    _assert_refused(_run("local", "-o", "kept"), "kept/web/x.conf is there already")
    (kept / "web/x.conf").unlink()
    assert _run("local", "-o", "kept").exit_code == 0


def test_the_compose_file_of_another_environment_is_not_lost(kept: Path) -> None:
    text = (kept / "compose.yaml").read_text()
    (kept / "compose.yaml").write_text(text.replace("`local`", "`production`"))

    result = _run("local", "-o", "kept")
    _assert_refused(result, "kept/compose.yaml is of environment `production`")


def test_the_compose_file_of_another_model_is_not_lost(kept: Path) -> None:
    _model(_OTHER)

    result = _run("local", "-o", "kept")
    _assert_refused(result, "kept/compose.yaml is of another model's project, `shop-local`")


def test_volumes_that_another_name_leaves_behind_are_told_of(kept: Path) -> None:
    assert "warning" not in _run("local", "-o", "kept").stderr
    _model(SMALL.replace("Shop", "The shop"))
    result = _run("local", "-o", "kept")

    assert result.exit_code == 0
    assert result.stderr.endswith(
        "warning: kept/compose.yaml: the project was called `shop-local`, and is now "
        "`the-shop-local`: its volumes, with all that is in them, stay with `shop-local`\n"
        "  = help: write COMPOSE_PROJECT_NAME=shop-local into kept/.env to keep them; "
        "or stop what runs: `docker compose -p shop-local down` leaves them there\n"
    )
    assert "warning" not in _run("local", "-o", "kept").stderr


OTHERS = {
    "compose.override.yaml": "merges it into kept/compose.yaml",
    "docker-compose.override.yml": "merges it into kept/compose.yaml",
    "docker-compose.yml": "reads kept/compose.yaml in its place",
}


@pytest.mark.parametrize("other", OTHERS)
def test_a_file_that_compose_reads_beside_it_or_not_any_more_is_told_of(
    kept: Path, other: str
) -> None:
    (kept / other).write_text("services: {web: {command: x}}\n")

    for arguments in (["local", "-o", "kept"], ["--check", "kept"]):
        result = _run(*arguments)
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr.count("warning: ") == 1
        assert f"warning: kept/{other}: `docker compose` {OTHERS[other]}" in result.stderr
    assert (kept / other).read_text() == "services: {web: {command: x}}\n"


def test_a_dotenv_that_names_other_files_is_told_of_and_no_file_that_they_replace(
    kept: Path,
) -> None:
    (kept / "compose.override.yaml").write_text("services: {web: {command: x}}\n")
    (kept / ".env").write_text("COMPOSE_FILE=other.yaml\n")

    for arguments in (["local", "-o", "kept"], ["--check", "kept"]):
        result = _run(*arguments)
        assert result.exit_code == 0
        assert result.stderr.count("warning: ") == 1
        assert (
            "warning: kept/.env: it sets COMPOSE_FILE: `docker compose` reads other.yaml in place "
            "of kept/compose.yaml\n  = help: take COMPOSE_FILE out of it, or name this one: "
        ) in result.stderr


def test_a_file_that_is_read_in_the_place_of_ours_is_told_of(kept: Path) -> None:
    assert "warning" not in _run("local", "-o", "other/prod.yaml").stderr
    result = _run("local", "-o", "kept/docker-compose.yml")

    assert result.exit_code == 0
    assert (
        "warning: kept/docker-compose.yml: `docker compose` reads kept/compose.yaml in its place\n"
        "  = help: remove that one, or name this one: `docker compose -f kept/docker-compose.yml up"
    ) in result.stderr


def test_a_link_to_ours_is_no_other_file(kept: Path) -> None:
    (kept / "docker-compose.yml").symlink_to("compose.yaml")

    assert _run("--check", "kept").stderr == ""


def test_a_file_that_is_read_by_its_name_only_has_nothing_merged_into_it(kept: Path) -> None:
    (kept / "compose.override.yaml").touch()
    (kept / "compose.yaml").rename(kept / "prod.yaml")

    assert _run("--check", "kept/prod.yaml").stderr == ""


@pytest.mark.parametrize("target", ["../outside", "nowhere/../../outside"])
def test_nothing_is_written_through_a_link_that_leads_out_of_the_folder(
    kept: Path, target: str
) -> None:
    outside, linked = Path("outside"), Path("linked")
    outside.mkdir()
    linked.mkdir()
    (linked / "web").symlink_to(target)
    result = _run("local", "-o", "linked")

    assert result.exit_code == 2
    assert (
        "error: cannot write linked/web: it is a link that leads out of linked\n" in result.stderr
    )
    assert [*outside.iterdir()] == []
    assert [path.name for path in linked.iterdir()] == ["web"]


def test_a_link_within_the_folder_and_the_folder_itself_may_be_links(kept: Path) -> None:
    (kept / "web").rename(kept / "real")
    (kept / "web").symlink_to("real")
    Path("link").symlink_to("kept")

    assert _run("local", "-o", "link").exit_code == 0
    assert _run("--check", "kept").output == ""


@pytest.mark.parametrize("name", ["x.env", ".env", ".env.local", "compose.json", "a/notes.txt"])
def test_the_name_of_another_file_is_no_folder(kept: Path, name: str) -> None:
    result = _run("local", "-o", name)

    assert result.exit_code == 2
    assert f"error: {name} looks like a file that is no compose file\n" in result.stderr
    assert "as in `-o " in result.stderr
    assert not Path(name).exists()


@pytest.mark.parametrize("name", ["v1.2", "shop.example.org", "deploy.d", "x.env"])
def test_a_folder_may_have_a_dot_in_its_name(kept: Path, name: str) -> None:
    if name == "x.env":
        Path(name).mkdir()

    assert _run("local", "-o", name).exit_code == 0
    assert (Path(name) / "compose.yaml").exists()
