# ruff: noqa: E501 - one case a line is read most easily
"""Who runs in two compose projects meets at published ports only."""

from __future__ import annotations

from pathlib import Path

import pytest

from archdoc.rules import check
from helpers import SMALL, loaded

_APART = SMALL.replace(
    "project: {kind: docker.compose, runs: [web, db]}",
    "{a: {kind: host}, b: {kind: host}, p: {kind: docker.compose, in: a, runs: [web]},"
    " q: {kind: docker.compose, in: b, runs: [db]}}",
)


def _reasons(folder: Path, said: str, technology: str = "SQL") -> list[str]:
    """Why web cannot reach db, whose service says that."""
    text = _APART.replace("{image: postgres,", "{image: postgres, " + said + ",").replace(
        "web -> db: SQL queries", "{from: web, to: db, label: x, technology: " + technology + "}"
    )
    found = [f for f in check(loaded(folder, text)) if f.code == "missing-network"]
    return [f.message.rpartition(", and ")[2] for f in found]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("init: true", "publishes no port 5432"),
        ('ports: ["127.0.0.1:5432:5432"]', "publishes port 5432 at 127.0.0.1, where only its machine reaches it"),
        ('ports: ["[::1]:5432:5432"]', "publishes port 5432 at ::1, where only its machine reaches it"),
        ("ports: [{target: 5432, published: 5432, host_ip: 127.0.0.2}]", "publishes port 5432 at 127.0.0.2, where only its machine reaches it"),
        ('ports: ["5432:5432/udp"]', "publishes port 5432 for UDP only"),
        ('ports: ["127.0.0.1:5432:5432", "5432:5432/udp"]', "publishes port 5432 at 127.0.0.1, where only its machine reaches it"),
        ('ports: ["5432:80", 81]', "publishes other ports than its port 5432"),
        ('network_mode: "service:other"', "publishes no port 5432"),
    ],
)  # fmt: skip
def test_a_port_that_leads_nowhere_is_no_way_to_another_project(
    tmp_path: Path, said: str, reason: str
) -> None:
    assert _reasons(tmp_path, said) == [reason]


@pytest.mark.parametrize(
    "said",
    [
        'ports: ["15432:5432"]',
        'ports: ["5432"]',
        'ports: ["10.0.0.5:5432:5432"]',
        'ports: ["127.0.0.1:5432:5432", "10.0.0.5:5432:5432"]',
        'ports: ["5400-5499:5400-5499"]',
        'ports: ["15432:{{ db.port }}"]',
        'ports: ["${P:?x}:5432"]',
        'ports: ["5432:${INSIDE:?}"]',
        "ports: [{target: 5432, published: 5432}]",
        "network_mode: host",
        'ports: ["${BIND:-127.0.0.1}:5432:5432"]',
        'ports: [{target: 5432, published: 5432, host_ip: "${BIND:-127.0.0.1}"}]',
    ],
)
def test_a_port_that_others_reach_is_one(tmp_path: Path, said: str) -> None:
    assert _reasons(tmp_path, said) == []


def test_what_is_sent_over_udp_needs_no_more(tmp_path: Path) -> None:
    assert _reasons(tmp_path, 'ports: ["5432:5432/udp"]', "StatsD over UDP") == []


def test_where_no_port_is_said_any_will_do(tmp_path: Path) -> None:
    text = _APART.replace("port: 5432, ", "").replace("{image:", '{ports: ["1:2"], image:')

    assert "missing-network" not in {f.code for f in check(loaded(tmp_path, text))}


def test_what_is_said_of_a_part_is_said_of_what_it_runs_in(tmp_path: Path) -> None:
    text = _APART.replace("      web: {", "      web: {components: {part: {name: Part}}, ").replace(
        "web -> db: SQL queries", "part -> db: SQL queries"
    )
    assert "part ->" in text

    (found,) = [f for f in check(loaded(tmp_path, text)) if f.code == "missing-network"]
    assert found.message.startswith("`web` on `p` cannot reach `db`")


def _exposed(folder: Path, text: str, port: str) -> list[tuple[str, str]]:
    """What is said of db, which publishes a port."""
    said = text.replace("{image: postgres,", "{image: postgres, ports: [" + port + "],")
    found = [f for f in check(loaded(folder, said)) if f.code == "published-data-store"]
    return [(f.message.rpartition("publishes a port ")[2], f.help) for f in found]


@pytest.mark.parametrize("port", ['"10.0.0.7:15432:5432"', '"${IP:?x}:5432:5432"'])
def test_one_private_address_is_for_clients_in_another_project(tmp_path: Path, port: str) -> None:
    assert _exposed(tmp_path, _APART, port) == []
    [(where, help_)] = _exposed(tmp_path, SMALL, port)

    assert where == "outside of its project"
    assert help_.startswith("leave it out: its clients share a network with it")


@pytest.mark.parametrize(
    "port",
    [
        '"15432:5432"',
        '"0.0.0.0:15432:5432"',
        '"[::]:15432:5432"',
        "{target: 5432, published: 15432}",
    ],
)
def test_all_addresses_are_too_many_for_clients_in_another_project(
    tmp_path: Path, port: str
) -> None:
    [(where, help_)] = _exposed(tmp_path, _APART, port)

    assert where == "to everybody"
    assert "at which `web` in another project can reach it: `10.0.0.7:15432:5432`" in help_


@pytest.mark.parametrize(
    "port",
    [
        '"127.0.0.1:5432:5432"',
        '"[::1]:5432:5432"',
        '"${A:-127.0.0.1}:5432:5432"',
        "{target: 5432, host_ip: 127.0.0.1}",
    ],
)
def test_the_machines_own_address_is_no_finding(tmp_path: Path, port: str) -> None:
    assert _exposed(tmp_path, SMALL, port) == []


_BOTH = _APART.replace(
    "      local:",
    "      one: {nodes: {all: {kind: docker.compose, runs: [web, db]}}}\n      local:",
)


def test_a_port_that_one_environment_needs_is_judged_in_each(tmp_path: Path) -> None:
    [(where, help_)] = _exposed(tmp_path, _BOTH, '"10.0.0.7:15432:5432"')

    assert where == "outside of its project in `one`, where no other project needs it"
    assert help_ == (
        "write `${DB_ADDRESS:-127.0.0.1}:15432:5432`, and set it in `.env` of `local` to the one "
        "private address of the machine at which `web` in another project can reach it"
    )


def test_an_address_that_an_environment_may_set_serves_all(tmp_path: Path) -> None:
    port = '"${DB_ADDRESS:-127.0.0.1}:5432:5432"'
    text = _BOTH.replace("{image: postgres,", "{image: postgres, ports: [" + port + "],")
    found = {f.code for f in check(loaded(tmp_path, text))}

    assert not {"published-data-store", "missing-network"} & found
