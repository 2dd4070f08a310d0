# ruff: noqa: E501 - one case a line is read most easily
from __future__ import annotations

import re
from pathlib import Path

import pytest

from archdoc.model import ANYWHERE, CATALOGUE
from archdoc.rules import ALL_RULES, EVERY_RULE, check, check_rest
from archdoc.source import Loaded, SourceError
from conftest import ROOT
from helpers import SMALL, loaded, on_aws


def _kept(text: str) -> str:
    """The same, where `db` is a database."""
    return on_aws(text).replace("db: {", "db: {kind: database, ")


def _service(web: str, db: str) -> str:
    """The small model with something more in its two services."""
    text = SMALL.replace("{build: .}", "{build: ., " + web + "}")
    return text.replace("{image: postgres,", "{image: postgres, " + db + ",")


def _view(text: str) -> str:
    return f"{SMALL}    views:\n      v: {text}\n"


def _hints(text: str) -> str:
    return _view(f"{{kind: container, of: shop, {text}}}")


_NETWORKS = SMALL.replace(
    "project: {kind: docker.compose, runs: [web, db]}",
    "{a: {kind: host}, b: {kind: host}, p: {kind: docker.compose, in: a, runs: [web]},"
    " q: {kind: docker.compose, in: b, runs: [db]}}",
)
_APART = SMALL.replace("- web -> db: SQL queries", "- user -> db: SQL queries")


def _names_host(web: str) -> str:
    """The small model where `web` and `db` do not talk, with something more in web's service."""
    return _APART.replace("{build: .}", "{build: ., " + web + "}")


_PROJECTS = SMALL.replace(
    "project: {kind: docker.compose, runs: [web, db]}",
    "{a: {kind: host}, p: {kind: docker.compose, in: a, runs: [web]},"
    " p_: {kind: docker.compose, in: a, runs: [db]}}",
)


