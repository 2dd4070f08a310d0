"""Databases whose data are in no volume that outlives them."""

# ruff: noqa: E501 - one case a line is read most easily

from __future__ import annotations

from pathlib import Path

import pytest

from archdoc.rules import check
from helpers import SMALL, loaded

_VOLUME = "{type: volume, source: data, target: /var/lib/postgresql/data}"


def _found(folder: Path, service: str, version: str = "15", kind: str = "database") -> list[str]:
    old = SMALL[SMALL.index("{image: postgres") : SMALL.index("postgresql/data}}") + 16]
    text = SMALL.replace(old, service).replace('"15"', f'"{version}"')
    text = (
        text.replace("DIGEST", "0" * 64).replace("kind: database", f"kind: {kind}")
        + "    volumes: {data: Rows.}\n"
    )
    return [f.message for f in check(loaded(folder, text)) if f.code == "unkept-data"]


LOST = {
    "{image: postgres}": "/var/lib/postgresql/data",
    "{image: 'docker.io/library/postgres:17-alpine'}": "/var/lib/postgresql/data",
    "{image: 'postgres:18'}": "/var/lib/postgresql",
    "{image: 'postgres@sha256:DIGEST'}": "/var/lib/postgresql",
    "{image: 'postgres:18', volumes: ['data:/var/lib/postgresql/data']}": "/var/lib/postgresql",
    "{image: 'postgres:18-alpine', tmpfs: /var/lib/postgresql/data}": "/var/lib/postgresql",
    "{image: 'mongo:8'}": "/data/db",
    "{image: 'docker.io/elasticsearch:8.1'}": "/usr/share/elasticsearch/data",
    "{image: 'docker.elastic.co/elasticsearch/elasticsearch:8.1'}": "/usr/share/elasticsearch/data",
    "{image: 'mysql:8'}": "/var/lib/mysql",
    "{image: 'redis:7'}": "/data",
    "{image: postgres, volumes: [/var/lib/postgresql/data]}": "/var/lib/postgresql/data",
    "{image: postgres, volumes: ['data:/var/lib/postgresql']}": "/var/lib/postgresql/data",
    "{image: postgres, volumes: ['data:/var/lib/postgresql/database']}": "/var/lib/postgresql/data",
    "{image: postgres, volumes: ['./x.sql:/docker-entrypoint-initdb.d/x.sql']}":
        "/var/lib/postgresql/data",
    "{image: postgres, volumes: [{type: volume, target: /var/lib/postgresql/data}]}":
        "/var/lib/postgresql/data",
}  # fmt: skip


@pytest.mark.parametrize("service", LOST)
def test_a_database_without_a_volume_at_its_data_is_found(tmp_path: Path, service: str) -> None:
    [said] = _found(tmp_path, service)

    assert said.startswith(f"`shop.db` keeps its data in `{LOST[service]}`, where no volume is")


KEPT = [
    f"{{image: postgres, volumes: [{_VOLUME}]}}",
    "{image: postgres, volumes: ['data:/var/lib/postgresql/data']}",
    "{image: postgres, volumes: ['data:/var/lib/postgresql/data/:rw']}",
    "{image: postgres, volumes: ['./rows:/var/lib/postgresql/data']}",
    "{image: postgres, volumes: ['data:${PLACE:?}']}",
    "{image: postgres, tmpfs: '/var/lib/postgresql/data:size=1g'}",
    "{image: 'postgres:18', volumes: ['data:/var/lib/postgresql']}",
    "{image: 'postgres@sha256:DIGEST', volumes: ['data:/var/lib/postgresql/data']}",
    "{image: postgres, environment: {PGDATA: /rows}, volumes: ['data:/rows']}",
    "{image: 'postgres:18', volumes: ['data:/var/lib/postgresql/18/docker']}",
    "{image: 'postgres:18', environment: {PGDATA: /var/lib/postgresql/data}, volumes: ['data:/var/lib/postgresql/data']}",
    "{image: mysql, command: '--datadir=/rows', volumes: ['data:/rows']}",
    "{image: 'mongo:8', command: [--dbpath, /rows], volumes: ['data:/rows']}",
    "{image: postgres, volumes_from: [web]}",
    "{extends: {file: x.yaml, service: db}, image: postgres}",
    "{image: 'example.org/postgres:15'}",
    "{build: .}",
]


