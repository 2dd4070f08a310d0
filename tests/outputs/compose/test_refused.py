"""What `archdoc check` refuses of a service, held against what the real Docker Compose refuses."""
# ruff: noqa: E501 - one case a line is read most easily

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archdoc.model import mistakes_in, read_command
from conftest import examples
from outputs.compose.conftest import Accepts

REFUSED: list[tuple[dict[str, Any], tuple[str | int, ...], str]] = [
    # What the schema refuses.
    ({"restrt": "always"}, ("restrt",), "`restrt` is not a service key of the Compose Specification"),
    ({"healthcheck": {"intervall": "5s"}}, ("healthcheck", "intervall"), "there is no key `intervall` in `healthcheck`"),
    ({"restart": ["x"]}, ("restart",), "`restart` takes a text, and this is a list"),
    ({"restart": False}, ("restart",), "`restart` takes a text, and this is `false`"),
    ({"ports": "80:80"}, ("ports",), "`ports` takes a list, and this is a text"),
    ({"ports": None}, ("ports",), "`ports` takes a list, and this is nothing"),
    ({"ports": [True]}, ("ports", 0), "an entry of `ports` takes a text, a number or a mapping, and this is `true`"),
    ({"user": 1000}, ("user",), "`user` takes a text, and this is a whole number"),
    ({"command": ["sleep", 5]}, ("command", 1), "an entry of `command` takes a text, and this is a whole number"),
    ({"environment": {"A": [1]}}, ("environment", "A"), "`A` takes a text, a number or `true` or `false`, and this is a list"),
    ({"healthcheck": {"test": "x", "interval": 5}}, ("healthcheck", "interval"), "`interval` takes a text, and this is a whole number"),
    ({"depends_on": {"web": {"condition": "healthy"}}}, ("depends_on", "web", "condition"), "`condition`: `healthy` is not possible here"),
    ({"depends_on": {"web": {}}}, ("depends_on", "web"), "`condition` is missing in `web`"),
    ({"networks": {"a": {"alias": ["x"]}}}, ("networks", "a", "alias"), "there is no key `alias` in `a`"),
    ({"networks": {"a b": None}}, ("networks", "a b"), "`a b` is not possible as a name in `networks`"),
    ({"build": {"contxt": "."}}, ("build", "contxt"), "there is no key `contxt` in `build`"),
    ({"volumes": [{"source": "a", "target": "/b"}]}, ("volumes", 0), "`type` is missing in an entry of `volumes`"),
    ({"volumes": [{"type": "disk", "target": "/b"}]}, ("volumes", 0, "type"), "`type`: `disk` is not possible here"),
    ({"container_name": "a b"}, ("container_name",), "`container_name`: `a b` is not possible here"),
    ({"pull_policy": "sometimes"}, ("pull_policy",), "`pull_policy`: `sometimes` is not possible here"),
    ({"oom_score_adj": 2000}, ("oom_score_adj",), "`oom_score_adj`: it is at most 1000"),
    ({"cpu_count": -1}, ("cpu_count",), "`cpu_count`: it is at least 0"),
    ({"post_start": [{"user": "root"}]}, ("post_start", 0), "`command` is missing in an entry of `post_start`"),
    # What it takes for extensions, and what it then lacks or cannot decode.
    ({"extra_hosts": {"x-a": "1.2.3.4"}}, ("extra_hosts", "x-a"), "Compose takes `x-a` for an extension, as all that begins with `x-`, and loses it"),
    ({"storage_opt": {"x-a": "1"}}, ("storage_opt", "x-a"), "Compose takes `x-a` for an extension, as all that begins with `x-`, and loses it"),
    ({"networks": ["x-a"]}, ("networks", 0), "Compose takes `x-a` for an extension, as all that begins with `x-`, and loses it"),
    # What only its decoding finds.
    ({"mem_limit": "lots"}, ("mem_limit",), "`mem_limit`: `lots` is not a size"),
    ({"mem_limit": "1ki"}, ("mem_limit",), "`mem_limit`: `1ki` is not a size"),
    ({"shm_size": "-1"}, ("shm_size",), "`shm_size`: `-1` is not a size"),
    ({"deploy": {"resources": {"limits": {"memory": "1x"}}}}, ("deploy", "resources", "limits", "memory"), "`memory`: `1x` is not a size"),
    ({"healthcheck": {"test": "x", "interval": "5 secs"}}, ("healthcheck", "interval"), "`interval`: `5 secs` is not a duration"),
    ({"healthcheck": {"test": "x", "timeout": "5"}}, ("healthcheck", "timeout"), "`timeout`: `5` is not a duration"),
    ({"stop_grace_period": ""}, ("stop_grace_period",), "`stop_grace_period`: `` is not a duration"),
    ({"healthcheck": {"test": ["pg_isready"]}}, ("healthcheck", "test", 0), "`test`: `pg_isready` is not the beginning of a test"),
    ({"healthcheck": {"test": "x", "retries": -1}}, ("healthcheck", "retries"), "`retries`: `-1` is not a whole number from 0"),
    ({"cpus": "half"}, ("cpus",), "`cpus`: `half` is not a number"),
    ({"scale": "two"}, ("scale",), "`scale`: `two` is not a whole number from 0"),
    ({"init": "maybe"}, ("init",), "`init`: `maybe` is not `true` or `false`"),
    ({"ulimits": {"nofile": "many"}}, ("ulimits", "nofile"), "`nofile`: `many` is not a whole number"),
    ({"ports": ["80:80:80"]}, ("ports", 0), "`ports`: `80:80:80` is not a port to publish"),
    ({"ports": ["99999:80"]}, ("ports", 0), "`ports`: `99999:80` is not a port to publish"),
    ({"ports": ["80:80/http"]}, ("ports", 0), "`ports`: `80:80/http` is not a port to publish"),
    ({"ports": ["80-82:80-81"]}, ("ports", 0), "`ports`: `80-82:80-81` is not a port to publish"),
    ({"ports": ["localhost:80:80"]}, ("ports", 0), "`ports`: `localhost:80:80` is not a port to publish"),
    ({"ports": [0]}, ("ports", 0), "`ports`: `0` is not a port to publish"),
    ({"ports": [{"published": "80"}]}, ("ports", 0), "`target` is missing in an entry of `ports`"),
    ({"ports": [{"target": 80, "host_ip": "here"}]}, ("ports", 0, "host_ip"), "`host_ip`: `here` is not an IP address"),
    ({"extra_hosts": ["db"]}, ("extra_hosts", 0), "`extra_hosts`: `db` is not a host with its address"),
    ({"volumes": [""]}, ("volumes", 0), "`volumes`: `` is not a mount"),
    ({"volumes": [":/data"]}, ("volumes", 0), "`volumes`: `:/data` is not a mount"),
    ({"volumes": [{"type": "bind", "target": "/a"}]}, ("volumes", 0), "`source` is missing in an entry of `volumes`"),
    ({"command": "echo 'a"}, ("command",), "`command`: `echo 'a` is not a command: a `'` is not closed"),
    ({"entrypoint": 'sh "a'}, ("entrypoint",), "`entrypoint`: `sh \"a` is not a command: a `\"` is not closed"),
    ({"command": "echo a\\"}, ("command",), "`command`: `echo a\\` is not a command: it ends with a `\\`"),
    ({"command": "(a)"}, ("command",), "`command`: `(a)` is not a command: a `(` outside of quotes means something to a shell only"),
    ({"command": "echo $$(date"}, ("command",), "`command`: `echo $$(date` is not a command: a `(` or `)` has no other half"),
    ({"command": "echo `date"}, ("command",), "`command`: `echo `date` is not a command: a backtick is not closed"),
    ({"blkio_config": {"weight": "5"}}, ("blkio_config", "weight"), "`weight`: `5` is not a number"),
    ({"image": ""}, ("image",), "`image`: `` is not the reference of an image"),
    ({"secrets": [{"source": "s", "mode": "0489"}]}, ("secrets", 0, "mode"), "`mode`: `0489` is not a file mode"),
    ({"volumes": [{"type": "tmpfs", "target": "/x", "tmpfs": {"mode": "rwx"}}]}, ("volumes", 0, "tmpfs", "mode"), "`mode`: `rwx` is not a file mode"),
    ({"environment": ["A = 1"]}, ("environment", 0), "`environment`: `A = 1` is not a variable with its value"),
    ({"build": {"context": ".", "args": ["A =1"]}}, ("build", "args", 0), "`args`: `A =1` is not a variable with its value"),
    # Variables.
    ({"environment": {"A": "${"}}, ("environment", "A"), "`${` is no variable that Compose can read"),
    ({"environment": ["A=${A"]}, ("environment", 0), "`${A` is no variable that Compose can read"),
    ({"labels": {"a": "x${A B}y"}}, ("labels", "a"), "`${A B}` is no variable that Compose can read"),
    ({"hostname": "${A:-${B}"}, ("hostname",), "`${A:-${B}` is no variable that Compose can read"),
    ({"hostname": "${A:-${1}}"}, ("hostname",), "`${1}` is no variable that Compose can read"),
    ({"x-note": "${}"}, ("x-note",), "`${}` is no variable that Compose can read"),
    # Keys beside each other.
    ({"mem_limit": "1g", "deploy": {"resources": {"limits": {"memory": "2g"}}}}, ("mem_limit",), "`mem_limit` says 1g, and `deploy.resources.limits.memory` says 2g"),
    ({"mem_limit": "1g", "deploy": {"resources": {"limits": {"cpus": "1"}}}}, ("mem_limit",), "`mem_limit` stands beside `deploy.resources.limits`, which has no `memory`"),
    ({"mem_reservation": "1g", "deploy": {"resources": {"reservations": {"memory": "2g"}}}}, ("mem_reservation",), "`mem_reservation` says 1g, and `deploy.resources.reservations.memory` says 2g"),
    ({"cpus": "0.5", "deploy": {"resources": {"limits": {"cpus": "0.7"}}}}, ("cpus",), "`cpus` says 0.5, and `deploy.resources.limits.cpus` says 0.7"),
    ({"cpus": 1, "deploy": {"resources": {"limits": {"cpus": "2"}}}}, ("cpus",), "`cpus` says 1, and `deploy.resources.limits.cpus` says 2"),
    ({"pids_limit": 1, "deploy": {"resources": {"limits": {"pids": 2}}}}, ("pids_limit",), "`pids_limit` says 1, and `deploy.resources.limits.pids` says 2"),
    ({"scale": 2, "deploy": {"replicas": 3}}, ("scale",), "`scale` says 2, and `deploy.replicas` says 3"),
    ({"network_mode": "host", "networks": ["default"]}, ("networks",), "`networks` and `network_mode` exclude each other"),
    ({"build": {"dockerfile": "a", "dockerfile_inline": "FROM b"}}, ("build", "dockerfile_inline"), "`dockerfile_inline` and `dockerfile` exclude each other"),
    ({"platform": "b", "build": {"platforms": ["a"]}}, ("platform",), "`b` is none of the platforms that it is built for"),
    ({"gpus": [{"count": 1, "device_ids": ["0"]}]}, ("gpus", 0, "count"), "`count` and `device_ids` exclude each other"),
    ({"develop": {"watch": [{"path": ".", "action": "sync"}]}}, ("develop", "watch", 0), "`target` is missing: where `sync` puts files"),
]  # fmt: skip


