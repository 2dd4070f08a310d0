"""`archdoc compose -o` tells what the compose file that it writes over leaves behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archdoc.cli.compose import command
from helpers import SMALL, write

_MOUNT = "volumes: ['db-data:/var/lib/postgresql/data']"
_KEPT = SMALL.replace("tmpfs: /var/lib/postgresql/data", _MOUNT) + (
    "    volumes: {db-data: All orders.}\n"
)


def _run(*arguments: str) -> Result:
    result = CliRunner().invoke(command, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def _model(content: str) -> None:
    write(Path("model"), app=content)
    Path("model/x.conf").write_text("port 1\n")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _warnings(before: str, after: str) -> list[str]:
    """What is told when the second model's file is written over the first one's; then, no more."""
    _model(before)
    assert "warning" not in _run("local", "-o", "t").stderr
    _model(after)
    found = _run("local", "-o", "t").stderr.split("warning: ")[1:]
    assert "warning" not in _run("local", "-o", "t").stderr
    return found


_ROWS = _KEPT.replace("db-data", "rows")
_VOLUMES = {
    "renamed": (_KEPT, _ROWS, "shop-local_db-data"),
    "removed": (_KEPT, SMALL, "shop-local_db-data"),
    "of a project that is renamed": (_KEPT, _ROWS.replace("Shop", "Shops"), "shop-local_db-data"),
    "with its own name": (_KEPT.replace("All orders.", "{options: {name: own}}"), _ROWS, "own"),
    "of somebody else": (
        _KEPT.replace("All orders.", "{options: {external: true}}"), _ROWS, "db-data"
    ),
    "kept under its name": (
        _KEPT, _ROWS.replace("All orders.", "{options: {name: shop-local_db-data}}"), ""
    ),
    "described otherwise": (_KEPT, _KEPT.replace("All orders.", "Orders."), ""),
}  # fmt: skip


@pytest.mark.parametrize("case", _VOLUMES)
def test_a_volume_that_the_new_file_has_no_more_is_told_of(case: str) -> None:
    before, after, known = _VOLUMES[case]
    found = [said for said in _warnings(before, after) if "volume `" in said]

    assert found == ([_lost(known)] if known else [])


def _lost(known: str) -> str:
    return (
        "t/compose.yaml: it has no volume `db-data` any more: what is in it stays in "
        f"`{known}`, and nothing mounts that\n"
        "  = help: if the model calls it otherwise now, give that volume "
        f"`options: {{name: {known}}}` there, or copy what is in it; "
        f"when nobody needs it, `docker volume rm {known}`\n"
    )


_AWAY = (
    SMALL.replace("runs: [web, db]", "runs: [web]")
    + """\
          cloud: {kind: aws.cloud}
          region: {kind: aws.region, in: cloud}
          vpc: {kind: aws.vpc, in: region}
          rds: {kind: aws.rds, in: vpc, realises: db}
"""
)
_SERVICES = {
    "moved elsewhere": (SMALL, _AWAY, "service `db` any more: its containers run"),
    "renamed": (
        SMALL, SMALL.replace("db", "rows"), "service `db` any more: its containers run"
    ),
    "added": (_AWAY, SMALL, ""),
    "both renamed": (
        SMALL, SMALL.replace("db", "rows").replace("web", "site"),
        "services `db`, `web` any more: their containers run",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", _SERVICES)
def test_a_service_that_the_new_file_has_no_more_is_told_of(case: str) -> None:
    before, after, what = _SERVICES[case]
    up = "docker compose -f t/compose.yaml up --detach --wait --remove-orphans"
    said = (
        f"t/compose.yaml: it has no {what} on, and start with the machine\n"
        f"  = help: take them away: `{up}`\n"
    )

    assert _warnings(before, after) == ([said] if what else [])


def test_the_services_of_a_project_with_another_name_are_that_ones() -> None:
    [said] = _warnings(SMALL, SMALL.replace("db", "rows").replace("Shop", "Shops"))

    assert "`docker compose -p shop-local down`" in said


_MOUNTS = SMALL.replace("service: {build: .}", "FILES, service: {build: .}")
_FILE = "{template: x.conf, to: /etc/x.conf}"
_ONE, _NONE = (_MOUNTS.replace("FILES", f"files: [{files}]") for files in (_FILE, ""))


@pytest.mark.parametrize(
    "after", [_NONE, _ONE.replace("/etc/x.conf", "/etc/y.conf"), _ONE.replace("web", "site")]
)
def test_a_file_that_the_new_one_does_not_mount_is_told_of(after: str) -> None:
    _model(_ONE)
    _run("local", "-o", "t")
    _model(after)
    said = "warning: t/web/x.conf: t/compose.yaml does not mount it any more\n"

    assert said in _run("--check", "t").stderr
    assert said in _run("local", "-o", "t").stderr
    assert said not in _run("local", "-o", "t").stderr


def test_one_that_somebody_has_taken_away_is_not() -> None:
    _model(_ONE)
    _run("local", "-o", "t")
    _model(_NONE)
    Path("t/web/x.conf").unlink()

    assert "warning" not in _run("local", "-o", "t").stderr
