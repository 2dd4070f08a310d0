"""What services say through variables with defaults: names, and values."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from archdoc.consistency import compose_differences
from archdoc.model import mistakes_in
from archdoc.outputs.compose import ComposeError, read
from archdoc.rules import check
from archdoc.source import Loaded, Locations
from outputs.compose.conftest import Accepts, Config, emitted, model, service

_LONG = {"type": "volume", "source": "${V:-data}", "target": "/data"}
NAMED: list[tuple[dict[str, Any], str, str]] = [
    ({"volumes": ["${V:-data}:/data"]}, "volumes", "data"),
    ({"volumes": ["${V:-data}:/data:ro"]}, "volumes", "data"),
    ({"volumes": ["${V:-data:/data}"]}, "volumes", "data"),
    ({"volumes": [_LONG]}, "volumes", "data"),
    ({"volumes": ["{{ variable.v }}:/data"]}, "volumes", "data"),
    ({"networks": ["${N:-back}"]}, "networks", "back"),
    ({"networks": ["{{ variable.n }}"]}, "networks", "back"),
    ({"secrets": ["${S:-key}"]}, "secrets", "key"),
    ({"secrets": [{"source": "{{ variable.s }}", "target": "x"}]}, "secrets", "key"),
]
_DEFAULTS = {"v": {"default": "data"}, "n": {"default": "back"}, "s": {"default": "key"}}


@pytest.mark.parametrize(("said", "key", "name"), NAMED, ids=str)
def test_what_a_default_names_is_declared_and_not_called_unused(
    said: dict[str, Any], key: str, name: str, config: Config
) -> None:
    entry = {"file": "./key"} if key == "secrets" else {}
    m = model({"a": service(**said)}, **{key: {name: entry}}, variables=_DEFAULTS)
    files = emitted(m)

    assert list(yaml.safe_load(files["compose.yaml"])[key]) == [name]
    assert (taken := config(files, "--quiet")).returncode == 0, taken.stderr
    found = [f.message for f in check(Loaded(m, Locations())) if "variable" not in f.message]
    assert [text for text in found if name in text] == []


def test_a_network_that_talkers_share_is_joined_once_where_a_default_names_it(
    config: Config,
) -> None:
    chosen = service(networks=["${N:-a-b}"])
    m = model({"a": chosen, "b": service()}, {"from": "a", "to": "b", "label": "x"})
    files = emitted(m)

    assert yaml.safe_load(files["compose.yaml"])["services"]["a"]["networks"] == ["${N:-a-b}"]
    assert (taken := config(files, "--quiet")).returncode == 0, taken.stderr
    assert compose_differences(m, "e", "p", read(files["compose.yaml"])) == ()


def test_a_secret_that_nobody_knows_is_to_be_named() -> None:
    m = model({"a": service(secrets=["${S}"])}, secrets={"key": {"file": "./key"}})
    [found] = [f for f in check(Loaded(m, Locations())) if f.code == "undeclared-secret"]

    assert found.message == "nobody knows which secret `${S}` is, so that none can be declared"
    assert found.help.startswith("write the name itself")


@pytest.mark.parametrize(
    ("said", "default", "message"),
    [
        ({"mem_limit": "{{ variable.x }}"}, "lots", "`mem_limit`: `lots` is not a size"),
        ({"ports": ["{{ variable.x }}:80"]}, "abc", "`ports`: `abc:80` is not a port to publish"),
        ({"init": "{{ variable.x }}"}, "maybe", "`init`: `maybe` is not `true` or `false`"),
        ({"pull_policy": "{{ variable.x }}"}, "now", "`pull_policy`: `now` is not possible here"),
    ],
)
def test_a_default_of_the_model_is_held_against_what_is_wanted_in_its_place(
    said: dict[str, Any], default: str, message: str
) -> None:
    m = model({"a": service(**said)}, variables={"x": {"default": default}})
    with pytest.raises(ComposeError) as error:
        emitted(m)

    assert str(error.value) == message


BY_DEFAULT: list[tuple[dict[str, Any], tuple[str | int, ...], str]] = [
    ({"mem_limit": "${M:-lots}"}, ("mem_limit",), "`mem_limit`: `lots` is not a size"),
    ({"mem_limit": "${M:-}"}, ("mem_limit",), "`mem_limit`: `` is not a size"),
    ({"ports": ["${P:-abc}:80"]}, ("ports", 0), "`ports`: `abc:80` is not a port to publish"),
    (
        {"ports": [{"target": "${T:-${U-a}}"}]},
        ("ports", 0, "target"),
        "`target`: `a` is not a port",
    ),
    (
        {"stop_grace_period": "${G:-5}"},
        ("stop_grace_period",),
        "`stop_grace_period`: `5` is not a duration",
    ),
    ({"init": "${I:-maybe}"}, ("init",), "`init`: `maybe` is not `true` or `false`"),
    ({"pids_limit": "${N:-many}"}, ("pids_limit",), "`pids_limit`: `many` is not a whole number"),
    (
        {"healthcheck": {"test": "x", "interval": "${I:-5}"}},
        ("healthcheck", "interval"),
        "`interval`: `5` is not a duration",
    ),
    (
        {"healthcheck": {"test": "x", "retries": "${R:-few}"}},
        ("healthcheck", "retries"),
        "`retries`: `few` is not a whole number from 0",
    ),
    (
        {"ulimits": {"nofile": "${N:-1k}"}},
        ("ulimits", "nofile"),
        "`nofile`: `1k` is not a whole number",
    ),
    (
        {"pull_policy": "${P:-sometimes}"},
        ("pull_policy",),
        "`pull_policy`: `sometimes` is not possible here",
    ),
    (
        {"depends_on": {"web": {"condition": "${C:-healthy}"}}},
        ("depends_on", "web", "condition"),
        "`condition`: `healthy` is not possible here",
    ),
    (
        {"command": "echo ${A:-it's}"},
        ("command",),
        "`command`: `echo it's` is not a command: a `'` is not closed",
    ),
    (
        {"scale": "${N:-2}", "deploy": {"replicas": "${M:-3}"}},
        ("scale",),
        "`scale` says 2, and `deploy.replicas` says 3",
    ),
]


@pytest.mark.parametrize(("service", "place", "said"), BY_DEFAULT, ids=str)
def test_what_docker_compose_refuses_of_a_default_is_a_mistake_at_its_place(
    service: dict[str, Any], place: tuple[str | int, ...], said: str, accepts: Accepts
) -> None:
    assert [(m.at, m.said) for m in mistakes_in(service)] == [(place, said)]
    assert not accepts(service)


_SAID = "is not a size, where `V` is empty"
WHEN_EMPTY: list[tuple[dict[str, Any], tuple[str | int, ...], str]] = [
    ({"mem_limit": "${V}"}, ("mem_limit",), f"`mem_limit`: `` {_SAID}"),
    ({"mem_limit": "$V"}, ("mem_limit",), f"`mem_limit`: `` {_SAID}"),
    ({"mem_limit": "${V:+1g}"}, ("mem_limit",), f"`mem_limit`: `` {_SAID}"),
    ({"mem_limit": "${V}m"}, ("mem_limit",), f"`mem_limit`: `m` {_SAID}"),
    ({"mem_limit": "${W:-${V}}"}, ("mem_limit",), f"`mem_limit`: `` {_SAID}"),
    ({"tty": "${V}"}, ("tty",), "`tty`: `` is not `true` or `false`, where `V` is empty"),
    (
        {"volumes": ["${V}:/data"]},
        ("volumes", 0),
        "`volumes`: `:/data` is not a mount, where `V` is empty",
    ),
    ({"env_file": "${V}"}, ("env_file",), "`env_file`: `` is not a value, where `V` is empty"),
    (
        {"container_name": "${V}"},
        ("container_name",),
        "`container_name`: `` is not possible here, where `V` is empty",
    ),
    (
        {"ports": ["80", {"target": 80, "host_ip": "${V}"}]},
        ("ports", 1, "host_ip"),
        "`host_ip`: `` is not an IP address, where `V` is empty",
    ),
]


@pytest.mark.parametrize(("service", "place", "said"), WHEN_EMPTY, ids=str)
def test_what_docker_compose_refuses_of_an_empty_variable_is_a_mistake_at_its_place(
    service: dict[str, Any], place: tuple[str | int, ...], said: str, accepts: Accepts
) -> None:
    [found] = mistakes_in(service)

    assert (found.at, found.said) == (place, said)
    assert found.help.startswith("write `${V:?set V in .env}`, so that Compose asks for it")
    assert not accepts(service)


_EVERYWHERE = "the port is published on all addresses of the machine, where `V` is empty"
_ANYBODY = "`user` is that of the image, often root, where `V` is empty"
_MOUNTED = "`/etc` of the machine is mounted, where `V` is empty"
_LONG_BIND = {"type": "bind", "source": "${V}/etc", "target": "/x"}
HARMED: list[tuple[dict[str, Any], tuple[str | int, ...], str]] = [
    ({"ports": ["${V}:8080:80"]}, ("ports", 0), _EVERYWHERE),
    ({"ports": ["80", "${V}:${P:-8080}:80"]}, ("ports", 1), _EVERYWHERE),
    ({"ports": ["$V:${P:?}:80/udp"]}, ("ports", 0), _EVERYWHERE),
    ({"ports": ["[${V}]:8080:80"]}, ("ports", 0), _EVERYWHERE),
    ({"user": "${V}"}, ("user",), _ANYBODY),
    ({"user": "${V}:${W}"}, ("user",), _ANYBODY),
    ({"volumes": ["${V}/etc:/x"]}, ("volumes", 0), _MOUNTED),
    ({"volumes": [_LONG_BIND]}, ("volumes", 0), _MOUNTED),
]


@pytest.mark.parametrize(("service", "place", "said"), HARMED, ids=str)
def test_what_an_empty_variable_opens_is_a_mistake_though_docker_compose_takes_it(
    service: dict[str, Any], place: tuple[str | int, ...], said: str
) -> None:
    assert [(m.at, m.said) for m in mistakes_in(service)] == [(place, said)]


@pytest.mark.parametrize(
    "said",
    [
        {"mem_limit": "${V:?}", "tty": "${W:-true}", "pids_limit": "${N-5}"},
        {"ports": ["${BIND:?say}:8080:80", "${P}:80", "${BIND:-127.0.0.1}:${P}:81", ":8082:82"]},
        {"volumes": ["${HOME}/x:/x", "$PWD/y:/y", "/srv/${V}:/z", "${D:-/srv}/w:/w"]},
        {"user": "1000:${GROUP}", "environment": {"A": "${V}"}, "command": ["a", "$V $$V $"]},
        {"user": "${ANY:-}", "labels": ["a=${V:+x}"], "hostname": "${V}"},
    ],
    ids=str,
)
def test_a_variable_that_is_asked_for_or_may_be_empty_is_none(said: dict[str, Any]) -> None:
    assert mistakes_in(said) == []


def test_an_address_of_a_network_that_may_be_empty_is_a_mistake() -> None:
    network = {"options": {"ipam": {"config": [{"subnet": "${NET}"}]}}}
    with pytest.raises(ValueError, match="`subnet`: `` is not a range of addresses, where `NET`"):
        model({"a": service()}, networks={"n": network})
