"""`render:` says which PlantUML servers draw, and only for the model that says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from archdoc.model import Model
from archdoc.pipeline import servers_for, servers_set
from archdoc.render import EngineError
from archdoc.report.text import full
from archdoc.source import SourceError
from heirs import extended, model_of, project
from helpers import SMALL, loaded

HERE = "http://plantuml.example.org:8080/plantuml"


def _servers(*addresses: str) -> str:
    quoted = ", ".join(f'"{address}"' for address in addresses)
    return f"{SMALL}    render: {{servers: [{quoted}]}}\n"


def test_a_model_names_servers(tmp_path: Path) -> None:
    model = loaded(tmp_path, _servers(HERE, "https://[::1]/")).model

    assert model.render.servers == (HERE, "https://[::1]/")
    assert servers_for(model, {}) == model.render.servers


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("plantuml.example.org", "no address of a server"),
        ("ftp://plantuml.example.org", "no address of a server"),
        ("file:///etc/passwd", "no address of a server"),
        ("http://", "no address of a server"),
        ("http://host:port", "no address of a server"),
        ("http://host:99999", "no address of a server"),
        ("http://[::1", "no address of a server"),
        ("http://a b", "no address of a server"),
        ("http://höst", "no address of a server"),
        ("http://a/b\\r\\nX: y", "no address of a server"),
        ("http://host/uml?x=", "has no `?`"),
        ("http://host/uml#", "has no `?`"),
        ("https://ci:hunter2@host/uml", "a password has no place in a model"),
    ],
)
def test_what_is_no_address_is_said_so_at_its_place(
    tmp_path: Path, address: str, said: str
) -> None:
    with pytest.raises(SourceError) as caught:
        loaded(tmp_path, _servers(HERE, address))
    (problem,) = caught.value.diagnostics

    assert problem.code == "invalid-value"
    assert said in problem.message
    assert problem.span is not None
    assert problem.span.column == len('render: {servers: ["", ') + len(HERE) + 1
    assert "hunter2" not in full([problem])


def test_a_list_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        loaded(tmp_path, f"{SMALL}    render: {{servers: {HERE}, server: x}}\n")

    assert caught.value.diagnostics[0].help == f"write `[{HERE}]`"
    assert [(p.code, p.message) for p in caught.value.diagnostics] == [
        ("wrong-type", "`servers`: a list is wanted here"),
        ("unknown-key", "there is no key `server` here"),
    ]


def test_the_same_server_twice_is_found_at_the_second(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        loaded(tmp_path, _servers(HERE, f"{HERE}/"))
    (problem,) = caught.value.diagnostics

    assert problem.message == "this server is named twice"
    assert problem.span is not None
    assert problem.span.column == len('render: {servers: ["", ') + len(HERE) + 1


def test_advice_does_not_repeat_a_password(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        loaded(tmp_path, f"{SMALL}    render: {{servers: http://ci:hunter2@host}}\n")

    assert "hunter2" not in full(caught.value.diagnostics)


def test_nobody_inherits_where_text_is_sent(tmp_path: Path) -> None:
    assert model_of(tmp_path, "name: Mine\n", _servers(HERE)).render.servers == ()


def test_an_heir_names_its_own_servers(tmp_path: Path) -> None:
    heir = f"name: Mine\nrender: {{servers: [{HERE}]}}\n"
    model = extended(project(tmp_path), heir, _servers("http://other.example.org")).model

    assert model.render.servers == (HERE,)


def test_the_environment_overrides_the_model() -> None:
    model = Model.model_validate({"name": "x", "render": {"servers": [HERE]}})

    assert servers_for(model, {"ARCHDOC_SERVERS": ""}) == ()
    assert servers_for(model, {"ARCHDOC_SERVERS": "http://a, https://me:pw@b/c\n"}) == (
        "http://a",
        "https://me:pw@b/c",
    )
    assert servers_set({}) is None


def test_a_mistake_in_the_environment_is_said_so_without_its_password() -> None:
    with pytest.raises(EngineError, match="ARCHDOC_SERVERS, address 2: this is no") as caught:
        servers_set({"ARCHDOC_SERVERS": "http://a htp://me:hunter2@b"})

    assert "hunter2" not in str(caught.value)
