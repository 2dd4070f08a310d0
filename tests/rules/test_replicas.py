"""What several containers of a kind may share, and what not."""

from __future__ import annotations

from pathlib import Path

import pytest

from archdoc.rules import check
from helpers import SMALL, loaded

_TWO = SMALL.replace("runs: [web, db]", "runs: [web, {container: db, replicas: 2}]")


def _shared(folder: Path, text: str) -> list[str]:
    found = check(loaded(folder, text + "    volumes: {data: Rows.}\n"))
    said = "`shop.db` runs 2 times in `local`, and all of them would write to this one place"
    return [f.message for f in found if said in f.message]


def _quoted(mount: str) -> str:
    return mount if mount.startswith("{") else f'"{mount}"'


@pytest.mark.parametrize(
    "mount",
    [
        "data:/var/lib/postgresql/data",
        "data:/elsewhere:rw",
        "./data:/var/lib/postgresql/data",
        "${DATA:-./data}:/data/db",
        "{type: volume, source: data, target: /elsewhere}",
        "{type: bind, source: /srv/db, target: /bitnami}",
    ],
)
def test_two_of_a_data_store_do_not_write_to_one_place(tmp_path: Path, mount: str) -> None:
    text = _TWO.replace("image: postgres,", f"image: postgres, volumes: [{_quoted(mount)}],")

    assert len(_shared(tmp_path, text)) == 1


@pytest.mark.parametrize(
    "mount",
    [
        "/var/lib/postgresql/data",
        "data:/var/lib/postgresql/data:ro,z",
        "./postgres.conf:/etc/postgres.conf",
        "{type: volume, target: /var/lib/postgresql/data}",
        "{type: bind, source: ./conf, target: /data/conf, read_only: true}",
        "{type: tmpfs, target: /var/lib/postgresql/data}",
    ],
)
def test_what_each_has_or_only_reads_is_no_finding(tmp_path: Path, mount: str) -> None:
    text = _TWO.replace("image: postgres,", f"image: postgres, volumes: [{_quoted(mount)}],")

    assert _shared(tmp_path, text) == []


@pytest.mark.parametrize(
    ("image", "kind", "findings"),
    [
        ("postgres", "application", 1),
        ("docker.io/bitnami/redis:7", "application", 1),
        ("other:1", "cache", 1),
        ("example.org/postgres-exporter", "application", 0),
        ("redis-commander", "application", 0),
        ("other:1", "application", 0),
    ],
)
def test_data_stores_are_known_by_their_kind_or_their_image(
    tmp_path: Path, image: str, kind: str, findings: int
) -> None:
    text = _TWO.replace("kind: database", f"kind: {kind}").replace(
        "image: postgres,", f'image: "{image}", volumes: ["data:/x"],'
    )

    assert len(_shared(tmp_path, text)) == findings


def test_a_volume_that_a_relationship_mounts_is_one_place(tmp_path: Path) -> None:
    text = _TWO.replace(
        "db: {kind", "files: {kind: file-store, description: x}\n          db: {kind"
    )
    text = text.replace(
        "    environments:",
        "      - {from: db, to: files, label: Writes, mount: /backup}\n    environments:",
    )
    text += "          v: {kind: docker.volume, in: project, realises: files}\n"

    assert len(_shared(tmp_path, text)) == 1


@pytest.mark.parametrize(
    ("said", "number"),
    [("scale: 3", "3"), ('deploy: {replicas: "${R:-2}"}', "2"), ('scale: "${N:?}"', "…")],
)
def test_how_many_run_is_said_where_they_run(tmp_path: Path, said: str, number: str) -> None:
    text = SMALL.replace("{build: .}", "{build: ., " + said + "}")
    [found] = [f for f in check(loaded(tmp_path, text)) if f.code == "contradicting-service"]

    assert found.help.endswith(f"`runs: [{{container: web, replicas: {number}}}]`")
