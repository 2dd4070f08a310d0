# ruff: noqa: E501 - one case a line is read most easily
"""Addresses that services ask for, and networks that have them."""

from __future__ import annotations

from pathlib import Path

import pytest

from archdoc.rules import check
from helpers import SMALL, loaded

_SUBNET = "{options: {ipam: {config: [{subnet: 10.0.0.0/24, gateway: 10.0.0.9}]}}}"
_AUX = "{options: {ipam: {config: [{subnet: 10.0.0.0/24, aux_addresses: {printer: 10.0.0.7}}]}}}"
_RANGE = "{options: {ipam: {config: [{subnet: 10.0.0.0/24, ip_range: 10.0.0.128/25}]}}}"
_BOTH = "{options: {ipam: {config: [{subnet: 10.0.0.0/24}, {subnet: 'fd00::/64'}]}}}"


def _found(folder: Path, web: str, db: str, network: str) -> list[str]:
    text = SMALL.replace("{build: .}", "{build: ., networks: {n: {" + web + "}}}").replace(
        "{image: postgres,", "{image: postgres, networks: {n: {" + db + "}},"
    )
    text += f"    networks: {{n: {network}}}\n"
    return [f.message for f in check(loaded(folder, text)) if f.code == "unfit-address"]


@pytest.mark.parametrize(
    ("web", "db", "network", "said"),
    [
        ("ipv4_address: 10.0.0.5", "", "x", "network `n` has no subnet of which it could be an address"),
        ("ipv4_address: 10.1.0.5", "", _SUBNET, "it is no address of network `n`, which has 10.0.0.0/24"),
        ("ipv6_address: 'fd00::5'", "", _SUBNET, "network `n` has no subnet of which it could be an address"),
        ("ipv4_address: 10.0.0.9", "", _SUBNET, "another one has this address on network `n`"),
        ("ipv4_address: 10.0.0.7", "", _AUX, "another one has this address on network `n`"),
        ("ipv4_address: 10.0.0.1", "", _BOTH, "it is the default gateway of network `n`, which no service can have"),
        ("ipv6_address: 'fd00::1'", "", _BOTH, "it is the default gateway of network `n`, which no service can have"),
        ("ipv4_address: 10.0.0.0", "", _SUBNET, "it is the first address of network `n`, which no service can have"),
        ("ipv4_address: 10.0.0.255", "", _SUBNET, "it is the broadcast address of network `n`, which no service can have"),
        ("ipv4_address: 10.0.0.5", "ipv4_address: 10.0.0.5", _SUBNET, "another one has this address on network `n`"),
    ],
)  # fmt: skip
def test_an_address_that_the_engine_would_not_give_is_found(
    tmp_path: Path, web: str, db: str, network: str, said: str
) -> None:
    assert _found(tmp_path, web, db, network) == [said]


@pytest.mark.parametrize(
    ("web", "db", "network"),
    [
        ("ipv4_address: 10.0.0.5", "ipv4_address: 10.0.0.6", _SUBNET),
        ("ipv4_address: 10.0.0.5, ipv6_address: 'fd00::5'", "", _BOTH),
        ("ipv4_address: '${IP:-10.1.0.5}'", "", _SUBNET),
        ("ipv4_address: 10.1.0.5", "", "{options: {external: true}}"),
        ("ipv4_address: 10.1.0.5", "", "{options: {ipam: {driver: mine}}}"),
        ("ipv4_address: 10.1.0.5", "", "{options: {ipam: {config: [{subnet: '${NET:?}'}]}}}"),
        ("ipv4_address: 10.0.0.1", "", _SUBNET),
        ("ipv4_address: 10.0.0.1", "", _RANGE),
        ("ipv4_address: 10.0.0.1", "", _BOTH.replace("options: {", "options: {driver: ipvlan, ")),
        ("ipv6_address: 'fd00::ffff:ffff:ffff:ffff'", "", _BOTH),
        ("aliases: [a]", "", "x"),
    ],
)
def test_an_address_that_it_may_give_is_none(
    tmp_path: Path, web: str, db: str, network: str
) -> None:
    assert _found(tmp_path, web, db, network) == []


@pytest.mark.parametrize(
    ("n", "m", "said"),
    [
        ("subnet: 10.0.0.0/24", "subnet: 10.0.0.128/25", "`10.0.0.128/25` overlaps `10.0.0.0/24` of network `n`"),
        ("subnet: 10.0.0.0/24", "subnet: 10.0.1.0/24", ""),
        ("subnet: 10.0.0.0/24", "subnet: '${NET:-10.0.0.0/24}'", ""),
        ("subnet: 10.0.0.0/24", "subnet: 'fd00::/64'", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("used", [True, False])
def test_networks_of_one_project_that_overlap_are_found(
    tmp_path: Path, n: str, m: str, said: str, used: bool
) -> None:
    text = SMALL.replace("{build: .}", f"{{build: ., networks: [n{', m' if used else ''}]}}")
    text += f"    networks: {{n: {{options: {{ipam: {{config: [{{{n}}}]}}}}}}, "
    text += f"m: {{options: {{ipam: {{config: [{{{m}}}]}}}}}}}}\n"
    found = [f.message for f in check(loaded(tmp_path, text)) if f.code == "unfit-network"]

    assert found == ([said] if said and used else [])
