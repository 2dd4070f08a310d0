"""Compose takes a name of one letter for a drive, unless a mount is written in its long form."""

from __future__ import annotations

import json
from typing import Any

import pytest

from archdoc.outputs.compose import read
from outputs.compose.conftest import Config, document, emitted, model, service

MOUNTS: list[tuple[str, dict[str, Any]]] = [
    ("v:/srv/v", {}),
    ("v:/srv/v:ro", {"read_only": True}),
    ("v:/srv/v:rw,nocopy,z", {"volume": {"nocopy": True}, "bind": {"selinux": "z"}}),
    ("${V:-v}:/srv/v:ro", {"read_only": True}),
    ("v:${P:-/srv/v}", {}),
    ("{{ variable.v }}:/srv/v", {}),
]


def _understood(config: Config, files: dict[str, bytes]) -> Any:
    done = config(files, "--format", "json")
    assert done.returncode == 0, done.stderr
    [mount] = json.loads(done.stdout)["services"]["a"]["volumes"]
    return mount


@pytest.mark.parametrize(("mount", "options"), MOUNTS)
def test_a_volume_with_one_letter_is_mounted_with_its_options(
    mount: str, options: dict[str, Any], config: Config
) -> None:
    m = model(
        {"a": service(volumes=[mount])},
        volumes={"v": {}},
        variables={"v": {"default": "v"}},
    )
    files = emitted(m)
    found = _understood(config, files)

    assert (found["source"], found["target"]) == ("v", "/srv/v")
    assert {key: found[key] for key in options} == options
    assert read(files["compose.yaml"]).services["a"].volumes == {("v", "/srv/v")}


def test_a_file_store_with_one_letter_is_mounted(config: Config) -> None:
    nodes = {
        "p": {"kind": "docker.compose", "runs": ["a"]},
        "d": {"kind": "docker.volume", "in": "p", "realises": "m"},
    }
    mount = {"from": "a", "to": "m", "label": "x", "mount": "/srv/m"}
    m = model({"a": service(), "m": {"kind": "file-store"}}, mount, nodes=nodes)

    found = _understood(config, emitted(m))
    assert (found["source"], found["target"]) == ("m", "/srv/m")


def test_a_folder_on_a_drive_stays_one() -> None:
    m = model({"a": service(volumes=["c:/data:/data", "D:/x:/y"])}, volumes={"c": {}})

    assert document(m)["services"]["a"]["volumes"] == ["c:/data:/data", "D:/x:/y"]
