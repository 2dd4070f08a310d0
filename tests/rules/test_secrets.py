"""Passwords, keys and tokens in plain text are found, and what only speaks of them is not."""

# ruff: noqa: E501 - one case a line is read most easily

from __future__ import annotations

import time
from pathlib import Path

import pytest

from archdoc.report.text import full
from archdoc.rules import check
from archdoc.rules.clear_text import secrets_in_file
from archdoc.source import load_model
from helpers import SMALL, loaded, write

SECRETS = [
    ("environment: {DB_PASSWORD: '${DB_PASSWORD:-hunter2}'}", "DB_PASSWORD` holds"),
    ("environment: {X: '${DB_PASSWORD-hunter2}'}", "default of `DB_PASSWORD`"),
    ("environment: {X: '${DB_PASSWORD:-${OTHER:-hunter2}}'}", "default of `DB_PASSWORD`"),
    ("environment: {X: 'postgres://a:${DB_PASSWORD:-hunter2}@db/a'}", "default of `DB_PASSWORD`"),
    ("environment: {X: 'postgres://a:${PART:-hunter2}@db/a'}", "URL has its password"),
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
    ("logging: {driver: gelf, options: {x: xoxb-1234-abcd}}", "a token stands here"),
    *(
        (f"environment: {{{name}: hunter2}}", f"`{name}` holds")
        for name in (
            "DB_PASS",
            "SMTP_PASS",
            "RABBITMQ_DEFAULT_PASS",
            "DB_PWD",
            "DB_PW",
            "dbPw",
            "DBPASS",
            "ENCRYPTION_KEY",
            "SIGNING_KEY",
            "APP_KEY",
            "JWT_KEY",
            "ERLANG_COOKIE",
            "SECRET_KEY_BASE",
            "DB_PASSWORD_2",
            "clientSecret",
            "jwtKey",
            "apiKey",
            "AWS_SECRET_ACCESS_KEY",
        )
    ),
    ("environment: {DB_PASSWORD: \"{{ 'hunter2' }}\"}", "`DB_PASSWORD` holds"),
    ("environment: {DB_PASSWORD: 'hunter2${X}'}", "`DB_PASSWORD` holds"),
    ("environment: {X: 'jdbc:postgresql://db/a?user=a&password=hunter2'}", "`password` is given"),
    ("environment: {X: 'jdbc:sqlserver://db;user=sa;password=hunter2;'}", "`password` is given"),
    ("environment: {X: 'host=db user=a password=hunter2'}", "`password` is given"),
    ("environment: {X: 'Server=db;Uid=a;Pwd=hunter2;'}", "`Pwd` is given"),
    ("environment: {X: 'https://a.example/x?api_key=hunter2'}", "`api_key` is given"),
    *(
        (f"environment: {{X: '{token}'}}", "a token stands here")
        for token in (
            "glpat-" + "a1" * 10,
            "github_pat_" + "a1" * 20,
            "npm_" + "a1" * 18,
            "AIza" + "a1-_" * 9,
            "SG." + "a1" * 11 + "." + "b2" * 21,
            "ASIA" + "A1" * 8,
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
            "https://hooks.slack.com/" + "services/T0A1/B0A1/abcABC123",
        )
    ),
    ("command: serve --pass hunter2", "`--pass` is given"),
    ("command: serve --db-pass=hunter2", "`--db-pass` is given"),
    ("command: [serve, --db-pass=hunter2]", "`--db-pass` is given"),
    ("command: curl -u user:hunter2 http://web/", "`-u` is given"),
    ("command: exporter -u admin:hunter2", "`-u` is given"),
    ("command: [exporter, --basic-auth=admin:hunter2]", "`--basic-auth` is given"),
    ("environment: {BASIC_AUTH: 'admin:hunter2'}", "`BASIC_AUTH` holds"),
    ("environment: {NEO4J_AUTH: neo4j/hunter2}", "`NEO4J_AUTH` holds"),
    ("command: [curl, --user, 'user:hunter2', 'http://web/']", "`--user` is given"),
    ("command: curl -uuser:hunter2 http://web/", "`-u` is given"),
    ("command: sshpass -p hunter2 ssh host", "`-p` is given"),
    ("command: \"curl -H 'Authorization: Bearer hunter2' http://web/\"", "a header has its secret"),
    ("command: [curl, -H, 'Authorization: Bearer hunter2']", "a header has its secret"),
    ("environment: {X: Bearer hunter2}", "a header has its secret"),
    ("environment: {X: Bearer abcdefghijklmnopqrst}", "a header has its secret"),
    ("environment: ['X=Bearer hunter2-abc']", "a header has its secret"),
    ("environment: {X: Basic aGVpa286aHVudGVyMg==}", "a header has its secret"),
    (
        "labels: {x.customrequestheaders.auth: 'basic aGVpa286aHVudGVyMg=='}",
        "a header has its secret",
    ),
    *(
        (f"labels: {{x.allowed: '{entry}'}}", "the hash of a password stands here")
        for entry in (
            "admin:$$apr1$$q8eZFHjF$$Fvmkk//V6Btlaf2i/ju5n/",
            "admin:$$2y$$05$$c4WoMPo3SXsafkva.HHa6uXQZWr7oboPiC2bT/r7q1BB8I2s0BRqC",
            "a:$$6$$rounds=5000$$salt$$" + "a1./" * 21,
            "a:{SHA}Et6pb+wgWTVmq3VpLJlJWWgzrck=",
        )
    ),
    ("post_start: [{command: psql --password=hunter2}]", "`--password` is given"),
    ("pre_stop: [{command: x, environment: {DB_PASSWORD: hunter2}}]", "`DB_PASSWORD` holds"),
    ("pre_stop: [{command: x, environment: [DB_PASSWORD=hunter2]}]", "`DB_PASSWORD` holds"),
    ("build: {context: ., labels: {db.password: hunter2}}", "`db.password` holds"),
    ("build: {context: ., labels: [db.password=hunter2]}", "`db.password` holds"),
    ("deploy: {labels: {db.password: hunter2}}", "`db.password` holds"),
    ("logging: {driver: splunk, options: {splunk-token: hunter2}}", "`splunk-token` holds"),
    ("provider: {type: x, options: {password: hunter2}}", "`password` holds"),
    ("x-db: {password: hunter2}", "`password` holds"),
    ('build: {context: ., dockerfile_inline: "FROM a:1\\nENV DB_PASSWORD=hunter2"}', "holds"),
    ('build: {context: ., dockerfile_inline: "FROM a:1\\nRUN x --password hunter2"}', "is given"),
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
    assert found[0].span is not None
    assert "hunter2" not in found[0].message
    assert "hunter2" not in full(found)


FILES = {
    "requirepass hunter2\n": 1,
    "[db]\npassword = hunter2\n": 2,
    "a:\n  - x\n  api_key: 'abc123'  # now\n": 3,
    "url=postgres://a:hunter2@db/x": 1,
    "DB_PASSWORD=${DB_PASSWORD:-hunter2}": 1,
    "-----BEGIN RSA PRIVATE KEY-----": 1,
    '{"user": "a", "password": "hunter2"}': 1,
    "x: 1\n{% set db = 'hunter2' %}\npassword = {{ db }}\n": 3,
    '{% set db_password = "hunter2" %}\n': 1,
    "host=db user=a password=hunter2\n": 1,
    'proxy_set_header Authorization "Bearer hunter2";\n': 1,
    "# users\nadmin:$apr1$q8eZFHjF$Fvmkk//V6Btlaf2i/ju5n/\n": 2,
    'password_encryption = scram-sha-256\nproxy_set_header Authorization "Bearer $t";\n': None,
    '{"password": "{{ web.port }}", "token_lifetime": "30 days"}': None,
    "host={{ web.host }} user=a password={{ web.port }}\n": None,
    "conn = connect(host=host, user=user, password=password)\n": None,
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

    assert [f.span and f.span.line for f in found] == ([FILES[text]] if FILES[text] else [])
    for finding in found:
        assert finding.span is not None
        assert finding.span.file.endswith("x.conf")
        assert "hunter2" not in full([finding])
        [note] = finding.notes
        assert note.message == "`x.conf` is mounted here"
        assert note.span is not None
        assert note.span.file.endswith("app.yaml")


def test_a_secret_in_a_file_is_accepted_where_the_file_is_mounted(tmp_path: Path) -> None:
    mount = """files: [
              # archdoc: ignore[literal-secret] an example, and not what runs
              {template: x.conf, to: /etc/x.conf}], service: {build: .}"""
    model = write(tmp_path, app=SMALL.replace("service: {build: .}", mount))
    (model / "x.conf").write_text("password = hunter2\n")

    codes = {finding.code for finding in check(load_model(model))}
    assert not codes & {"literal-secret", "unused-ignore"}


@pytest.mark.parametrize("section", ["volumes", "networks"])
def test_a_secret_is_found_in_options_of_volumes_and_networks(tmp_path: Path, section: str) -> None:
    options = "{driver_opts: {o: 'username=u,password=hunter2', type: cifs}}"
    text = f"{SMALL}    {section}: {{v: {{description: Kept., options: {options}}}}}\n"
    [found] = [f for f in check(loaded(tmp_path, text)) if f.code == "literal-secret"]

    assert found.message == "`password` is given its secret in plain text"


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
    "environment: {ACCESS_TOKEN_EXPIRE_MINUTES: '30', PASSWORD_RESET_TIMEOUT: 3600}",
    "environment: {TOKEN_LIFETIME_SECONDS: 3600, API_KEY_ROTATION_DAYS: 900, SECRET_BACKEND: vault}",
    "environment: {DB_SECRET_ID: prod/db, SESSION_SECRET_ARN: 'arn:aws:secretsmanager:x:1:secret:y'}",
    "environment: {PASSWORD_HASHERS: argon2, MYSQL_RANDOM_ROOT_PASSWORD: '1', VERIFY_TOKEN: 1}",
    "environment: {VAULT_TOKEN: 'vault:secret/data/x#y', OAUTH_TOKEN: 'http://auth.example/token'}",
    "environment: {A_SECRET: 'arn:aws:secretsmanager:x:1:secret:y', B_SECRET: 'file:/run/x'}",
    "environment: {GOOGLE_APPLICATION_CREDENTIALS: /etc/google/key.json, PWD: /srv, COMPASS: north}",
    "environment: {X: 'https://a.example/?token={{ secret.k }}&password=${PASSWORD:?}'}",
    "environment: {X: 'host=db user=a password={{ secret.k }}', A_TOKEN: 'Bearer {{ secret.k }}'}",
    "environment: {B_TOKEN: 'v1-${B:?}-{{ secret.k }}', C_TOKEN: '${A:?}${B:?}'}",
    "environment: {X: Bearer authentication, Y: 'Basic auth', Z: 'Bearer ${T:?}', A: 'Basic 1234', B: Bearer 2}",
    "environment: {X: 'Bearer {{ secret.k }}', Y: 'Basic {{ secret.k }}', Z: 'basic settings of v1'}",
    "command: 'echo $$1$$name_of_something_long $$6 $$2y$$'",
    "command: postgres -c password_encryption=scram-sha-256",
    "command: curl -u user http://web/",
    "command: run -u app:app -u app:root -u host:8080 --user http://a.example:80/x",
    "command: gosu -u app:web run",
    "command: docker run -u 1000:1000 --user app:web x",
    "command: 'exporter -u admin:{{ secret.k }} --auth admin:${PW:?}'",
    "environment: {BASIC_AUTH: 'true', HTTP_AUTH: none, A_BASIC_AUTH: /etc/users, AUTH: 'oauth:x'}",
    "environment: {BASIC_AUTH: 'admin:{{ secret.k }}', ENABLE_BASIC_AUTH: 'a:hunter2', PW: ''}",
    "environment: {BASIC_AUTH: 'file:/etc/users', NEO4J_AUTH: neo4j/$PW, COMPASS: n, BYPASS: x}",
    "command: 'curl -u user:{{ secret.k }} http://web/'",
    "command: \"curl -H 'Authorization: Bearer {{ secret.k }}' http://web/\"",
    "command: 'sshpass -p {{ secret.k }} ssh -p 2222 host'",
    "logging: {driver: splunk, options: {splunk-token: '{{ secret.k }}'}}",
    'build: {context: ., dockerfile_inline: "FROM a:1\\nARG NPM_TOKEN\\nRUN x --password-stdin"}',
]


@pytest.mark.parametrize("setting", NO_SECRETS)
def test_what_only_speaks_of_secrets_is_none(tmp_path: Path, setting: str) -> None:
    service = f"{{image: 'a:1', {setting}}}" if "build" not in setting else f"{{{setting}}}"
    text = SMALL.replace("{build: .}", service) + "    secrets: {k: Opens.}\n"

    assert "literal-secret" not in [f.code for f in check(loaded(tmp_path, text))]


@pytest.mark.parametrize(
    "piece",
    ["host=a ", "password=", "host=a password=", "authorization ", "authorization" + " " * 99, "{{",
     "'${", "$(", "`", "?a", "://", "a://b:", "eyJ", "SG.", "bearer ", "basic ", "$1", "$1$a", "$apr1$a$", "{SHA}", "{% set a = '", '"a":', "a", "1", "-----BEGIN "],
)  # fmt: skip
@pytest.mark.parametrize("before", ["", "password = '", "host=a password="])
def test_long_lines_of_strangers_are_looked_through_at_once(before: str, piece: str) -> None:
    text = before + piece * (200_000 // len(piece)) + "'"
    begin = time.process_time()
    list(secrets_in_file(text))

    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    ("said", "message", "instead"),
    [
        ("configs: [app]", "a model has no configs at its top", "in place of a config"),
        ("models: {llm: null}", "a model has no models at its top", "in place of a model"),
    ],
)
def test_what_a_model_has_no_word_for_is_told_with_what_takes_its_place(
    tmp_path: Path, said: str, message: str, instead: str
) -> None:
    text = SMALL.replace("{build: .}", "{build: ., " + said + "}")
    [found] = [f for f in check(loaded(tmp_path, text)) if f.code == "undeclared-secret"]

    assert found.message.startswith(message)
    assert found.help.startswith(instead)