@pytest.mark.parametrize(("service", "place", "said"), REFUSED, ids=lambda case: str(case)[:60])
def test_what_docker_compose_refuses_is_found_where_it_stands(
    service: dict[str, Any], place: tuple[str | int, ...], said: str, accepts: Accepts
) -> None:
    assert [(m.at, m.said) for m in mistakes_in(service)] == [(place, said)]
    assert not accepts(service)


STARTS_NOTHING: list[dict[str, Any]] = [
    {"restart": "sometimes"},
    {"restart": "always:3"},
    {"image": "nginx:"},
    {"image": "Nginx:1"},
    {"image": "x y:1"},
    {"ports": [{"target": 99999}]},
    {"ports": [{"target": 80, "protocol": "http"}]},
    {"ports": [{"target": 80, "published": "web"}]},
    {"expose": ["80:80"]},
    {"cap_add": ["SYS_TIME", "SYS_TIME"]},
    {"environment": {"x-a": "1"}},
    {"build": {"context": ".", "args": {"x-a": "1"}}},
]


@pytest.mark.parametrize("service", STARTS_NOTHING, ids=str)
def test_what_the_engine_or_the_schema_refuses_is_found_though_docker_compose_would_pass_it_on(
    service: dict[str, Any], accepts: Accepts
) -> None:
    assert accepts(service)
    assert len(mistakes_in(service)) == 1


