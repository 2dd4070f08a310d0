"""What is killed comes back by itself, what is stored stays, and mistakes are named at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from e2e.conftest import Stage
from e2e.project import UP_TIMEOUT, Answer, Project, eventually

SERVICES = ["nginx", "django", "celery", "beat", "postgres", "redis"]


def _works(project: Project, seen: list[Answer]) -> bool:
    """Whether a note is stored, remembered and answered; keeps what it was told on the way."""
    with suppress(OSError):
        posted = project.post("/visits", note="again")
        seen.append(posted)
        for _ in range(20 if posted.status == 201 else 0):
            got = project.get(f"/visits/{posted.json['visit']}")
            seen.append(got)
            if got.status != 200:
                return False
            if got.json == {"row": "again", "cached": "again", "answer": "AGAIN"}:
                return True
            time.sleep(0.5)
    return False


def _ticks(project: Project) -> int:
    return len(project.get("/ticks").json["ticks"])


@pytest.mark.parametrize("service", SERVICES)
def test_after_a_crash_everything_works_again_by_itself(app: Project, service: str) -> None:
    """Whoever asks meanwhile gets a plain error."""
    seen: list[Answer] = []
    app.crash(service)

    def _is_restarted() -> bool:
        return app.inspect(service, "{{.RestartCount}} {{.State.Status}}").endswith(" running")

    eventually(_is_restarted, f"{service} is started again", app)
    assert app.inspect(service, "{{.RestartCount}}") != "0"
    eventually(lambda: _works(app, seen), "a note is answered", app, timeout=90)
    ticks = _ticks(app)
    eventually(lambda: _ticks(app) > ticks, "the clock ticks on", app)
    assert [answer for answer in seen if not answer.is_clean] == []


@pytest.mark.parametrize(
    ("service", "status"), [("django", {502, 504}), ("postgres", {500}), ("redis", {500})]
)
def test_while_something_is_away_users_soon_get_a_plain_error(
    app: Project, service: str, status: set[int]
) -> None:
    app.compose("stop", service)
    started = time.monotonic()
    try:
        answer = app.get("/health")
    finally:
        took = time.monotonic() - started
        app.compose("start", service)

    assert answer.status in status
    assert answer.is_clean, answer.body
    assert took < 20
    eventually(lambda: _works(app, []), "a note is answered", app, timeout=90)


def test_a_task_waits_for_a_worker_that_is_away(app: Project) -> None:
    app.compose("stop", "celery")
    page = f"/visits/{app.post('/visits', note='later').json['visit']}"
    assert app.get(page).json["answer"] == ""

    app.compose("start", "celery")
    eventually(lambda: app.get(page).json["answer"] == "LATER", "the worker answers", app)


def test_down_and_up_lose_nothing(app: Project) -> None:
    file = app.post("/files", file=b"kept").json["url"]
    rows = app.get("/visits").json["visits"]
    assert rows

    app.down()
    app.up()
    assert app.get("/visits").json["visits"] == rows
    assert app.get(file).body == b"kept"


@contextmanager
def _env(project: Project, before: str, after: str) -> Iterator[None]:
    file = project.folder / ".env"
    content = file.read_text("utf-8")
    assert before in content
    file.write_text(content.replace(before, after), "utf-8")
    try:
        yield
    finally:
        file.write_text(content, "utf-8")


@pytest.mark.parametrize("variable", ["DJANGO_SECRET_KEY", "DOMAIN", "DB_PASSWORD"])
def test_a_missing_variable_is_named_and_nothing_starts(app: Project, variable: str) -> None:
    running = app.state()
    with _env(app, f"\n{variable}=", "\nOTHER="):
        done = app.try_up()

    assert done.returncode != 0
    assert f"required variable {variable} is missing a value: set {variable} in .env" in done.stderr
    assert app.state().count("\n") == running.count("\n")


def test_a_wrong_password_fails_soon_and_the_logs_say_so(stage: Stage, app: Project) -> None:
    """PostgreSQL keeps the password that it was made with."""
    app.down()
    started = time.monotonic()
    with _env(app, "\nDB_PASSWORD=", "\nDB_PASSWORD=wrong"):
        done = app.try_up()
    took = time.monotonic() - started
    logs = app.logs("django")
    stage.clear()

    assert done.returncode != 0
    assert "django" in done.stderr
    assert 'password authentication failed for user "app"' in logs
    # Compose gives up when it sees the container between two tries: after a few of them.
    assert took < UP_TIMEOUT - 60
