"""The emitted file boots from nothing, and everything that it says is there works."""

from __future__ import annotations

import http.client
import time
from pathlib import Path

from e2e.conftest import Stage
from e2e.engine import docker, run
from e2e.project import DOMAIN, Project, eventually


def test_everything_becomes_healthy_from_nothing(app: Project) -> None:
    """Compose has waited; here is what it has waited for."""
    running = {name: app.inspect(name, "{{.State.Status}}") for name in app.services}
    checked = [name for name, service in app.services.items() if "healthcheck" in service]
    health = {name: app.inspect(name, "{{.State.Health.Status}}") for name in checked}

    assert set(running.values()) == {"running"}
    assert set(health.values()) == {"healthy"}
    assert set(app.services) - set(checked) == {"beat"}
    assert {app.inspect(name, "{{.RestartCount}}") for name in app.services} == {"0"}


def test_a_request_over_https_uses_the_database_the_cache_and_a_worker(app: Project) -> None:
    posted = app.post("/visits", note="hello")
    assert posted.status == 201, posted.body
    page = f"/visits/{posted.json['visit']}"

    eventually(lambda: app.get(page).json["answer"] == "HELLO", "a worker answers", app)
    assert app.get(page).json == {"row": "hello", "cached": "hello", "answer": "HELLO"}


def test_the_row_and_the_cache_entry_are_where_the_model_says(app: Project) -> None:
    number = app.post("/visits", note="kept").json["visit"]
    query = f"SELECT note FROM visits_visit WHERE id = {number}"  # noqa: S608

    row = app.inside("postgres", "psql", "--username=app", "--tuples-only", "--command", query)
    keys = app.inside("redis", "redis-cli", "-n", "0", "KEYS", f"*visit-{number}")
    assert row.stdout.strip() == "kept"
    assert keys.stdout.split() == [f":1:visit-{number}"]


def test_static_files_are_served_by_nginx_with_their_type(app: Project) -> None:
    style = app.get("/media/static/visits/style.css")

    assert "/media/static/visits/style.css" in app.get("/").body.decode()
    assert (style.status, style.body) == (200, b"body { font-family: sans-serif; }\n")
    assert style.headers["Content-Type"] == "text/css"


def test_an_uploaded_file_comes_back_from_nginx(app: Project) -> None:
    """Large enough that Nginx and Django put it into a temporary file on its way."""
    content = b"0123456789abcdef" * 250_000
    posted = app.post("/files", file=content)
    assert posted.status == 201, posted.body
    got = app.get(posted.json["url"])

    assert got.body == content
    assert got.headers["X-Content-Type-Options"] == "nosniff"


def test_the_scheduled_task_runs_once_a_tick_however_many_workers_there_are(app: Project) -> None:
    app.up("--scale", "celery=2", "--no-recreate")
    workers = {name[:12] for name in app.containers("celery")}
    assert len(workers) == 2

    def _heard() -> set[str]:
        return {tick["worker"].partition("@")[2] for tick in app.get("/ticks").json["ticks"]}

    eventually(lambda: _heard() >= workers, "both workers hear ticks", app, timeout=90)
    app.compose("stop", "beat")
    sent = app.compose("logs", "--no-color", "beat").stdout.count("Sending due task tick")

    def _all_ran() -> bool:
        return len(app.get("/ticks").json["ticks"]) >= sent

    eventually(_all_ran, "every tick runs", app)
    ran = [tick["task"] for tick in app.get("/ticks").json["ticks"]]
    app.up("--scale", "celery=1")
    assert len(ran) == len(set(ran)) == sent


def test_postgresql_is_not_healthy_before_it_can_be_reached(stage: Stage, tmp_path: Path) -> None:
    """Its image makes the database with a server that only its own socket reaches.

    A script, which the official image runs at that time too, makes it take long enough to look.
    """
    service = stage.projects["compose"].services["postgres"]
    tmp_path.chmod(0o755)
    (tmp_path / "slow.sh").write_text("touch /tmp/slow; sleep 5\n", "utf-8")
    volume = f"--volume={tmp_path}:/docker-entrypoint-initdb.d:ro"
    health = service["healthcheck"]["test"][1:]
    start = ("run", "--detach", "--rm", "--network=none", volume, "--env=POSTGRES_PASSWORD=x")
    container = docker(*start, service["image"]).split()[-1]
    try:
        within = ("docker", "exec", container)
        wait = "until test -e /tmp/slow; do sleep 0.1; done"
        run(*within, "timeout", "30", "sh", "-c", wait)
        assert run(*within, "pg_isready", check=False).returncode == 0, "the socket answers"
        assert run(*within, *health, check=False).returncode != 0
        end = time.monotonic() + 30
        while run(*within, *health, check=False).returncode and time.monotonic() < end:
            time.sleep(0.2)
        run(*within, *health)
    finally:
        docker("rm", "--force", "--volumes", container)


def test_http_is_sent_to_https(app: Project) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", 80, timeout=10)
    connection.request("GET", "/visits", headers={"Host": DOMAIN})
    response = connection.getresponse()
    connection.close()

    assert (response.status, response.headers["Location"]) == (301, f"https://{DOMAIN}/visits")