ACCEPTED: list[dict[str, Any]] = [
    {"cpus": 0.5, "deploy": {"resources": {"limits": {"cpus": "0.50"}}}},
    {"restart": "${RESTART}", "init": "${INIT:-true}", "cpus": "${CPUS:-0.5}", "scale": "${N:-1}"},
    {"ports": ["${PORT:-80}:80", "127.0.0.1:${PORT:-81}:81", {"target": "${T:-80}"}], "mem_limit": "${M:-1g}"},
    {"healthcheck": {"test": ["${KIND:-CMD}", "x"], "interval": "${I:-5s}", "retries": "${R:-3}"}},
    {"command": "echo '${A:-x}' $$HOME $B ${C} $$(date)", "stop_grace_period": "${GRACE:-5s}"},
    {"labels": {"a": "5$", "b": "$5", "c": "$-", "${": "d", "e": "${A:-a}b}"}, "hostname": "${A-}"},
    {"deploy": {"resources": {"limits": {"memory": "${M:-1g}"}}}, "mem_limit": "${M:-1g}"},
    {"ports": [80, "80/udp", "[::1]:81:80", "::1:82:80", "127.0.0.1::80", "83-85:80", "86-87:86-87", ":80"]},
    {"mem_limit": "1.5 GiB", "memswap_limit": -1, "shm_size": "64m", "mem_reservation": 6291456},
    {"healthcheck": {"test": "pg_isready", "interval": "1h5m0.5s", "timeout": "0", "retries": "3"}},
    {"healthcheck": {"test": ["NONE"]}, "stop_grace_period": "2w1d", "init": "yes", "command": []},
    {"mem_limit": "1g", "deploy": {"resources": {"limits": {"memory": "1024m"}}}, "command": None},
    {"extra_hosts": ["a=1.2.3.4", "b:host-gateway", "c:::1"], "volumes": ["/a", "./b:/b:ro,z", "/c:/d"]},
    {"build": {"context": ".", "ulimits": {"nofile": 5}, "ssh": ["default"]}, "gpus": "all"},
    {"depends_on": [], "env_file": [], "networks": {"default": {"aliases": ["a"]}}, "deploy": None},
    {"entrypoint": "sh -c \"it's\"", "develop": {"watch": [{"path": ".", "action": "rebuild"}]}},
    {"environment": ["A=1 = 2\n3", "B", "C=", "a.b-c= d"], "build": {"context": ".", "args": ["A= 1", "B"]}},
    {"image": "localhost:5000/a/b__c-d.e:V_1.2@sha256:" + "0f" * 32},
    {"image": "Registry.example/a"},
    {"image": "${HOME}Nginx:"},
    {"x-anything": {"a": [1, None]}, "ulimits": {"nofile": {"soft": "1", "hard": -1}}},
]  # fmt: skip


