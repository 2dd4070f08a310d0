"""Volumes, networks and secrets that services name through variables with defaults."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from archdoc.consistency import compose_differences
from archdoc.outputs.compose import read
from archdoc.rules import check
from archdoc.source import Loaded, Locations
from outputs.compose.conftest import Config, emitted, model, service

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