@pytest.mark.parametrize("service", KEPT)
def test_one_whose_data_may_be_kept_or_may_go_is_not(tmp_path: Path, service: str) -> None:
    assert _found(tmp_path, service) == []


@pytest.mark.parametrize(
    ("command", "is_found"),
    [
        ("redis-server", False),
        ("redis-server --save '' --appendonly no", False),
        ("redis-server --maxmemory 1mb", False),
        ("[redis-server, --save, --appendonly, 'no']", False),
        ("redis-server --appendonly yes", True),
        ("[redis-server, --appendonly, 'yes']", True),
        ("redis-server --save 60 1", True),
    ],
)
@pytest.mark.parametrize("kind", ["cache", "queue"])
def test_a_cache_is_found_only_where_its_command_says_that_it_keeps_something(
    tmp_path: Path, command: str, kind: str, is_found: bool
) -> None:
    said = command if command.startswith("[") else f'"{command}"'
    found = _found(tmp_path, f"{{image: 'redis:7', command: {said}}}", kind=kind)

    assert bool(found) is is_found


BROKERS = [
    ("queue", "{image: 'rabbitmq:4'}", True),
    ("queue", "{image: 'rabbitmq:4-management', volumes: ['data:/var/lib/rabbitmq']}", False),
    ("queue", "{image: 'rabbitmq:4', tmpfs: /var/lib/rabbitmq}", False),
    ("topic", "{image: 'confluentinc/cp-kafka:7.6.0'}", True),
    ("topic", "{image: 'confluentinc/cp-kafka:7.6.0', volumes: ['data:/var/lib/kafka/data']}", False),
    ("topic", "{image: 'x/cp-kafka:1', volumes: ['data:/x']}", False),
    ("file-store", "{image: 'minio/minio:1', command: server /data}", True),
    ("file-store", "{image: 'quay.io/minio/minio:1', command: server /data, volumes: ['data:/srv']}", True),
    ("file-store", "{image: 'minio/minio:1', command: server /srv, volumes: ['data:/srv']}", False),
    ("file-store", "{image: 'minio/minio:1', command: server /data, volumes: ['data:/data']}", False),
    ("search", "{image: 'elasticsearch:8.1'}", False),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "service", "is_found"), BROKERS)
def test_what_keeps_things_by_itself_is_found_though_it_is_no_database(
    tmp_path: Path, kind: str, service: str, is_found: bool
) -> None:
    assert bool(_found(tmp_path, service, kind=kind)) is is_found


def test_a_job_with_the_tools_of_a_database_is_not_found(tmp_path: Path) -> None:
    assert _found(tmp_path, "{image: postgres, command: pg_dump}", kind="worker") == []


_STORE = """
      - {from: db, to: rows, label: Rows, mount: MOUNT}
    environments:
      local:
        description: Here.
        nodes:
          project: {kind: docker.compose, runs: [web, db]}
          rows: {kind: docker.volume, in: project, realises: rows}
    volumes: {rows: All orders.}
"""


@pytest.mark.parametrize(
    ("mount", "is_found"), [("/var/lib/postgresql/data", False), ("/rows", True)]
)
def test_a_file_store_that_it_mounts_is_a_volume(
    tmp_path: Path, mount: str, is_found: bool
) -> None:
    rows = "rows: {kind: file-store, technology: Volume, description: Rows.}"
    text = SMALL[: SMALL.index("    environments:")].rstrip() + _STORE.replace("MOUNT", mount)
    text = text.replace("          db: {", f"          {rows}\n          db: {{")
    text = text.replace("tmpfs: /var/lib/postgresql/data", "init: true")
    found = [f.code for f in check(loaded(tmp_path, text))]

    assert found.count("unkept-data") == is_found