@pytest.mark.parametrize("service", ACCEPTED, ids=lambda case: str(case)[:60])
def test_nothing_is_found_in_what_docker_compose_takes(
    service: dict[str, Any], accepts: Accepts
) -> None:
    assert mistakes_in(service) == []
    assert accepts(service)


_NUMBERS = st.text("0159.+-e", min_size=1, max_size=4)
_PORTS = st.text("0189:-/tcpud.[]", min_size=1, max_size=9) | st.from_regex(
    r"((127\.0\.0\.1|::1|\[::1\]|1)?:)?([0-9]{1,5}(-[0-9]{1,5})?)?:[0-9]{1,5}(-[0-9]{1,5})?(/tcp|/udp|/x)?",
    fullmatch=True,
)
_TEXTS: dict[tuple[str, ...], st.SearchStrategy[str]] = {
    ("mem_limit",): st.builds("{}{}".format, _NUMBERS, st.text(" kmgKBibx", max_size=3)),
    ("stop_grace_period",): st.lists(
        st.builds(
            "{}{}".format, _NUMBERS, st.sampled_from(["s", "ms", "m", "h", "d", "w", "x", ""])
        ),
        min_size=1,
        max_size=2,
    ).map("".join),
    ("command",): st.text("ab '\"\\`$(){};|&<>\n#é", max_size=10).map(
        lambda text: text.replace("$", "$$").replace("{", "{ ")
    ),
    ("hostname",): st.text("$${}{}AB:-?+ 1\n", max_size=10).map(
        lambda text: text.replace("{{", "{")
    ),
    ("ports", "[]"): _PORTS,
    ("cpus",): _NUMBERS,
    ("scale",): _NUMBERS,
    ("init",): st.sampled_from(["TRUE", "Yes", "n", "1", "t", ""]),
    ("extra_hosts", "[]"): st.text("a:=1", min_size=1, max_size=4),
    ("volumes", "[]"): st.text("/a:.", max_size=6).map(lambda text: f"/{text}"),
}


@settings(
    max_examples=examples(50, 3000),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_docker_compose_takes_every_text_that_check_takes(
    data: st.DataObject, accepts: Accepts
) -> None:
    key, *inner = data.draw(st.sampled_from(list(_TEXTS)))
    text = data.draw(_TEXTS[(key, *inner)])
    service = {key: [text] if inner else text}
    if not mistakes_in(service):
        # A variable that must be set is for the operator to set.
        assert accepts(service) or "?" in text


def test_what_only_a_shell_would_understand_is_known_to_be_left_out() -> None:
    assert read_command("migrate && serve 'a").unread == "&& serve 'a"
    assert read_command("sh -c 'migrate && serve'").unread == ""


def test_a_service_made_in_python_may_hold_anything() -> None:
    [found] = mistakes_in({"image": {1, 2}})

    assert found.said.startswith("this cannot be written in YAML")
