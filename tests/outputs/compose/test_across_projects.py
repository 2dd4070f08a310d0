"""What a service is told of one that runs in another compose project."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from archdoc.outputs.compose import emit
from outputs.compose.conftest import model, service

_NODES = {
    "a": {"kind": "host"},
    "b": {"kind": "host"},
    "p": {"kind": "docker.compose", "in": "a", "runs": ["web"]},
    "q": {"kind": "docker.compose", "in": "b", "runs": ["db", "vpn"]},
}


def _told(db: dict[str, Any], **vpn: Any) -> str:
    """The port of `db` as `web` is told it."""
    m = model(
        {
            "web": service(environment={"PORT": "{{ db.port }}"}),
            "db": {**service(**db), "port": 5432},
            "vpn": service(**vpn),
        },
        nodes=_NODES,
    )
    document = yaml.safe_load(emit(m, "e", str)["p"]["compose.yaml"])
    told: str = document["services"]["web"]["environment"]["PORT"]
    return told


@pytest.mark.parametrize(
    ("ports", "told"),
    [
        ([], "5432"),
        (["15432:5432"], "15432"),
        (["15432:{{ db.port }}"], "15432"),
        (["127.0.0.1:1:5432", "2:5432/udp", "3:80", "10.0.0.5:15432:5432"], "15432"),
        (["2:5432/udp"], "2"),
        (["15431-15433:5431-5433"], "15432"),
        (["15432-15435:5432"], "15432"),
        ([{"target": 5432, "published": "15432"}], "15432"),
        (["${PUBLIC:-15432}:5432"], "15432"),
        (["${BIND:-127.0.0.1}:15432:5432"], "15432"),
    ],
)
def test_the_port_of_a_service_elsewhere_is_the_one_that_it_publishes(
    ports: list[Any], told: str
) -> None:
    assert _told({"ports": ports}) == f"${{DB_PORT:-{told}}}"


@pytest.mark.parametrize("port", ["5432", "${PUBLIC:?say it}:5432", "0:5432", "81:${INSIDE:?}"])
def test_a_port_that_nobody_knows_yet_has_to_be_set(port: str) -> None:
    assert _told({"ports": [port]}) == "${DB_PORT:?set DB_PORT in .env}"


def test_a_service_on_the_machines_network_has_its_own_port() -> None:
    assert _told({"network_mode": "host"}) == "${DB_PORT:-5432}"


def test_who_lends_its_network_publishes_the_port() -> None:
    assert _told({"network_mode": "service:vpn"}, ports=["15432:5432"]) == "${DB_PORT:-15432}"
