"""Files that archdoc writes for services to mount: where they lie, and when they are others."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from archdoc.outputs.compose import emit
from archdoc.outputs.compose.mounts import mounted_files
from outputs.compose.conftest import Config, document, emitted, model, service


@given(
    st.lists(
        st.sampled_from(["/x/c", "/y/c", "/c", "/c/a", "/z/a", "/1-c", "/2-c", "/q/1-c"]),
        unique=True,
    )
)
def test_no_two_mounted_files_are_one_file_beside_the_compose_file(places: list[str]) -> None:
    named = [{"template": f"{number}", "to": place} for number, place in enumerate(places)]
    [files] = emit(model({"a": {"files": named, **service()}}), "e", str).values()
    mounts = yaml.safe_load(files["compose.yaml"])["services"]["a"].get("volumes", [])
    read = {m["target"]: files[m["source"].removeprefix("./")].decode() for m in mounts}

    assert read == {place: f"{number}" for number, place in enumerate(places)}
    assert not any(a != b and b.startswith(f"{a}/") for a in files for b in files)


def test_a_dollar_sign_in_the_place_of_a_file_is_one(config: Config) -> None:
    place = "/etc/$x/${HOME}$$y.conf"
    m = model({"a": {"files": [{"template": "t", "to": place}], **service()}})
    files = emitted(m)
    understood = config(files, "--format", "json")
    assert (understood.returncode, understood.stderr) == (0, "")
    [mount] = json.loads(understood.stdout)["services"]["a"]["volumes"]

    # Compose's own JSON keeps `$$` for a dollar sign.
    assert mount["target"].replace("$$", "$") == place
    assert mount["source"].replace("$$", "$").endswith("/a/${HOME}$$y.conf")
    assert mounted_files(yaml.safe_load(files["compose.yaml"])) == {"a/${HOME}$$y.conf"}


_DIGEST = "[0-9a-f]{12}"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, f"{{'archdoc.files': '{_DIGEST}'}}"),
        ({"labels": {"x": "y"}}, f"{{'x': 'y', 'archdoc.files': '{_DIGEST}'}}"),
        ({"labels": ["x=y"]}, rf"\['x=y', 'archdoc.files={_DIGEST}'\]"),
        ({"labels": {"archdoc.files": "no"}}, "{'archdoc.files': 'no'}"),
        ({"labels": ["archdoc.files=no"]}, r"\['archdoc.files=no'\]"),
    ],
)
def test_a_service_says_what_is_in_its_files_beside_the_labels_of_its_author(
    said: dict[str, Any], expected: str
) -> None:
    a = {"files": [{"template": "t", "to": "/etc/x"}], **service(**said)}
    found = document(model({"a": a, "b": service()}))["services"]

    assert re.fullmatch(expected, str(found["a"]["labels"]))
    assert "labels" not in found["b"]


@pytest.mark.parametrize("number", range(20))
def test_another_content_of_a_file_is_another_service(number: int) -> None:
    m = model({"a": {"files": [{"template": "t", "to": "/etc/x"}], **service()}})
    one, other = (emitted(m, text)["compose.yaml"] for text in (f"{number}", f"{number} "))

    assert one != other
    # Readers of YAML 1.1 do not take digits alone for a number.
    assert isinstance(yaml.safe_load(one)["services"]["a"]["labels"]["archdoc.files"], str)


def _needs(**keys: Any) -> list[str]:
    head, _, _ = emitted(model({"a": service(**keys)}))["compose.yaml"].decode().partition("\n\n")
    return [line.removeprefix("#   ") for line in head.split("\n") if line.startswith("#   ")]


NEEDS: list[tuple[dict[str, Any], list[str]]] = [
    ({"env_file": "app.env"}, ["app.env (env_file of a)"]),
    (
        {"env_file": ["a.env", {"path": "./b.env"}]},
        ["a.env (env_file of a)", "./b.env (env_file of a)"],
    ),
    ({"env_file": [{"path": "b.env", "required": False}]}, []),
    ({"label_file": "l", "env_file": "l"}, ["l (env_file of a, label_file of a)"]),
    ({"extends": {"service": "b", "file": "../base.yaml"}}, ["../base.yaml (extends of a)"]),
    ({"volumes": ["./x.conf:/x:ro", "v:/v", "/etc/y:/y"]}, ["./x.conf (volumes of a)"]),
    ({"volumes": [{"type": "bind", "source": "x", "target": "/x"}]}, ["x (volumes of a)"]),
    ({"env_file": "a\nb: c"}, ["a<U+000A>b: c (env_file of a)"]),
    ({}, []),
]


@pytest.mark.parametrize(("keys", "needs"), NEEDS)
def test_what_somebody_has_to_bring_is_said_at_the_head(
    keys: dict[str, Any], needs: list[str]
) -> None:
    assert _needs(**keys) == needs


def test_a_file_that_archdoc_writes_is_nothing_to_bring() -> None:
    mounted = {**service(), "files": [{"template": "t", "to": "/etc/x.conf"}]}
    text = emitted(model({"a": mounted}))["compose.yaml"].decode()

    assert "It needs these" not in text
