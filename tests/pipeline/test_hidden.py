"""The lines of kept files that diffs show without their secrets."""

from __future__ import annotations

import pytest

from archdoc.pipeline.hidden import without_secrets

LINES = {
    "DB_PASSWORD=hunter2\nDOMAIN=a.example": {"DB_PASSWORD=hunter2": "DB_PASSWORD=*******"},
    "    command: serve --password=hunter2 -x": {
        "    command: serve --password=hunter2 -x": "    command: serve --password=******* -x"
    },
    "url=postgres://a:hunter2@db/x": {
        "url=postgres://a:hunter2@db/x": "url=postgres://a:*******@db/x"
    },
    "x: 'Bearer hunter2'": {"x: 'Bearer hunter2'": "x: 'Bearer *******'"},
    "x: a:{SHA}Et6pb+wgWTVmq3VpLJlJWWgzrck=": {
        "x: a:{SHA}Et6pb+wgWTVmq3VpLJlJWWgzrck=": "x: a:" + "*" * 33
    },
    "DB_PASSWORD=\nTOKEN_LIFETIME=300\nDB_PASSWORD=${DB_PASSWORD:?}": {},
    "a\n-----BEGIN PRIVATE KEY-----\nMIIabc\n-----END": {
        "-----BEGIN PRIVATE KEY-----": "*" * 27,
        "MIIabc": "******",
    },
}
_ABOVE = "services:\n  a:\n    image: a:1\n    "
COMPOSE = {
    "command:\n      - redis-server\n      - --requirepass\n      - hunter2": {
        "      - hunter2": "      - *******"
    },
    "environment:\n      - PGPASSWORD=hunter2": {
        "      - PGPASSWORD=hunter2": "      - PGPASSWORD=*******"
    },
    'environment: {DB_PASSWORD: "hunt\\x65r2"}': {
        '    environment: {DB_PASSWORD: "hunt\\x65r2"}': "    environment: {DB_PASSWORD: "
        + "*" * 12
        + "}"
    },
    "environment:\n      DB_PASSWORD: |\n        one_\n        two_": {
        "      DB_PASSWORD: |": "      DB_PASSWORD: *",
        "        one_": "        ****",
        "        two_": "        ****",
    },
    "labels: {app.role: web}": {},
}


@pytest.mark.parametrize("text", LINES)
def test_a_line_that_has_a_secret_is_shown_without_it(text: str) -> None:
    assert without_secrets(text) == LINES[text]


@pytest.mark.parametrize("service", COMPOSE)
def test_a_secret_is_hidden_that_only_the_whole_compose_file_tells(service: str) -> None:
    assert without_secrets(_ABOVE + service) == COMPOSE[service]


@pytest.mark.parametrize(
    "text", ["services: {", "services: 1", "a: &a [*a]", "\x00", "services: {1: {2: 3}}"]
)
def test_what_is_no_compose_file_is_looked_through_by_lines(text: str) -> None:
    assert without_secrets(f"{text}\npassword = hunter2")["password = hunter2"].endswith("*******")
