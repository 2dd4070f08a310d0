"""Passwords, keys and tokens in plain text are found, and what only speaks of them is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from archdoc.rules import check
from archdoc.source import load_model
from helpers import SMALL, loaded, write

SECRETS = [
    ("environment: {DB_PASSWORD: '${DB_PASSWORD:-hunter2}'}", "DB_PASSWORD` holds"),
    ("environment: {X: '${DB_PASSWORD-hunter2}'}", "default of `DB_PASSWORD`"),
    ("environment: {X: '${DB_PASSWORD:-${OTHER:-hunter2}}'}", "default of `DB_PASSWORD`"),
    ("environment: {X: 'postgres://a:${DB_PASSWORD:-hunter2}@db/a'}", "default of `DB_PASSWORD`"),
    ("environment: {X: 'postgres://a:${PW:-hunter2}@db/a'}", "URL has its password"),
    ("environment: [PGPASSWORD=hunter2]", "`PGPASSWORD` holds"),
    ("environment: {DB_PASSWORD: 1234}", "`DB_PASSWORD` holds"),
    ("build: {context: ., args: {NPM_TOKEN: abc123}}", "`NPM_TOKEN` holds"),
    ("build: {context: ., args: [NPM_TOKEN=abc123]}", "`NPM_TOKEN` holds"),
    ("build: 'https://me:hunter2@git.example.org/x.git'", "URL has its password"),
    ("labels: {backup.password: hunter2}", "`backup.password` holds"),
    ("labels: ['backup.api-key=abc']", "`backup.api-key` holds"),
    ("command: serve --password=hunter2", "`--password` is given"),
    ("command: serve --admin-token abc", "`--admin-token` is given"),
    ("command: [serve, --password, hunter2]", "`--password` is given"),
    ("command: [redis-server, --requirepass, hunter2]", "`--requirepass` is given"),
    (
        "command: 'redis-server --requirepass ${REDIS_PASSWORD:-hunter2}'",
        "`--requirepass` is given",
    ),
    ("entrypoint: [sh, -c, 'PGPASSWORD=hunter2 exec psql']", "`PGPASSWORD` is given"),
    ("healthcheck: {test: [CMD, redis-cli, -a, hunter2, ping]}", "`-a` is given"),
    ("healthcheck: {test: [CMD-SHELL, mysqladmin ping -phunter2]}", "`-p` is given"),
    ("healthcheck: {test: 'curl http://a:hunter2@localhost/'}", "URL has its password"),
    ("deploy: {labels: {x: 'amqp://a:b@q'}}", "URL has its password"),
    ("logging: {options: {x: xoxb-1234-abcd}}", "a token stands here"),
]


@pytest.mark.parametrize(("setting", "said"), SECRETS)
def test_a_secret_is_found_wherever_it_stands_in_a_service(
    tmp_path: Path, setting: str, said: str
) -> None:
    service = f"{{image: 'a:1', {setting}}}" if "build" not in setting else f"{{{setting}}}"
    text = SMALL.replace("{build: .}", service)
    found = [f for f in check(loaded(tmp_path, text)) if f.code == "literal-secret"]

    assert len(found) == 1
    assert said in found[0].message
    assert "hunter2" not in found[0].message
    assert found[0].span is not None


FILES = {
    "requirepass hunter2\n": 1,
    "[db]\npassword = hunter2\n": 2,
    "a:\n  - x\n  api_key: 'abc123'  # now\n": 3,
    "url=postgres://a:hunter2@db/x": 1,
    "DB_PASSWORD=${DB_PASSWORD:-hunter2}": 1,
    "-----BEGIN RSA PRIVATE KEY-----": 1,
    "password = {{ web.port }}\nurl: postgres://a:{{ web.port }}@db/x\n": None,
    "ssl_certificate_key /run/secrets/tls_key;\npassword_file: /etc/x\ntoken: true\n": None,
    "password = os.environ['X']\nsecret: $SECRET\npassword:\n  min: 8\n# password = \n": None,
    "proxy_set_header X-Token $http_x_token;\nserver_tokens off;\n": None,
}


@pytest.mark.parametrize("text", FILES)
def test_a_secret_is_found_in_a_file_that_a_service_mounts(tmp_path: Path, text: str) -> None:
    files = "files: [{template: x.conf, to: /etc/x.conf}], service: {build: .}"
    model = write(tmp_path, app=SMALL.replace("service: {build: .}", files))
    (model / "x.conf").write_text(text)
    found = [f for f in check(load_model(model)) if f.code == "literal-secret"]

    assert [f.message.partition(":")[0] for f in found] == (
        [f"`x.conf`, line {FILES[text]}"] if FILES[text] else []
    )


NO_SECRETS = [
    "environment: {TOKEN_URL: https://a.example/token}",
    "environment: {POSTGRES_PASSWORD_FILE: /run/secrets/x, SECRET: /run/secrets/y}",
    'environment: {DB: "postgres://app:{{ secret.k }}@db/app"}',
    'environment: {PASSWORD: "${PASSWORD:?}", A_TOKEN: "${X?y}", B_TOKEN: "${B:-}", C_TOKEN: $C}',
    "environment: {USE_TOKENS: true, TOKEN_LIFETIME: 300, MYSQL_ALLOW_EMPTY_PASSWORD: 'yes'}",
    "environment: {X: '${MAX_TOKENS:-4096}', Y: '${KEY_FILE:-/run/secrets/k}', A_PASSWORD: }",
    'environment: ["API_KEY={{ secret.k }}", PASSWORD]',
    'build: {context: ., args: {NPM_TOKEN: "${NPM_TOKEN:?}", PYTHON: "3.12"}}',
    'command: "redis-server --requirepass {{ secret.k }}"',
    'command: [redis-server, --requirepass, "${REDIS_PASSWORD:?}", --appendonly, "yes"]',
    "command: [serve, --password-file, /run/secrets/k, --no-password, db]",
    "command: serve --token --verbose --password-stdin x",
    "command: [psql, -p, '5432', -a, f.sql]",
    'healthcheck: {test: [CMD-SHELL, "redis-cli -a $$REDIS_PASSWORD ping"]}',
    'healthcheck: {test: [CMD-SHELL, "PGPASSWORD=$$(cat /run/secrets/k) pg_isready"]}',
    "healthcheck: {test: [CMD, python, -c, \"f(token=os.environ['TOKEN'], password=read())\"]}",
    "healthcheck: {test: [CMD, curl, 'http://localhost:8000/a@b']}",
    "labels: {traefik.http.routers.token.rule: 'Host(`a`)'}",
    'labels: ["team=a"]',
]


@pytest.mark.parametrize("setting", NO_SECRETS)
def test_what_only_speaks_of_secrets_is_none(tmp_path: Path, setting: str) -> None:
    service = f"{{image: 'a:1', {setting}}}" if "build" not in setting else f"{{{setting}}}"
    text = SMALL.replace("{build: .}", service) + "    secrets: {k: Opens.}\n"

    assert "literal-secret" not in [f.code for f in check(loaded(tmp_path, text))]
