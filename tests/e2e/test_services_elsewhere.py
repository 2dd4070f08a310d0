"""Environment `aws-advanced` boots against a PostgreSQL and a Redis that are not its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e.conftest import Stage
from e2e.engine import docker
from e2e.project import Project, eventually

NETWORK = "archdoc-e2e-elsewhere"
POSTGRES_PORT, REDIS_PORT = 15432, 16379
SERVERS = ("archdoc-e2e-rds", "archdoc-e2e-elasticache")


@pytest.fixture(scope="module")
def elsewhere(stage: Stage) -> Iterator[str]:
    """An address of this machine, which both servers listen at: not in the project's networks."""
    postgres, redis = (
        stage.projects["compose"].services[s]["image"] for s in ("postgres", "redis")
    )
    gateway = "{{range .IPAM.Config}}{{.Gateway}}{{end}}"
    start = ("run", "--detach", "--rm", "--network=host", "--name")
    variables = (
        "--env=POSTGRES_DB=app",
        "--env=POSTGRES_USER=app",
        "--env=POSTGRES_PASSWORD=of0rds",
    )
    _stop()
    docker("network", "create", NETWORK)
    try:
        address = docker("network", "inspect", "--format", gateway, NETWORK)
        docker(
            *start, SERVERS[0], *variables, postgres,
            "-c", f"port={POSTGRES_PORT}", "-c", f"listen_addresses={address}",
        )  # fmt: skip
        docker(*start, SERVERS[1], redis, "--port", str(REDIS_PORT), "--bind", address)
        yield address
    finally:
        stage.clear()
        _stop()


def _stop() -> None:
    docker("rm", "--force", "--volumes", *SERVERS, check=False)
    docker("network", "rm", NETWORK, check=False)


@pytest.fixture(scope="module")
def app(stage: Stage, elsewhere: str) -> Project:
    """The project, told by its .env alone where they are."""
    file: Path = stage.projects["aws-advanced"].folder / ".env"
    values = {
        "DB_PASSWORD": "of0rds",
        "POSTGRES_HOST": elsewhere,
        "POSTGRES_PORT": str(POSTGRES_PORT),
        "REDIS_HOST": elsewhere,
        "REDIS_PORT": str(REDIS_PORT),
    }
    lines = file.read_text("utf-8").splitlines()
    kept = [line for line in lines if line.removeprefix("# ").partition("=")[0] not in values]
    said = [f"{variable}={value}" for variable, value in values.items()]
    assert len(kept) == len(lines) - len(values), "the file has a line for each of them"
    file.write_text("\n".join([*kept, *said]) + "\n", "utf-8")
    return stage.up("aws-advanced")


def test_it_needs_no_data_store_of_its_own(app: Project) -> None:
    assert set(app.services) == {"nginx", "django", "celery", "beat"}
    assert {app.inspect(name, "{{.State.Status}}") for name in app.services} == {"running"}


def test_a_request_uses_the_database_the_cache_and_a_worker_elsewhere(app: Project) -> None:
    page = f"/visits/{app.post('/visits', note='far').json['visit']}"

    eventually(lambda: app.get(page).json["answer"] == "FAR", "a worker answers", app)
    assert app.get(page).json == {"row": "far", "cached": "far", "answer": "FAR"}
    eventually(lambda: bool(app.get("/ticks").json["ticks"]), "the clock ticks", app)