CASES = [
    ("unknown-reference", SMALL.replace("web -> db", "web -> dbb"), "dbb", "did you mean `db`?"),
    ("unknown-reference", SMALL + "    glossary: {Order: {meaning: What is bought., see: wep}}", "wep", "did you mean `web`?"),
    ("unknown-reference", on_aws("a: {kind: aws.ec2, in: vpcc}"), "vpcc", "did you mean `vpc`?"),
    ("unknown-reference", on_aws("a: {kind: aws.ec2, in: vpc, runs: [wep]}"), "wep", "did you mean `web`?"),
    ("unknown-reference", on_aws("a: {kind: aws.ec2, in: vpc, runs: bd}"), "bd", "did you mean `db`?"),
    ("unknown-node-kind", on_aws("a: {kind: aws.fargat, in: vpc, runs: [web]}"), "aws.fargat", "did you mean `aws.fargate`?"),
    ("impossible-topology", on_aws("a: {kind: aws.s3, in: vpc}"), "vpc", ""),
    ("impossible-topology", on_aws("a: {kind: aws.rds}"), "a", ""),
    ("impossible-topology", on_aws("a: {kind: aws.fargate, in: b}\nb: {kind: aws.ec2, in: vpc}"), "b", ""),
    ("impossible-topology", on_aws("a: {kind: aws.vpc, in: b}\nb: {kind: aws.vpc, in: a}"), "b", ""),
    ("impossible-topology", on_aws("a: {kind: aws.s3, in: region, runs: [web]}"), "[web]", ""),
    ("impossible-topology", on_aws("a: {kind: aws.ec2, in: vpc, realises: web}"), "web", ""),
    ("placed-twice", on_aws("a: {kind: aws.ec2, in: vpc, runs: [db]}\nb: {kind: aws.rds, in: vpc, realises: db}"), "db", ""),
    ("placed-twice", on_aws("a: {kind: aws.ec2, in: vpc, runs: [{container: web, replicas: 2}]}"), "{container: web, replicas: 2}", ""),
    ("unused-rewording", SMALL + "        reword: {SQL querys: Queries}\n", "SQL querys", "did you mean `SQL queries`?"),
    ("placed-twice", on_aws("a: {kind: aws.ec2, in: vpc, runs: [db, db]}"), "db", ""),
    ("unfit-service", on_aws("a: {kind: aws.s3, in: region, realises: db}"), "db", ""),
    ("unfit-service", _kept("a: {kind: aws.lambda, in: region, runs: [web, db]}"), "db", ""),
    ("unfit-service", _kept("a: {kind: aws.app-runner, in: region, runs: [{container: db}]}"), "db", ""),
    ("unfit-service", _kept("a: {kind: aws.batch, in: region, runs: [s.db]}"), "s.db", ""),
    ("empty-node", on_aws("a: {kind: aws.ec2, in: vpc}"), "a", ""),
    ("unknown-node-kind", on_aws("a: {kind: MemoryDBforRedis, in: vpc}"), "MemoryDBforRedis", "that is `aws.memorydb`"),
    ("impossible-topology", on_aws("a: {kind: aws.rds, in: vpc, fronts: web}"), "web", ""),
    ("idle-balancer", on_aws("a: {kind: aws.alb, in: vpc}"), "a", ""),
    ("idle-balancer", on_aws("a: {kind: aws.alb, in: vpc, fronts: web}"), "web", ""),
    ("idle-balancer", on_aws("a: {kind: aws.alb, in: vpc, realises: web, carries: all}"), "all", ""),
    ("impossible-topology", on_aws("a: {kind: aws.rds, in: vpc, carries: all}"), "all", ""),
    ("unknown-reference", on_aws("a: {kind: aws.alb, in: vpc, fronts: wep}"), "wep", "did you mean `web`?"),
    ("fronted-twice", on_aws("w: {kind: aws.ec2, in: vpc, runs: [web]}\na: {kind: aws.alb, in: vpc, fronts: web}\nb: {kind: aws.nlb, in: vpc, fronts: [web]}"), "web", ""),
    ("fronted-twice", on_aws("a: {kind: aws.alb, in: vpc, fronts: a}"), "a", ""),
    ("fronted-twice", on_aws("a: {kind: aws.alb, in: vpc, fronts: b}\nb: {kind: aws.alb, in: vpc, fronts: a}"), "b", ""),
    ("idle-balancer", on_aws("a: {kind: aws.alb, in: vpc, fronts: h}\nh: {kind: aws.ec2, in: vpc}\np: {kind: docker.compose, in: h}"), "h", ""),
    ("idle-balancer", on_aws("a: {kind: aws.alb, in: vpc, fronts: c}\nc: {kind: aws.ecs, in: vpc}"), "c", ""),
    ("fronted-twice", on_aws("c: {kind: aws.ecs, in: vpc}\nw: {kind: aws.fargate, in: c, runs: [web]}\na: {kind: aws.alb, in: vpc, fronts: web}\nb: {kind: aws.nlb, in: vpc, fronts: c}"), "web", ""),
    ("fronted-twice", on_aws("w: {kind: aws.ec2, in: vpc, runs: [web]}\na: {kind: aws.alb, in: vpc, fronts: [web, s.web]}"), "s.web", ""),
    ("unlike-technology", SMALL + "          rds: {kind: aws.rds.mysql, realises: db}\n", "db", ""),
    ("unlike-technology", SMALL + "          rds: {kind: aws.rds, settings: {engine: mysql}, realises: db}\n", "db", ""),
    ("unfit-setting", on_aws("a: {kind: aws.rds, in: vpc, settings: {instance_clas: db.t4g.small}}"), "instance_clas", "did you mean `instance_class`?"),
    ("unfit-network", on_aws("v: {kind: aws.vpc, in: region, settings: {cidr: 10.0.0.0/16}}\nz: {kind: aws.availability-zone, in: v}\ns: {kind: aws.private-subnet, in: z, settings: {cidr: 10.1.0.0/24}}"), "10.1.0.0/24", ""),
    ("public-database", on_aws("z: {kind: aws.availability-zone, in: vpc}\np: {kind: aws.public-subnet, in: z}\na: {kind: aws.rds, in: p, realises: db}"), "p", ""),
    ("public-database", on_aws("a: {kind: aws.rds, in: vpc, realises: db, settings: {publicly_accessible: true}}"), "true", ""),
    ("missing-capacity", on_aws("c: {kind: aws.ecs, in: vpc}\na: {kind: aws.ecs-service, in: c, runs: [web]}"), "a", ""),
    ("unfit-zone", on_aws("z: {kind: aws.availability-zone, in: vpc}\na: {kind: aws.alb, in: z}"), "z", ""),
    ("unknown-reference", on_aws("a: {kind: aws.ecs, in: vpc, spans: [vpcc]}"), "vpcc", "did you mean `vpc`?"),
    ("not-placed", on_aws("a: {kind: aws.ec2, in: vpc, runs: [web]}"), "e", ""),
    ("missing-network", _NETWORKS, "web", ""),
    ("unkept-data", SMALL.replace("tmpfs: /var/lib/postgresql/data", "init: true"), "postgres", ""),
    ("unfit-address", _service("networks: {n: {ipv4_address: 10.0.0.5}}", "init: true") + "    networks: {n: x}\n", "10.0.0.5", ""),
    ("shared-env-file", _service("env_file: .env", "env_file: [db.env]"), ".env", ""),
    ("shared-env-file", _service("env_file: [web.env, ./.env]", "init: true"), "./.env", ""),
    ("shared-env-file", _service('env_file: [{path: "${F:-.env}", required: false}]', "init: true"), '"${F:-.env}"', ""),
    ("shared-env-file", _service('volumes: ["./.env:/app/.env:ro"]', 'volumes: ["./x/.env:/x"]'), '"./.env:/app/.env:ro"', ""),
    ("shared-id", SMALL.replace("user:", "shop:").replace("user ->", "web ->"), "shop", ""),
    ("unused-element", SMALL.replace("- user -> web: Orders", "- web -> db: Orders"), "user", ""),
    ("missing-label", SMALL.replace(": Orders", ""), "user -> web", ""),
    ("duplicate-relationship", SMALL.replace("- web -> db", "- user -> shop.web: Orders\n      - web -> db"), "user -> shop.web: Orders", ""),
    ("inner-relationship", SMALL.replace("user -> web", "shop -> web"), "shop -> web: Orders", ""),
    ("port-conflict", _service('ports: ["80:8000"]', 'ports: ["80:5432"]'), '"80:5432"', ""),
    ("port-conflict", _service('ports: ["8000-8005:8000"]', "ports: [{target: 1, published: 8003}]"), "{target: 1, published: 8003}", ""),
    ("port-conflict", _service('ports: ["{{ web.port }}:80"]', 'ports: ["8000:80"]'), '"8000:80"', ""),
    ("port-conflict", _service('ports: ["{{ shop.web.port }}:80"]', 'ports: ["8000:80"]'), '"8000:80"', ""),
    ("port-conflict", _service('ports: ["${P:-8000}:80"]', 'ports: [{target: 80, published: "${Q:-${R-8000}}"}]'), '{target: 80, published: "${Q:-${R-8000}}"}', ""),
    ("published-data-store", _service("init: true", 'ports: ["5432:5432"]'), '"5432:5432"', ""),
    ("unpinned-image", SMALL.replace('version: "15", ', ""), "postgres", ""),
    ("unpinned-image", SMALL.replace("image: postgres", "image: postgres:latest"), "postgres:latest", ""),
    ("unpinned-image", SMALL.replace("image: postgres", 'image: "${IMG:-postgres}"'), '"${IMG:-postgres}"', ""),
    ("unpinned-image", SMALL.replace("image: postgres", 'image: "x/y:${TAG:-latest}"'), '"x/y:${TAG:-latest}"', ""),
    ("unpinned-image", SMALL.replace("image: postgres", 'image: "x:{{ variable.t }}"') + "    variables: {t: {default: latest}}\n", '"x:{{ variable.t }}"', ""),
    ("unpinned-image", SMALL.replace("image: postgres", 'image: "{{ variable.i }}"') + "    variables: {i: {default: postgres}}\n", '"{{ variable.i }}"', ""),
    ("unbuilt-context", SMALL.replace("{build: .}", '{build: {context: ., additional_contexts: {a: "service:db"}}}'), '"service:db"', ""),
    ("unbuilt-context", SMALL.replace("{build: .}", "{build: {context: ., additional_contexts: ['a=service:db']}}"), "'a=service:db'", ""),
    ("startup-cycle", SMALL.replace("image: postgres", "extends: web, image: postgres"), "web", ""),
    ("missing-image", SMALL.replace("{build: .}", "{init: true}"), "service", ""),
    ("missing-healthcheck", SMALL.replace(", healthcheck: {test: pg_isready}", ""), "db", ""),
    ("missing-healthcheck", _service("healthcheck: {disable: true}", "init: true"), "{disable: true}", ""),
    ("literal-secret", _service("environment: {DB_PASSWORD: hunter2}", "init: true"), "*******", ""),
    ("literal-secret", _service('environment: ["URL=postgres://app:hunter2@db/app"]', "init: true"), '"URL=postgres://app:*******@db/app"', ""),
    ("literal-secret", _service("environment: {PAY: sk_live_12345}", "init: true"), "*************", ""),
    ("literal-secret", SMALL + "    variables: {db_password: {description: d, default: hunter2}}\n", "*******", ""),
    ("startup-cycle", SMALL.replace("- web -> db", "- {from: db, to: web, label: x, opened_by: source}\n      - web -> db"), "[web, db]", ""),
    ("startup-cycle", _service("init: true", "depends_on: [web]"), "web", ""),
    ("startup-cycle", _service("init: true", "depends_on: {web: {condition: service_started}}"), "web", ""),
    ("startup-cycle", _service('links: ["web:me"]', "init: true"), '"web:me"', ""),
    ("startup-cycle", _service("extends: web", "init: true"), "web", ""),
    ("unknown-service", _service("depends_on: [dbb]", "init: true"), "dbb", "did you mean `db`?"),
    ("unknown-service", _service("depends_on: {dbb: {condition: service_started}}", "init: true"), "dbb", "did you mean `db`?"),
    ("unknown-service", _service('links: ["dbb:data"]', "init: true"), "dbb", "did you mean `db`?"),
    ("unknown-service", _service('volumes_from: ["dbb:ro"]', "init: true"), "dbb", "did you mean `db`?"),
    ("unknown-service", _service('pid: "service:dbb"', "init: true"), "dbb", "did you mean `db`?"),
    ("unknown-service", _service('ipc: "service:other"', "init: true"), "other", ""),
    ("unknown-service", _service('network_mode: "service:dbb"', "init: true"), "dbb", "did you mean `db`?"),
    ("unknown-service", _service("extends: {service: bas}", "init: true"), "bas", ""),
    ("unknown-service", _service("extends: bas", "init: true"), "bas", ""),
    ("unknown-service", SMALL.replace("{build: .}", '{build: {context: ., additional_contexts: {a: "service:dbb"}}}'), "dbb", "did you mean `db`?"),
    ("unknown-service", SMALL.replace("{build: .}", '{build: {context: ., additional_contexts: ["a=service:dbb"]}}'), "dbb", "did you mean `db`?"),
    ("unknown-network", _service("networks: [bakend]", "init: true") + "    networks: {backend: x}\n", "bakend", "did you mean `backend`?"),
    ("unknown-network", _service("networks: {web-bd: {aliases: [x]}}", "init: true"), "web-bd", "did you mean `web-db`?"),
    ("unknown-network", _service("networks: ['${N:-bakend}']", "init: true") + "    networks: {backend: x}\n", "'${N:-bakend}'", "did you mean `backend`?"),
    ("undeclared-secret", _service("secrets: ['${S:-kye}']", "init: true") + "    secrets: {key: {file: ./key}}\n", "'${S:-kye}'", "did you mean `key`?"),
    ("undeclared-secret", _service("secrets: [kye]", "init: true") + "    secrets: {key: {file: ./key}}\n", "kye", "did you mean `key`?"),
    ("undeclared-secret", _service("secrets: [{source: key}]", "init: true") + "    secrets: {key: x}\n", "key", ""),
    ("undeclared-secret", _service("command: 'serve {{ secret.kye }}'", "init: true") + "    secrets: {key: Signs.}\n", "secret.kye", "did you mean `key`?"),
    ("undeclared-secret", _service("environment: {A: '{{ variable.a | upper }}'}", "init: true"), "variable.a", ""),
    ("undeclared-secret", _service("configs: [app]", "init: true"), "app", ""),
    ("undeclared-secret", _service("models: {llm: null}", "init: true"), "llm", ""),
    ("shared-project", SMALL + "      Local: {description: There., nodes: {project: {kind: docker.compose, runs: [web, db]}}}\n", "Local", ""),
    ("shared-project", _PROJECTS, "p_", ""),
    ("shared-project", SMALL.replace("local:", "aws-x:") + "      aws: {description: There., nodes: {x: {kind: docker.compose, runs: web}, y: {kind: docker.compose, runs: db}}}\n", "x", ""),
    ("shared-variable", SMALL + "    secrets: {a-b: x, a_b: x}\n", "a_b", ""),
    ("shared-variable", SMALL + "    secrets: {pw: x}\n    variables: {PW: x}\n", "PW", ""),
    ("shared-variable", SMALL + "    secrets: {fs: {file: ./a}, fs_file: x}\n", "fs_file", ""),
    ("reserved-variable", SMALL + "    secrets: {path: x}\n", "path", ""),
    ("reserved-variable", SMALL + "    variables: {compose-file: {default: x}}\n", "compose-file", ""),
    ("reserved-variable", SMALL + "    variables: {docker_host: {default: x}}\n", "docker_host", ""),
    ("unmet-condition", _service('ipc: "service:db"', "init: true"), '"service:db"', ""),
    ("unmet-condition", _service('ipc: "service:db"', "ipc: private"), '"service:db"', ""),
    ("unmet-condition", _service("depends_on: {db: {condition: service_healthy}}", "init: true").replace(", healthcheck: {test: pg_isready}", ""), "db", ""),
    ("unmet-condition", _service("depends_on: {db: {condition: service_completed_successfully}}", "restart: always"), "always", ""),
    ("unmet-condition", _service("depends_on: {db: {condition: service_completed_successfully}}", "restart: 'no', deploy: {restart_policy: {condition: any}}"), "any", ""),
    ("unmet-condition", _service("depends_on: {db: {condition: service_completed_successfully}}", "deploy: {restart_policy: {delay: 5s}}"), "{delay: 5s}", ""),
    ("parted-by-profile", _service("depends_on: [db]", "profiles: [tools]"), "db", ""),
    ("parted-by-profile", _service("profiles: [a, tools], links: [db]", "profiles: [tools]"), "db", ""),
    ("mounted-twice", _service('volumes: ["./a:/d", "./b:/d/"]', "init: true"), '"./b:/d/"', ""),
    ("mounted-twice", SMALL.replace("service: {build: .}", "files: [{template: a, to: /x}, {template: b, to: /x}], service: {build: .}"), "/x", ""),
    ("wide-open-service", _service('volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro"]', "init: true"), '"/var/run/docker.sock:/var/run/docker.sock:ro"', ""),
    ("wide-open-service", _service("volumes: [{type: bind, source: /, target: /host}]", "init: true"), "{type: bind, source: /, target: /host}", ""),
    ("wide-open-service", _service('volumes: ["../../../../../../var/run/docker.sock:/r"]', "init: true"), '"../../../../../../var/run/docker.sock:/r"', ""),
    ("wide-open-service", _service('volumes: ["./../../../etc/:/x", "../etc:/y", "../..:/z"]', "init: true"), '"./../../../etc/:/x"', ""),
    ("wide-open-service", _service('volumes: ["../../../../..:/x"]', "init: true"), '"../../../../..:/x"', ""),
    ("wide-open-service", _service('volumes: ["//var/run/../run/docker.sock:/x"]', "init: true"), '"//var/run/../run/docker.sock:/x"', ""),
    ("wide-open-service", _service("volumes: ['v:/x']", "init: true") + "    volumes: {v: {description: d, options: {driver: local, driver_opts: {type: none, o: 'rw,bind', device: /}}}}\n", "/", ""),
    ("wide-open-service", _service("privileged: true", "init: true"), "true", ""),
    ("wide-open-service", _service("cap_add: [NET_ADMIN, ALL]", "init: true"), "ALL", ""),
    ("wide-open-service", _service("pid: host", "init: true"), "host", ""),
    ("wide-open-service", _service("network_mode: host", "init: true"), "host", ""),
    ("wide-open-service", _service('security_opt: ["seccomp:unconfined"]', "init: true"), '"seccomp:unconfined"', ""),
    ("wide-open-service", _service('use_api_socket: true', "init: true"), 'true', ""),
    ("wide-open-service", _service("devices: [/dev/null, /dev/mem]", "devices: [/dev/null, /dev/snd]"), '/dev/mem', ""),
    ("wide-open-service", _service('devices: ["/dev/sda:/dev/x:rwm"]', "init: true"), '"/dev/sda:/dev/x:rwm"', ""),
    ("wide-open-service", _service('volumes: ["/dev:/dev"]', "init: true"), '"/dev:/dev"', ""),
    ("wide-open-service", _service('volumes: ["/home/a/.ssh:/x:ro"]', "init: true"), '"/home/a/.ssh:/x:ro"', ""),
    ("wide-open-service", _service("cap_add: [DAC_READ_SEARCH]", "cap_add: [DAC_OVERRIDE]"), 'DAC_READ_SEARCH', ""),
    ("wide-open-service", _service('security_opt: ["no-new-privileges:false"]', "init: true"), '"no-new-privileges:false"', ""),
    ("wide-open-service", _service('post_start: [{command: x, privileged: true}]', "init: true"), 'true', ""),
    ("wide-open-service", _service('device_cgroup_rules: ["a *:* rwm"]', "init: true"), '"a *:* rwm"', ""),
    ("wide-open-service", _service('privileged: "${P:-true}"', 'privileged: "${P:-false}"'), '"${P:-true}"', ""),
    ("wide-open-service", _service('network_mode: "${P:-host}"', "init: true"), '"${P:-host}"', ""),
    ("wide-open-service", _service('volumes: ["${S:-/var/run/docker.sock}:/s"]', "init: true"), '"${S:-/var/run/docker.sock}:/s"', ""),
    ("wide-open-service", _service('cap_add: ["{{ variable.s }}"]', "init: true") + "    variables: {s: {default: ALL}}\n", '"{{ variable.s }}"', ""),
    ("wide-open-service", _service('privileged: "{{ variable.s }}"', "init: true") + "    variables: {s: {default: 'true'}}\n", '"{{ variable.s }}"', ""),
    ("wide-open-service", _service('devices: ["${D:-/dev/sda}:/dev/x"]', "init: true"), '"${D:-/dev/sda}:/dev/x"', ""),
    ("wide-open-service", _service("environment: {POSTGRES_HOST_AUTH_METHOD: trust}", "environment: {POSTGRES_HOST_AUTH_METHOD: md5}"), 'trust', ""),
    ("wide-open-service", _service("environment: [MYSQL_ALLOW_EMPTY_PASSWORD=yes]", "environment: [MYSQL_ALLOW_EMPTY_PASSWORD=]"), 'MYSQL_ALLOW_EMPTY_PASSWORD=yes', ""),
    ("wide-open-service", SMALL.replace("{build: .}", "{build: {context: ., privileged: true}}"), "true", ""),
    ("unreachable-host", _names_host('environment: {X: "{{ db.host }}:1"}'), "db.host", ""),
    ("unreachable-host", _names_host("command: [serve, '{{ shop.db.host }}']"), "shop.db.host", ""),
    ("unreachable-host", _names_host("command: '{% set h = db.host %}serve {{ h }}', networks: [a]"), "db.host", ""),
    ("unread-command", _service('command: "migrate {{ db.host | upper }} && serve"', "init: true"), '"migrate {{ db.host | upper }} && serve"', ""),
    ("unused-setting", SMALL + "    networks: {backend: x}\n", "backend", ""),
    ("useless-mount", SMALL.replace("- web -> db: SQL queries", "- {from: web, to: db, label: x, mount: /srv}"), "/srv", ""),
    ("contradicting-service", SMALL.replace("image: postgres", 'image: "postgres:14"'), '"postgres:14"', ""),
    ("contradicting-service", _service("deploy: {replicas: 3}", "init: true"), "3", ""),
    ("contradicting-service", _service("scale: 2", "init: true"), "2", ""),
    ("contradicting-service", _service("container_name: one", "init: true").replace("runs: [web,", "runs: [{container: web, replicas: 2},"), "one", ""),
    ("contradicting-service", _service('ports: ["80:80"]', "init: true").replace("runs: [web,", "runs: [{container: web, replicas: 2},"), '"80:80"', ""),
    ("contradicting-service", _service('ports: ["8080-8081:80-81"]', "init: true").replace("runs: [web,", "runs: [{container: web, replicas: 2},"), '"8080-8081:80-81"', ""),
    ("contradicting-service", _service("networks: {n: {ipv4_address: 10.0.0.2}}", "init: true").replace("runs: [web,", "runs: [{container: web, replicas: 2},"), "10.0.0.2", ""),
    ("contradicting-service", _service("init: true", 'volumes: ["data:/d"]').replace(", db]", ", {container: db, replicas: 2}]"), '"data:/d"', ""),
    ("contradicting-service", _service("network_mode: host", "init: true"), "host", ""),
    ("contradicting-service", _service("hostname: db", "init: true"), "db", ""),
    ("contradicting-service", _service("hostname: '${H:-db.lan}'", "init: true"), "'${H:-db.lan}'", ""),
    ("contradicting-service", _service('extra_hosts: ["x=::1", "db:10.9.9.9"]', "init: true"), '"db:10.9.9.9"', ""),
    ("contradicting-service", _service('extra_hosts: {db: 10.9.9.9}', "init: true"), "db", ""),
    ("unknown-volume", SMALL.replace("{build: .}", "{build: ., volumes: ['${V:-dta}:/x']}") + "    volumes: {data: x}\n", "dta", "did you mean `data`?"),
    ("unknown-volume", _service('volumes: ["dat:/d", "data:/e"]', "init: true") + "    volumes: {data: x}\n", "dat", "did you mean `data`?"),
    ("unknown-volume", _service("volumes: [{type: volume, source: data, target: /d}]", "init: true"), "data", ""),
    ("unknown-volume", _service('volumes: ["conf/nginx.conf:/etc/nginx.conf"]', "init: true"), "conf/nginx.conf", "did you mean `./conf/nginx.conf`?"),
    ("unknown-volume", _service('volumes: ["a b:/x"]', "init: true"), "a b", ""),
    ("unknown-volume", _service('volumes: ["vol :/x"]', "init: true") + "    volumes: {vol: x}\n", "vol ", "did you mean `vol`?"),
    ("unknown-volume", _service('volumes: ["v!:/x"]', "init: true"), "v!", ""),
    ("unknown-volume", _service('volumes: [{type: volume, source: "a b", target: /d}]', "init: true"), "a b", ""),
    ("unplaced-target", SMALL.replace("runs: [web, db]", "runs: [web]"), "web -> db: SQL queries", ""),
    ("taken-name", _service("container_name: one", "container_name: one"), "one", ""),
    ("empty-environment", SMALL + "      later: {nodes: {machine: {kind: host}}}\n", "later", ""),
    ("unused-setting", SMALL + "    volumes: {data: Rows.}\n", "data", ""),
    ("unused-setting", SMALL + "    secrets: {key: Signs.}\n", "key", ""),
    ("unused-group", SMALL + "    groups: {money: {}}\n", "money", ""),
    ("circular-group", SMALL + "    groups: {a: {in: b}, b: {in: a}}\n", "b", ""),
    ("unknown-reference", SMALL.replace("description: Sells.", "group: mony") + "    groups: {money: {}}\n", "mony", "did you mean `money`?"),
    ("empty-view", _view("{kind: landscape, include: [web]}"), "v", ""),
    ("empty-view", _view("{kind: aws, environment: local}"), "v", ""),
    ("selects-nothing", _view("{kind: container, of: shop, exclude: [{tag: x}]}"), "{tag: x}", ""),
    ("unknown-reference", _view("{kind: container, of: shop, exclude: [{around: wep}]}"), "wep", "did you mean `web`?"),
    ("unknown-step", _view("{kind: dynamic, steps: [user -> db: x]}"), "user -> db: x", ""),
    ("unknown-reference", _view("{kind: dynamic, steps: [user -> dbb: x]}"), "dbb", "did you mean `db`?"),
    ("unused-style", SMALL + "    styles: {old: {line: dashed}}\n", "old", ""),
    ("unreadable-style", SMALL.replace("description: Buys.", "tags: [old]") + "    styles: {old: {background: '#dddddd'}}\n", "'#dddddd'", ""),
    ("unknown-rule", SMALL + "    rules: {missing-lable: off}\n", "missing-lable", "did you mean `missing-label`?"),
    ("unknown-rule", SMALL + "    rules: {shared-id: off}\n", "off", ""),
    ("unfit-view", SMALL + "    views:\n      v: {kind: component, of: shop}\n", "shop", ""),
    ("unfit-view", SMALL + "    views:\n      v: {kind: component, of: db}\n", "db", ""),
    ("useless-hint", _view("{kind: context, of: shop, order: [user, web]}"), "web", ""),
    ("useless-hint", _view("{kind: container, of: shop, exclude: [db], near: [[web, db]]}"), "db", ""),
    ("useless-hint", _view("{kind: deployment, environment: local, exclude: [user], rank: [[user], [web]]}"), "user", ""),
    ("useless-hint", _hints("rank: [[user], [shop, db]]"), "shop", ""),
    ("useless-hint", _hints("rank: [[user], []]"), "[]", ""),
    ("useless-hint", _hints("order: [web]"), "web", ""),
    ("useless-hint", _hints("order: [web, user, db]"), "user", ""),
    ("useless-hint", _hints("near: [[web, db], [db, web]]"), "[db, web]", ""),
    ("useless-hint", _hints("rank: [[user], [web], [db]], near: [[web, db]]"), "[web, db]", ""),
    ("useless-hint", _hints("rank: [[user], [web, db]], order: [db, web]"), "web", ""),
    ("inner-relationship", SMALL.replace("- web -> db", "- web -> web: Self\n      - web -> db"), "web -> web: Self", ""),
    ("missing-description", SMALL.replace("description: Buys.", ""), "user", ""),
    ("ambiguous-reference", SMALL.replace("systems:", "systems:\n      other: {description: d, containers: {db: {description: d}}}"), "db", ""),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "model", "word", "label"), CASES)
