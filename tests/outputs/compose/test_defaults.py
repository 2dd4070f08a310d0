"""What makes a service safe where its author has not chosen, and how authors choose."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from archdoc.model import needs_of
from outputs.compose.conftest import Config, document, emitted, model, service


def _service(**keys: Any) -> dict[str, Any]:
    document = yaml.safe_load(emitted(model({"a": {"service": keys}}))["compose.yaml"])
    found: dict[str, Any] = document["services"]["a"]
    return found


def test_every_service_is_bounded_and_loses_roots_powers() -> None:
    service = _service(image="other:1")

    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["deploy"] == {"resources": {"limits": {"memory": "1g", "pids": 512}}}
    assert (service["init"], service["restart"]) == (True, "unless-stopped")
    assert service["logging"]["options"] == {"max-size": "10m", "max-file": "3"}
    assert not {"cap_add", "read_only", "tmpfs"} & service.keys()


@pytest.mark.parametrize(
    ("image", "official"),
    [
        ("postgres:15", True),
        ("postgres:15-alpine@sha256:" + "0" * 64, True),
        ("library/postgres:15", True),
        ("docker.io/library/postgres:15", True),
        ("docker.io/postgres:15", True),
        ("bitnami/postgres:15", False),
        ("registry.example:5000/postgres:15", False),
        ("postgresql:15", False),
        ("", False),
    ],
)
def test_only_official_images_are_known(image: str, official: bool) -> None:
    assert bool(needs_of(image)) is official


def test_an_official_image_keeps_what_it_boots_with() -> None:
    service = _service(image="nginx:1.21.3")

    assert service["cap_add"] == ["CHOWN", "NET_BIND_SERVICE", "SETGID", "SETUID"]
    assert service["read_only"] is True
    assert service["tmpfs"] == ["/run", "/tmp", "/var/cache/nginx"]  # noqa: S108 - in a container


def test_powers_and_places_add_to_those_of_the_author() -> None:
    service = _service(
        image="nginx:1", cap_add=["SYS_TIME"], tmpfs="/scratch:size=1m", volumes=["t:/tmp"]
    )

    assert service["cap_add"] == ["CHOWN", "NET_BIND_SERVICE", "SETGID", "SETUID", "SYS_TIME"]
    assert service["tmpfs"] == ["/scratch:size=1m", "/run", "/var/cache/nginx"]


@pytest.mark.parametrize(
    ("keys", "absent"),
    [
        ({"read_only": False}, {"tmpfs"}),
        ({"cap_drop": []}, {"cap_add"}),
        ({"cap_drop": ["all"]}, {"cap_add"}),
        ({"security_opt": []}, set()),
        ({"security_opt": ["no-new-privileges=false", "seccomp:x.json"]}, set()),
        ({"logging": {}}, set()),
        ({"logging": {"driver": "journald"}}, set()),
        ({"logging": {"driver": "local", "options": {"max-size": "1m"}}}, set()),
        ({"logging": {"driver": "${LOGS:-json-file}"}}, set()),
        ({"user": "101"}, {"cap_add"}),
        ({"privileged": True}, {"cap_drop", "cap_add"}),
    ],
)
def test_an_author_can_do_without(keys: dict[str, Any], absent: set[str]) -> None:
    service = _service(image="nginx:1", **keys)

    assert not absent & service.keys()
    assert service.items() >= keys.items()


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (
            {"security_opt": ["apparmor:x"]},
            {"security_opt": ["no-new-privileges:true", "apparmor:x"]},
        ),
        ({"cap_drop": ["NET_RAW"]}, {"cap_drop": ["ALL", "NET_RAW"]}),
        (
            {"cap_drop": ["cap_chown"], "cap_add": ["SYS_TIME"], "image": "nginx:1"},
            {
                "cap_drop": ["ALL", "cap_chown"],
                "cap_add": ["NET_BIND_SERVICE", "SETGID", "SETUID", "SYS_TIME"],
            },
        ),
        (
            {"logging": {"options": {"max-size": "1m", "tag": "x"}}},
            {
                "logging": {
                    "driver": "json-file",
                    "options": {"max-size": "1m", "max-file": "3", "tag": "x"},
                }
            },
        ),
        (
            {"logging": {"driver": "json-file", "options": {}}},
            {
                "logging": {
                    "driver": "json-file",
                    "options": {"max-size": "10m", "max-file": "3"},
                }
            },
        ),
    ],
)
def test_what_an_author_adds_keeps_the_rest_of_what_is_safe(
    keys: dict[str, Any], expected: dict[str, Any], config: Config
) -> None:
    service = {"image": "img:1", **keys}

    assert _service(**service).items() >= expected.items()
    understood = config(emitted(model({"a": {"service": service}})), "-q")
    assert (understood.returncode, understood.stderr) == (0, "")


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({}, ["1073741824", 512, None]),
        ({"mem_limit": "2g"}, ["2147483648", 512, None]),
        ({"cpus": 2}, ["1073741824", 512, 2]),
        ({"mem_reservation": "2g"}, ["2147483648", 512, None]),
        ({"mem_reservation": 2147483648}, ["2147483648", 512, None]),
        ({"mem_reservation": "512m"}, ["1073741824", 512, None]),
        ({"mem_reservation": "${R:-2g}", "cpus": 2}, ["2147483648", 512, 2]),
        ({"memswap_limit": "512m", "pids_limit": 9}, ["536870912", 9, None]),
        ({"memswap_limit": -1}, ["1073741824", 512, None]),
        ({"deploy": {"resources": {"reservations": {"memory": "2g"}}}}, ["2147483648", 512, None]),
        ({"deploy": {"resources": {"reservations": {"memory": "8m"}}}}, ["1073741824", 512, None]),
        ({"pids_limit": 9, "mem_limit": "2g"}, ["2147483648", 9, None]),
        ({"deploy": {"resources": {"limits": {"cpus": "2"}}}}, ["1073741824", 512, 2]),
        ({"deploy": {"resources": {"limits": {"memory": "3g"}}}}, ["3221225472", 512, None]),
    ],
)
def test_limits_are_added_in_the_authors_form(
    keys: dict[str, Any], expected: list[Any], config: Config
) -> None:
    files = emitted(model({"a": {"service": {"image": "i:1", **keys}}}))
    understood = config(files, "--format", "json")
    assert (understood.returncode, understood.stderr) == (0, "")
    service = json.loads(understood.stdout)["services"]["a"]
    limits = service.get("deploy", {}).get("resources", {}).get("limits", {})

    assert [
        service.get("mem_limit", limits.get("memory")),
        service.get("pids_limit", limits.get("pids")),
        service.get("cpus", limits.get("cpus")),
    ] == expected


@pytest.mark.parametrize(
    ("condition", "said", "restart"),
    [
        ("service_completed_successfully", {}, "no"),
        ("service_completed_successfully", {"restart": "on-failure"}, "on-failure"),
        ("service_started", {}, "unless-stopped"),
    ],
)
def test_a_job_that_others_wait_for_is_not_started_again(
    condition: str, said: dict[str, Any], restart: str, config: Config
) -> None:
    waits = service(depends_on={"a": {"condition": condition}})
    understood = config(emitted(model({"a": service(**said), "b": waits})), "--format", "json")
    found = json.loads(understood.stdout)["services"]

    assert [found[name]["restart"] for name in "ab"] == [restart, "unless-stopped"]


@pytest.mark.parametrize("policy", [{"condition": "none"}, {"condition": "any"}, {}])
@pytest.mark.parametrize("condition", ["service_completed_successfully", "service_started"])
def test_a_restart_policy_of_the_author_stands_alone(
    policy: dict[str, Any], condition: str
) -> None:
    waits = service(depends_on={"a": {"condition": condition}})
    found = document(model({"a": service(deploy={"restart_policy": policy}), "b": waits}))

    assert "restart" not in found["services"]["a"]
    assert found["services"]["a"]["deploy"]["restart_policy"] == policy
