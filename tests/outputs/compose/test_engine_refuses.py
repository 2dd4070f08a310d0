"""What Docker Compose says nothing of, and is found all the same; volumes that others make."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from archdoc.model import Network, Volume, mistakes_in


@pytest.mark.parametrize("signal", ["SIGTERM", "quit", "SIGRTMIN+3", "RTMAX-1", "15", "${S:-INT}"])
def test_signals_that_docker_knows_are_taken(signal: str) -> None:
    assert mistakes_in({"stop_signal": signal}) == []


@pytest.mark.parametrize("signal", ["FOO", "SIG", "0", "-9", "SIGTERMS", ""])
def test_a_signal_that_no_container_could_get_is_a_mistake(signal: str) -> None:
    """`docker run` says "invalid signal", when everything else is up already."""
    (found,) = mistakes_in({"stop_signal": signal})

    assert found.at == ("stop_signal",)
    assert "is not a signal" in found.said


REFUSED: list[tuple[dict[str, Any], tuple[str | int, ...], str]] = [
    ({"volumes": ["data"]}, ("volumes", 0), "`data` is not a mount"),
    ({"volumes": ["data:place"]}, ("volumes", 0), "`data:place` is not a mount"),
    ({"volumes": [{"type": "volume", "source": "a", "target": "b"}]},
     ("volumes", 0, "target"), "`b` is not a place in the container"),
    ({"tmpfs": ["run"]}, ("tmpfs", 0), "`run` is not a place in the container"),
    ({"tmpfs": "run"}, ("tmpfs",), "`run` is not a place in the container"),
    ({"working_dir": "app"}, ("working_dir",), "`app` is not a place in the container"),
    ({"cap_add": ["NET_BIND"]}, ("cap_add", 0), "`NET_BIND` is not a capability"),
    ({"cap_drop": ["ALL", ""]}, ("cap_drop", 1), "`` is not a capability"),
    ({"mem_limit": "3m"}, ("mem_limit",), "Docker wants 6m or more"),
    ({"mem_limit": "100m", "mem_reservation": "200m"}, ("mem_reservation",), "more than"),
    ({"mem_swappiness": 200}, ("mem_swappiness",), "`200` is not a percentage"),
    ({"ulimits": {"nofiles": 3}}, ("ulimits", "nofiles"), "there is no limit `nofiles`"),
    ({"ulimits": {"nofile": {"soft": 30, "hard": 2}}}, ("ulimits", "nofile", "soft"), "above"),
    ({"mac_address": "zz"}, ("mac_address",), "`zz` is not a MAC address"),
    ({"deploy": {"restart_policy": {"condition": "always"}}},
     ("deploy", "restart_policy", "condition"), "`always` is not when to start again"),
]  # fmt: skip


@pytest.mark.parametrize(("service", "at", "said"), REFUSED, ids=lambda case: str(case)[:40])
def test_what_the_engine_refuses_is_a_mistake_at_its_place(
    service: dict[str, Any], at: tuple[str | int, ...], said: str
) -> None:
    (found,) = mistakes_in(service)

    assert found.at == at
    assert said in found.said
    assert found.help


@pytest.mark.parametrize(
    "service",
    [
        {"volumes": ["/a", "v:/a:ro", "./a:/b", "C:\\a:/b", "C:/a:D:/b"]},
        {"volumes": ["${V}:/x", "{{ a.path }}"]},
        {"tmpfs": ["/run", "/var/x:size=64m,mode=1777"], "working_dir": "/srv"},
        {"cap_add": ["NET_BIND_SERVICE", "cap_sys_time"], "cap_drop": ["ALL"]},
        {"mem_limit": "0", "mem_reservation": "64m"},
        {"mem_limit": "64m", "mem_reservation": "${M:-1g}", "mem_swappiness": "0"},
        {"ulimits": {"nofile": {"soft": -1, "hard": -1}, "memlock": -1}},
        {"mac_address": "02:42:ac:11:00:02"},
        {"deploy": {"restart_policy": {"condition": "on-failure"}}},
    ],
    ids=str,
)  # fmt: skip
def test_what_the_engine_takes_is_none(service: dict[str, Any]) -> None:
    assert mistakes_in(service) == []


_OPTIONS: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({"external": True}, ()),
    ({"external": True, "name": "theirs", "x-note": "y"}, ()),
    ({"external": False, "driver": "local"}, ()),
    ({"driver": "local", "driver_opts": {"type": "nfs"}}, ()),
    ({"external": True, "driver": "local", "labels": {"a": "b"}}, ("driver", "labels")),
    ({"external": "true", "driver_opts": {}}, ("driver_opts",)),
    ({"external": {"name": "a"}, "driver": "local"}, ("driver",)),
    ({"external": {"name": "a"}, "name": "b"}, ("external",)),
]


def _found(kind: type[Volume | Network], options: dict[str, Any]) -> list[str]:
    try:
        kind.model_validate({"options": options})
    except ValidationError as error:
        (detail,) = error.errors()
        return [str(mistake.at[-1]) for mistake in detail["ctx"]["all"]]
    return []


@pytest.mark.parametrize(("options", "wrong"), _OPTIONS, ids=str)
def test_what_somebody_else_makes_is_told_nothing_as_compose_has_it(
    options: dict[str, Any], wrong: tuple[str, ...], tmp_path: Path, compose: str
) -> None:
    services = {"a": {"image": "a:1", "volumes": ["v:/v"]}}
    (tmp_path / "compose.yaml").write_text(
        json.dumps({"services": services, "volumes": {"v": options}})
    )
    done = subprocess.run(
        [compose, "config", "--quiet"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert _found(Volume, options) == list(wrong)
    assert (done.returncode != 0) == bool(wrong), done.stderr


@pytest.mark.parametrize(("options", "wrong"), _OPTIONS, ids=str)
def test_the_same_of_networks_where_compose_passes_over_it(
    options: dict[str, Any], wrong: tuple[str, ...]
) -> None:
    assert _found(Network, options) == list(wrong)