def test_a_rule_finds_what_it_is_for_and_points_at_it(
    tmp_path: Path, rule: str, model: str, word: str, label: str
) -> None:
    findings = [f for f in check(loaded(tmp_path, model)) if f.code == rule]

    assert findings
    span = findings[0].span
    assert span is not None
    assert span.text[span.column - 1 : span.end_column - 1] == word
    assert findings[0].label == label
    assert findings[0].help


def test_every_rule_has_a_case() -> None:
    assert {rule.name for rule in ALL_RULES} == {case[0] for case in CASES}


def test_every_rule_explains_itself() -> None:
    for rule in EVERY_RULE:
        assert all((rule.summary, rule.why, rule.example, rule.fix))


def test_what_a_kind_stands_in_is_in_the_catalogue() -> None:
    known = {*CATALOGUE, "", ANYWHERE}

    assert all(set(kind.stands_in) <= known for kind in CATALOGUE.values())


def test_names_and_codes_are_unique_and_of_one_form() -> None:
    names = [rule.name for rule in EVERY_RULE]
    codes = [rule.code for rule in EVERY_RULE]

    assert len({*names, *codes}) == len(names) + len(codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names)
    assert all(re.fullmatch(r"A\d{3}", code) for code in codes)
    assert len(ALL_RULES) >= 25


