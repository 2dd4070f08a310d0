# ruff: noqa: E501 - one case a line is read most easily
"""Networks and volumes that the Docker Engine would not make."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from archdoc.model import Network, Volume


def _found(kind: type[Network | Volume], options: dict[str, Any]) -> list[tuple[str, str]]:
    """The place and the message of each mistake."""
    try:
        kind.model_validate({"options": options})
    except ValidationError as error:
        (detail,) = error.errors()
        return [(".".join(map(str, m.at)), m.said) for m in detail["ctx"]["all"]]
    return []


def _ipam(*config: dict[str, Any]) -> dict[str, Any]:
    return {"ipam": {"config": list(config)}}


_NET = "10.0.0.0/24"
NETWORKS = [
    ({"driver": "host"}, "driver", "there is no network of your own with `driver: host`"),
    ({"driver": "none"}, "driver", "there is no network of your own with `driver: none`"),
    (
        {"driver_opts": {"com.docker.network.bridge.name": "br-of-the-backend"}},
        "driver_opts.com.docker.network.bridge.name",
        "has 17 characters",
    ),
    (
        _ipam({"gateway": "10.0.0.1"}),
        "ipam.config.0.gateway",
        "`gateway` stands without a `subnet`",
    ),
    (
        _ipam({"ip_range": "10.0.0.0/25"}),
        "ipam.config.0.ip_range",
        "`ip_range` stands without a `subnet`",
    ),
    (
        _ipam({"subnet": _NET, "gateway": "10.0.1.1"}),
        "ipam.config.0.gateway",
        "`10.0.1.1` is outside of the subnet `10.0.0.0/24`",
    ),
    (
        _ipam({"subnet": _NET, "gateway": "fd00::1"}),
        "ipam.config.0.gateway",
        "`fd00::1` is outside",
    ),
    (
        _ipam({"subnet": _NET, "ip_range": "10.0.0.0/23"}),
        "ipam.config.0.ip_range",
        "`10.0.0.0/23` is outside",
    ),
    (
        _ipam({"subnet": _NET, "aux_addresses": {"a": "10.0.1.1"}}),
        "ipam.config.0.aux_addresses.a",
        "`10.0.1.1` is outside",
    ),
    (
        _ipam({"subnet": _NET}, {"subnet": "10.0.1.0/24"}),
        "ipam.config.1.subnet",
        "a bridge has one IPv4 subnet",
    ),
    (
        _ipam({"subnet": "10.0.0.0/31"}),
        "ipam.config.0.subnet",
        "`10.0.0.0/31` has no address for a service",
    ),
    (
        _ipam({"subnet": "10.0.0.0/32"}),
        "ipam.config.0.subnet",
        "`10.0.0.0/32` has no address for a service",
    ),
]
VOLUMES = [
    ({"name": "all rows"}, "name", "`all rows` is no name of a volume"),
    ({"name": "r"}, "name", "`r` is no name of a volume"),
    ({"driver_opts": {"devise": "/d"}}, "driver_opts.devise", "the local driver has no option `devise`"),
    ({"driver_opts": {"type": "none", "o": "bind", "device": "./data"}}, "driver_opts.device", "`./data` is no whole path"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "options", "at", "said"),
    [*((Network, *case) for case in NETWORKS), *((Volume, *case) for case in VOLUMES)],
)
def test_what_the_engine_would_not_make_is_a_mistake_at_its_place(
    kind: type[Network | Volume], options: dict[str, Any], at: str, said: str
) -> None:
    [(place, message)] = _found(kind, options)

    assert place == at
    assert said in message


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        (Network, {"driver": "overlay", "attachable": True}),
        (Network, {"driver": "macvlan", **_ipam({"subnet": _NET}, {"subnet": "10.0.1.0/24"})}),
        (
            Network,
            {"driver_opts": {"com.docker.network.bridge.name": "${BRIDGE:-br-of-the-backend}"}},
        ),
        (Network, _ipam({"subnet": _NET, "gateway": "10.0.0.254", "ip_range": "10.0.0.128/25"})),
        (Network, _ipam({"subnet": _NET}, {"subnet": "fd00::/64", "gateway": "fd00::1"})),
        (Network, _ipam({"subnet": "${NET:?}", "gateway": "10.0.0.1"})),
        (Network, _ipam({"subnet": "10.0.0.0/30"})),
        (Volume, {"name": "${NAME}"}),
        (Volume, {"name": "shop_db-data.1"}),
        (Volume, {"driver": "other", "driver_opts": {"share": "x"}}),
        (Volume, {"driver_opts": {"type": "tmpfs", "device": "tmpfs", "o": "size=1m"}}),
        (Volume, {"driver_opts": {"type": "nfs", "o": "addr=10.0.0.5,rw", "device": ":/rows"}}),
        (Volume, {"driver_opts": {"type": "none", "o": "bind", "device": "${ROWS:-/srv/rows}"}}),
    ],
)
def test_what_it_makes_is_none(kind: type[Network | Volume], options: dict[str, Any]) -> None:
    assert _found(kind, options) == []
