"""What is derived from the model, what the author wrote, and how the two meet."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from archdoc.outputs.compose import ComposeError
from archdoc.rules import missing_image
from helpers import archdoc_model
from outputs.compose.conftest import Config, document, emitted, model, refusal, service

HEALTHY = {"test": ["CMD", "true"]}


def test_a_consumer_waits_for_its_queue_and_never_the_reverse() -> None:
    services = document(
        model({"q": {"kind": "queue", **service()}, "w": service()}, "q -> w: Tasks")
    )["services"]
    assert services["w"]["depends_on"] == {"q": {"condition": "service_started"}}
    assert "depends_on" not in services["q"]


def test_services_without_a_common_partner_share_no_network() -> None:
    services = document(model({n: service() for n in "abcd"}, "a -> b: x", "c -> d: y"))["services"]
    assert not {*services["a"]["networks"]} & {*services["c"]["networks"]}


def test_the_clients_of_one_service_do_not_meet() -> None:
    services = document(model({n: service() for n in "abc"}, "a -> b: x", "c -> b: y"))["services"]
    assert not {*services["a"]["networks"]} & {*services["c"]["networks"]}


def test_networks_of_services_whose_names_run_together_are_two() -> None:
    names = ("a", "b-c", "a-b", "c")
    m = model({n: service() for n in names}, "a -> b-c: x", "a-b -> c: y")
    found = document(m)
    assert [found["services"][n]["networks"] for n in names] == [["a-b-c"]] * 2 + [["a-b-c-2"]] * 2
    assert found["networks"].keys() == {"a-b-c", "a-b-c-2"}


def test_with_many_pairs_there_is_one_network_for_each_listener() -> None:
    clients = [f"c{number}" for number in range(7)]
    stores = {name: {"kind": "database", **service()} for name in ("d1", "d2", "d3")}
    links = [f"{client} -> {store}: x" for client in clients for store in stores]
    found = document(model({**{name: service() for name in clients}, **stores}, *links))
    assert found["networks"] == {store: {"internal": True} for store in stores}


def test_a_components_relationship_counts_as_its_containers() -> None:
    m = model({"a": {**service(), "components": {"api": {}}}, "b": service()}, "api -> b: x")
    a = document(m)["services"]["a"]
    assert a["depends_on"] == {"b": {"condition": "service_started"}}
    assert a["networks"] == ["a-b"]


def test_dependencies_add_to_those_the_author_listed() -> None:
    m = model(
        {"a": service(depends_on=["c"]), "b": service(healthcheck=HEALTHY), "c": service()},
        "a -> b: x",
    )
    assert document(m)["services"]["a"]["depends_on"] == {
        "c": {"condition": "service_started"},
        "b": {"condition": "service_healthy"},
    }


@pytest.mark.parametrize("check", [{"disable": True}, {"test": ["NONE"]}, {"test": "NONE"}])
def test_nothing_waits_for_a_healthcheck_that_is_switched_off(check: dict[str, Any]) -> None:
    m = model({"a": service(), "b": service(healthcheck=check)}, "a -> b: x")
    waits = document(m)["services"]["a"]["depends_on"]
    assert waits == {"b": {"condition": "service_started"}}


@pytest.mark.parametrize(
    "keys",
    [
        {"networks": ["mine"]},
        {"networks": {"mine": {"aliases": ["q"]}}},
        {"network_mode": "host"},
        {"network_mode": "none"},
        {"environment": {}},
    ],
)
def test_docker_compose_accepts_what_the_author_chose(keys: dict[str, Any], config: Config) -> None:
    result = config(emitted(model({"a": service(**keys), "b": service()}, "a -> b: x")), "-q")
    assert (result.returncode, result.stderr) == (0, "")


def test_a_mount_that_the_author_wrote_is_not_repeated() -> None:
    nodes = {
        "p": {"kind": "docker.compose", "runs": ["a"]},
        "v": {"kind": "docker.volume", "in": "p", "realises": "m"},
    }
    mount = {"from": "a", "to": "m", "mount": "/srv/m"}
    m = model({"a": service(volumes=["m:/srv/m"]), "m": {"kind": "file-store"}}, mount, nodes=nodes)
    assert document(m)["services"]["a"]["volumes"] == [
        {"type": "volume", "source": "m", "target": "/srv/m"}
    ]


def test_replicas_have_no_container_name() -> None:
    nodes = {"p": {"kind": "docker.compose", "runs": [{"container": "a", "replicas": 3}]}}
    a = document(model({"a": service(container_name="one")}, nodes=nodes))["services"]["a"]
    assert a["deploy"]["replicas"] == 3
    assert "container_name" not in a


@pytest.mark.parametrize(
    ("version", "image", "tagged"),
    [
        ("1.21.3", "nginx", "nginx:1.21.3"),
        ("5.x", "redis", "redis:5"),
        ("2", "reg:5000/a", "reg:5000/a:2"),
        ("2", "nginx:1", "nginx:1"),
    ],
)
def test_the_version_is_the_tag_unless_the_image_has_one(
    version: str, image: str, tagged: str
) -> None:
    m = model({"a": {"version": version, "service": {"image": image}}})
    assert document(m)["services"]["a"]["image"] == tagged


@pytest.mark.parametrize(
    "text",
    [
        "{{ 1/0 }}", "{{ 'a' + 1 }}", "{{ nope.host }}", "{{ a.nope }}", "{% if %}", "{{ a }}",
        "{{ secret.nope }}", "{{ a.host() }}", "{% include 'x' %}", "{{ '%d'|format('x') }}",
        "{{ a.__class__.__mro__ }}", "{{ range(999999999)|list }}", "{{ a.port }}",
        "{{ a.version }}", "{{ a.url }}", "{{ a.bucket }}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("in_file", [False, True])
def test_a_wrong_placeholder_is_an_error_with_its_place(text: str, in_file: bool) -> None:
    files = [{"template": "t", "to": "/etc/x"}] if in_file else []
    said = {} if in_file else {"X": text}
    with pytest.raises(ComposeError) as error:
        emitted(model({"a": {"files": files, **service(environment=said)}}), text)
    assert error.value.path[:4] == ("systems", "app", "containers", "a")


@pytest.mark.parametrize("target", ["/e/..", "/../../../../x", "/a/../../../x", "/"])
def test_no_file_leads_out_of_the_project(target: str) -> None:
    # Two of a name: the second is written under its whole path.
    files = [{"template": "t", "to": "/e/x"}, {"template": "t", "to": target}]
    with pytest.raises(ComposeError, match="plain path"):
        emitted(model({"a": {"files": files, **service()}}))


def test_a_project_that_runs_nothing_is_refused() -> None:
    with pytest.raises(ComposeError, match="no containers"):
        emitted(model({"a": service()}, nodes={"p": {"kind": "docker.compose"}}))


@given(st.text(st.characters(codec="utf-8", exclude_characters="{")))
def test_any_text_survives_as_it_is(text: str) -> None:
    a = document(model({"a": service(environment={"X": text})}))["services"]["a"]
    assert a["environment"] == {"X": text}


@pytest.mark.parametrize("text", ["a: {}\nb\n", "yes", "0123", "22:22", "x #y", "q\"'", "ü😀"])
def test_docker_compose_reads_the_text_that_was_meant(text: str, config: Config) -> None:
    result = config(emitted(model({"a": service(environment={"X": text})})), "--format", "json")
    assert json.loads(result.stdout)["services"]["a"]["environment"]["X"] == text


@pytest.mark.parametrize("bomb", ["'a' * 3000000000", "3000000000 * 'a'", "10 ** 10000000"])
def test_an_expression_does_not_take_all_memory(bomb: str) -> None:
    assert "too large" in refusal(f"{{{{ {bomb} }}}}")


def test_sensible_arithmetic_is_done() -> None:
    a = service(environment={"X": "{{ 2 * 3 }} {{ 'ab' * 2 }} {{ 2 ** 10 }} {{ [1, 2] * 2 }}"})
    found = document(model({"a": a}))["services"]["a"]["environment"]["X"]
    assert found == "6 abab 1024 [1, 2, 1, 2]"


def test_what_is_no_number_is_named_as_ever() -> None:
    assert "`b` alone is no value" in refusal("{{ b ~ 2 }}", {"b": service()})
    assert "does not work with" in refusal("{{ none * 2 }}")


def before_nginx(alb: dict[str, Any], vpc: dict[str, Any], **more: Any) -> str:
    """What a file says of the load balancer before the service that mounts it."""
    nodes = {
        "cloud": {"kind": "aws.cloud"},
        "region": {"kind": "aws.region", "in": "cloud"},
        "vpc": {"kind": "aws.vpc", "in": "region", "settings": vpc},
        "zone": {"kind": "aws.availability-zone", "in": "vpc"},
        "near": {"kind": "aws.public-subnet", "in": "zone", "settings": {"cidr": "10.0.1.0/24"}},
        "alb": {"kind": "aws.alb", "in": "vpc", "fronts": "a", **alb},
        "p": {"kind": "docker.compose", "in": "vpc", "runs": ["a"]},
        **more,
    }
    a = {"files": [{"template": "t", "to": "/etc/x"}], **service()}
    files = emitted(model({"a": a}, nodes=nodes), "{{ a.proxies|join(' ') }}")
    return files["a/x"].decode()


def test_a_balancers_networks_are_those_that_it_spans_or_stands_in() -> None:
    vpc = {"cidr": "10.0.0.0/16", "secondary_cidrs": "10.1.0.0/16, 10.2.0.0/16"}
    assert before_nginx({"spans": ["near"]}, vpc) == "10.0.1.0/24"
    assert before_nginx({}, vpc) == "10.0.0.0/16 10.1.0.0/16 10.2.0.0/16"
    assert before_nginx({"fronts": "p"}, vpc) == "10.0.0.0/16 10.1.0.0/16 10.2.0.0/16"


def test_nobody_is_trusted_whose_addresses_are_anybodys() -> None:
    cdn = {"kind": "aws.cloudfront", "in": "cloud", "fronts": "a"}
    assert before_nginx({"fronts": []}, {}) == ""
    assert before_nginx({"fronts": []}, {}, cdn=cdn) == ""


def test_a_balancer_that_nobody_knows_the_addresses_of_is_refused() -> None:
    with pytest.raises(ComposeError, match="from which addresses `alb` connects"):
        before_nginx({}, {})


def test_what_runs_with_a_profile_only_does_not_keep_others_away(config: Config) -> None:
    files = emitted(model({"a": service(), "b": service(profiles=["tools"])}, "a -> b: x"))
    result = config(files, "-q")

    assert (result.returncode, result.stderr) == (0, "")
    waits = yaml.safe_load(files["compose.yaml"])["services"]["a"]["depends_on"]
    assert waits == {"b": {"condition": "service_started", "required": False}}


def test_what_the_model_says_of_networks_stands_in_the_file(config: Config) -> None:
    networks = {
        "front": "Who is seen.",
        "back": {"options": {"internal": True}},
        "a-b": {"options": {"driver_opts": {"x": "1"}}},
    }
    a, b = service(networks=["front", "back"]), {"kind": "database", **service()}
    files = emitted(model({"a": a, "b": b}, "a -> b: x", networks=networks))

    assert yaml.safe_load(files["compose.yaml"])["networks"] == {
        "a-b": {"internal": True, "driver_opts": {"x": "1"}},
        "front": None,
        "back": {"internal": True},
    }
    assert config(files, "-q").returncode == 0


def test_a_service_on_internal_networks_gets_a_way_out() -> None:
    m = model(
        {"a": service(networks=["back"], ports=["80:80"])},
        networks={"back": {"options": {"internal": True}}},
    )

    assert document(m)["services"]["a"]["networks"] == ["back", "a-egress"]


def test_secrets_of_a_build_are_declared(config: Config) -> None:
    build = {"context": ".", "secrets": ["key"]}
    m = model({"a": {"service": {"build": build}}}, secrets={"key": {"file": "./key"}})
    result = config(emitted(m), "-q")

    assert (result.returncode, result.stderr) == (0, "")


def test_a_version_that_is_no_tag_is_refused() -> None:
    with pytest.raises(ComposeError, match="`nginx:1 beta` is not the reference of an image"):
        emitted(model({"a": {"version": "1 beta", "service": {"image": "nginx"}}}))


def test_what_extends_another_has_its_image(config: Config) -> None:
    m = model({"a": {"service": {"extends": {"service": "b"}, "command": "x"}}, "b": service()})
    understood = config(emitted(m), "--format", "json")

    assert json.loads(understood.stdout)["services"]["a"]["image"] == "img:1"
    assert not [*missing_image.RULE.check(m)]


def test_a_service_may_extend_one_beside_it(config: Config) -> None:
    files = emitted(model({"a": service(), "b": service(extends="a"), "c": service()}, "b -> c: x"))
    result = config(files, "--format", "json")

    assert (result.returncode, result.stderr) == (0, "")
    found = json.loads(result.stdout)["services"]
    assert found["b"]["security_opt"] == found["a"]["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("mode", ["0640", "0o640", '"0640"', '"640"', "416"])
def test_a_mode_in_octal_digits_is_that_mode(mode: str, config: Config) -> None:
    m = archdoc_model(
        f"""
        name: T
        systems:
          app:
            containers:
              a:
                service:
                  image: "i:1"
                  volumes: [{{type: tmpfs, target: /x, tmpfs: {{mode: {mode}}}}}]
                  build: {{context: ., secrets: [{{source: fs, mode: {mode}}}]}}
        secrets: {{fs: {{file: ./fs}}}}
        environments: {{e: {{nodes: {{p: {{kind: docker.compose, runs: a}}}}}}}}
        """
    )
    understood = config(emitted(m), "--format", "json")
    assert (understood.returncode, understood.stderr) == (0, "")
    found = json.loads(understood.stdout)["services"]["a"]

    assert found["volumes"][0]["tmpfs"]["mode"] == 0o640
    assert found["build"]["secrets"][0]["mode"] == "0640"