def test_what_anything_reports_can_be_explained() -> None:
    sources = "".join(file.read_text() for file in (ROOT / "src").rglob("*.py"))
    reported = re.findall(r'(?:Diagnostic\(|code=|about_file\(|_report\()\s*"([a-z-]+)"', sources)

    assert set(reported) <= {rule.name for rule in EVERY_RULE}


def _codes(folder: Path, content: str) -> list[tuple[str, str]]:
    return [(f.code, f.severity) for f in check(loaded(folder, content))]


def test_a_model_says_how_seriously_rules_are_taken(tmp_path: Path) -> None:
    wrong = SMALL.replace("description: Buys.", "")

    assert _codes(tmp_path, wrong) == [("missing-description", "warning")]
    levels = "    rules: {missing-description: error}\n"
    assert _codes(tmp_path, wrong + levels) == [("missing-description", "error")]
    assert _codes(tmp_path, wrong + levels.replace("error", "off")) == []


IGNORED = {
    "on the line": ("- web -> db", "- web -> db # archdoc: ignore[missing-label] obvious", []),
    "above it": ("- web -> db", "# archdoc: ignore[A111] obvious\n      - web -> db", []),
    "among others": (
        "- web -> db",
        "- web -> db # archdoc: ignore[missing-label, shared-id] obvious",
        ["unused-ignore"],
    ),
    "without a reason": (
        "- web -> db", "- web -> db # archdoc: ignore[missing-label]", ["unexplained-ignore"]
    ),
    "without a rule": (
        "- web -> db",
        "- web -> db # archdoc: ignore everything",
        ["missing-label", "unexplained-ignore"],
    ),
    "on another line": (
        "relationships:",
        "relationships: # archdoc: ignore[missing-label] x",
        ["missing-label", "unused-ignore"],
    ),
    "with a misspelt rule": (
        "- web -> db",
        "- web -> db # archdoc: ignore[missing-lable] x",
        ["missing-label", "unused-ignore"],
    ),
    "inside a text": (
        "description: Sells.",
        "description: '# archdoc: ignore[missing-label] x'",
        ["missing-label"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", IGNORED)
def test_a_comment_accepts_what_a_rule_finds_on_its_line(tmp_path: Path, name: str) -> None:
    old, new, codes = IGNORED[name]
    text = SMALL.replace("- web -> db: SQL queries", "- web -> db").replace(old, new)

    assert sorted(code for code, _ in _codes(tmp_path, text)) == sorted(codes)


def test_what_no_output_can_be_made_of_cannot_be_ignored(tmp_path: Path) -> None:
    accepted = "- web -> dbb: SQL queries # archdoc: ignore[unknown-reference] x"
    text = SMALL.replace("- web -> db: SQL queries", accepted)

    assert {"unknown-reference", "unused-ignore"} <= {code for code, _ in _codes(tmp_path, text)}


def test_rules_speak_beside_mistakes_of_form(tmp_path: Path) -> None:
    text = SMALL.replace("Buys.", "Buys., colour: red").replace("web -> db", "web -> dbb")
    with pytest.raises(SourceError) as caught:
        loaded(tmp_path, text)

    assert [f.code for f in check_rest(caught.value)] == ["unknown-key", "unknown-reference"]


def test_a_misspelt_arrow_is_not_missed_by_whoever_names_its_host(tmp_path: Path) -> None:
    uses = 'service: {build: ., environment: {DB: "{{ db.host }}"}}'
    text = SMALL.replace("service: {build: .}", uses)
    found = [
        {f.code for f in check(loaded(tmp_path, text.replace("web -> db", arrow)))}
        for arrow in ("web -> db", "user -> db", "web -> dbb")
    ]

    assert [code in found[1] for code in ("unreachable-host", "unknown-reference")] == [True, False]
    assert [code in found[2] for code in ("unreachable-host", "unknown-reference")] == [False, True]
    assert "unreachable-host" not in found[0]


def test_what_was_left_out_is_not_missed(tmp_path: Path) -> None:
    text = SMALL.replace("db: {kind: database", "d b: {kind: database")
    with pytest.raises(SourceError) as caught:
        loaded(tmp_path, text)

    assert [f.code for f in check_rest(caught.value)] == ["invalid-id"]


def test_a_secret_that_was_left_out_is_not_missed(tmp_path: Path) -> None:
    text = _service("command: '{{ secret.key }}'", "init: true") + "    secrets: {key: [x]}\n"
    with pytest.raises(SourceError) as caught:
        loaded(tmp_path, text)

    assert [f.code for f in check_rest(caught.value)] == ["wrong-type"]


@pytest.mark.parametrize("rule", [rule.name for rule in ALL_RULES])
def test_every_rule_is_silent_about_good_models(
    rule: str, reference: Loaded, tmp_path: Path
) -> None:
    good = [reference, loaded(tmp_path, SMALL)]

    assert not [f for model in good for f in check(model) if f.code == rule]


GOOD_HINTS = [
    "rank: [[user], [web, db]], order: [web, db], near: [[web, db]]",
    "rank: [[user], [web]], near: [[web, db]]",
    "order: [db, web]",
]


@pytest.mark.parametrize("hints", GOOD_HINTS)
def test_hints_that_agree_are_no_finding(tmp_path: Path, hints: str) -> None:
    assert _codes(tmp_path, _hints(hints)) == []


def test_what_an_element_says_to_itself_is_a_warning(tmp_path: Path) -> None:
    text = SMALL.replace("- web -> db", "- web -> web: Self\n      - web -> db")

    assert _codes(tmp_path, text) == [("inner-relationship", "warning")]
    off = text + "    rules: {inner-relationship: error}\n"
    assert _codes(tmp_path, off) == [("inner-relationship", "error")]


def test_one_mistake_is_one_finding(tmp_path: Path) -> None:
    steps = _view("{kind: dynamic, steps: [user -> web: x]}").replace(
        "user -> web: O", "user -> wep: O"
    )
    nothing = _view("{kind: landscape, include: [usr]}")

    for text in (steps, nothing):
        assert [code for code, _ in _codes(tmp_path, text) if code != "unused-element"] == [
            "unknown-reference"
        ]
    # A name that was misspelt is not unused as well.
    secret = _service("command: '{{ secret.kye }}'", "init: true") + "    secrets: {key: Signs.}\n"
    assert [code for code, _ in _codes(tmp_path, secret)] == ["undeclared-secret"]


GOOD_SERVICES = {
    "a network that a relationship makes": ("networks: {web-db: {aliases: [x]}}", "init: true"),
    "the network of all projects": ("networks: [default]", "init: true"),
    "a chosen network": ("networks: ['${NET:-web-db}']", "init: true"),
    "hosts of other names": ("hostname: web, extra_hosts: [dbx=10.0.0.1, lan=10.0.0.2]", "hostname: web, extra_hosts: {web: 10.0.0.3, db: 10.0.0.4}"),
    "memory that is lent": ("ipc: 'service:db'", "ipc: shareable"),
    "memory that may be lent": ("ipc: 'service:db'", "ipc: '${IPC}'"),
    "a build from what is built": ("init: true", "build: {context: ., additional_contexts: ['a=service:web', 'b=docker-image://x:1']}"),
    "a service of another project": ('volumes_from: ["container:x"]', "external_links: [x]"),
    "a dependency that may be missing": (
        "depends_on: {db: {condition: service_started, required: false}}",
        "profiles: [tools]",
    ),
    "a relationship to a tool": ("init: true", "profiles: [tools]"),
    "profiles that come together": ("profiles: [a], depends_on: [db]", "profiles: [a, b]"),
    "a chosen dependency": ("links: ['${OTHER:-db}']", "init: true"),
    "what is extended elsewhere": ("extends: {service: x, file: x.yaml}", "init: true"),
    "a health check": ("depends_on: {db: {condition: service_healthy}}", "init: true"),
    "a job that is tried again": ("depends_on: {db: {condition: service_completed_successfully}}", "restart: 'on-failure:3'"),
    "a job whose policy lets it end": ("depends_on: {db: {condition: service_completed_successfully}}", "restart: always, deploy: {restart_policy: {condition: none}}"),
    "ports that nobody knows": ("ports: ['${P:?x}:80', '{{ web.port }}:81', '8001-8002:8001-8002']", "init: true"),
    "an image that is pinned by default": ("image: 'x:${TAG:-1}'", "init: true"),
    "folders, and a volume of no name": ('volumes: ["./run:/run", "~/a b:/x", "../c:/y", "${D:-/d}:/z", "/var/run/docker.sock", {type: bind, source: e, target: /e}]', "init: true"),
    "placeholders that are only shown": ("""command: ["{{ '{{ secret.x }}' }}", "{% raw %}{{ secret.x }}{% endraw %}"]""", "init: true"),
    "what a shell reads": ("""command: ["sh", "-c", "a && b"], entrypoint: 'x "a | b"'""", "init: true"),
}  # fmt: skip


REACHED = {
    "either direction": SMALL.replace("web -> db: SQL", "db -> web: SQL"),
    "a network of the author's": _APART.replace("image: postgres,", "image: postgres, networks: [n],") + "    networks: {n: x}\n",
    "no network that archdoc makes": _APART.replace("image: postgres,", 'image: postgres, network_mode: "service:web",'),
    "elsewhere": _APART.replace("runs: [web, db]}", "runs: [web]}\n          a: {kind: host}\n          q: {kind: docker.compose, in: a, runs: [db]}"),
}  # fmt: skip


@pytest.mark.parametrize("name", REACHED)
def test_a_host_that_a_service_reaches_may_be_named(tmp_path: Path, name: str) -> None:
    said = "environment: {X: '{{ db.host }}', ME: '{{ web.host }}'}, networks: [n]"
    text = REACHED[name].replace("{build: .}", "{build: ., " + said + "}")

    assert "unreachable-host" not in [code for code, _ in _codes(tmp_path, text)]


def test_what_others_read_names_any_host(tmp_path: Path) -> None:
    text = _names_host("""labels: ['x={{ db.host }}'], environment: {X: "{{ 'db.host' }}"}""")

    assert "unreachable-host" not in [code for code, _ in _codes(tmp_path, text)]


def test_a_host_that_is_out_of_reach_is_found_in_a_mounted_file(tmp_path: Path) -> None:
    mount = "files: [{template: x.conf, to: /x}], service: {build: .}"
    (tmp_path / "x.conf").write_text("# {{ web.host }}\nproxy_pass http://{{ db.host }};\n")
    text = _APART.replace("service: {build: .}", mount)
    [found] = [f for f in check(loaded(tmp_path, text)) if f.code == "unreachable-host"]

    assert found.span is not None
    assert (found.span.file.rpartition("/")[2], found.span.line) == ("x.conf", 2)
    assert found.help == "add the relationship `web -> db: …`"


@pytest.mark.parametrize("name", GOOD_SERVICES)
def test_nothing_is_wrong_with_what_docker_compose_starts(tmp_path: Path, name: str) -> None:
    web, db = GOOD_SERVICES[name]

    assert _codes(tmp_path, _service(web, db)) == []


def test_an_image_that_tells_its_health_can_be_waited_for(tmp_path: Path) -> None:
    text = _service("depends_on: {db: {condition: service_healthy}}", "init: true").replace(
        "image: postgres,", "image: axllent/mailpit,"
    )

    assert _codes(tmp_path, text.replace(", healthcheck: {test: pg_isready}", "")) == [
        ("missing-healthcheck", "warning")
    ]


def test_a_service_that_runs_elsewhere_in_one_environment_is_missed_there(tmp_path: Path) -> None:
    text = _service("depends_on: [db]", "init: true") + (
        "      cloud: {description: There., nodes: {project: {kind: docker.compose, runs: [web]},"
        " rds: {kind: aws.rds, in: region, realises: db}, aws: {kind: aws.cloud},"
        " region: {kind: aws.region, in: aws}}}\n"
    )
    [finding] = [f for f in check(loaded(tmp_path, text)) if f.code == "unknown-service"]

    assert finding.message == "`shop.web` needs `db`, which is no service beside it in `cloud`"


def test_a_cycle_that_was_written_names_both_of_its_places(tmp_path: Path) -> None:
    text = _service("depends_on: [db]", "depends_on: [web]").replace("- web -> db: SQL queries", "")
    [finding] = [f for f in check(loaded(tmp_path, text)) if f.code == "startup-cycle"]

    places = [finding.span, *(note.span for note in finding.notes)]
    assert [place.line for place in places if place is not None] == [10, 12]
