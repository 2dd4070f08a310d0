"""Ways out of a project: what they are called, and how many networks there are in all."""

from __future__ import annotations

import json

import pytest

from outputs.compose.conftest import Config, document, emitted, model, service


def test_a_way_out_is_called_like_no_other_network() -> None:
    store = {"kind": "database", **service()}
    containers = {"web": service(ports=["80:80"]), "egress": store, "own": service()}
    m = model(containers, "web -> egress: x", networks={"own-egress": "Somebody's."})
    found = document(m)

    assert found["networks"]["web-egress"] == {"internal": True}
    assert found["services"]["web"]["networks"] == ["web-egress", "web-egress-2"]
    assert found["networks"]["web-egress-2"] is None
    assert found["services"]["own"]["networks"] == ["own-egress-2"]


@pytest.mark.parametrize(
    ("clients", "networks", "ways_out"),
    [(10, 20, 10), (11, 12, 11), (17, 18, 17), (19, 20, 19), (20, 2, 1), (60, 2, 1)],
)
def test_docker_does_not_run_out_of_networks(clients: int, networks: int, ways_out: int) -> None:
    names = [f"w{number}" for number in range(clients)]
    workers = {name: service(ports=[f"80{n:02}:80"]) for n, name in enumerate(names)}
    store = {"db": {"kind": "database", **service()}}
    found = document(model({**workers, **store}, *(f"{name} -> db: x" for name in names)))
    open_ = [name for name, said in found["networks"].items() if not said]

    assert (len(found["networks"]), len(open_)) == (networks, ways_out)
    assert all({*found["services"][name]["networks"]} & {*open_} for name in names)


def test_many_services_that_talk_to_nobody_share_a_way_out() -> None:
    found = document(model({f"s{number}": service() for number in range(21)}))

    assert found["networks"] == {"egress": None}


@pytest.mark.parametrize("clients", [1, 21])
def test_names_that_compose_takes_for_extensions_are_none_of_networks(
    clients: int, config: Config
) -> None:
    users = {f"x-{number}": service(ports=[f"{8000 + number}:80"]) for number in range(clients)}
    store = {"kind": "database", **service()}
    containers = {**users, "x": service(), "x-db": store}
    arrows = ["x -> x-db: Reads", *(f"{name} -> x-db: Reads" for name in users)]
    result = config(emitted(model(containers, *arrows)), "--format", "json")
    found = json.loads(result.stdout)

    assert (result.returncode, result.stderr) == (0, "")
    assert {*found["services"]} == {*containers}
    for name in ("x", *users):
        shared = {*found["services"][name]["networks"]} & {*found["services"]["x-db"]["networks"]}
        assert [found["networks"][network]["internal"] for network in shared] == [True]
