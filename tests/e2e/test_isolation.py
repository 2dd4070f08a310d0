"""Data stores answer those that use them, and nobody else."""

from __future__ import annotations

import json

import pytest

from e2e.conftest import DATA_STORES, PUBLISHED, Stage, answers
from e2e.engine import docker
from e2e.project import Project

PORTS = dict(zip(("postgres", "redis"), DATA_STORES, strict=True))
USERS = {"postgres": {"django", "celery"}, "redis": {"django", "celery", "beat"}}
"""As the model's relationships say."""


def _addresses(project: Project, service: str) -> list[str]:
    networks = json.loads(project.inspect(service, "{{json .NetworkSettings.Networks}}"))
    return [network["IPAddress"] for network in networks.values()]


def _reaches(project: Project, service: str, host: str, port: int) -> bool:
    knock = f"exec 3<>/dev/tcp/{host}/{port}"
    return project.inside(service, "timeout", "2", "bash", "-c", knock).returncode == 0


def test_only_nginx_publishes_ports(stage: Stage, app: Project) -> None:
    """Neither on this machine's own addresses, nor on those that it has in Docker's networks."""
    published = {
        name: app.inspect(name, "{{json .HostConfig.PortBindings}}") for name in app.services
    }
    gateway = "{{range .IPAM.Config}}{{.Gateway}} {{end}}"
    networks = app.inspect("django", "{{range .NetworkSettings.Networks}}{{.NetworkID}} {{end}}")
    addresses = [
        "127.0.0.1",
        *docker("network", "inspect", "-f", gateway, *networks.split()).split(),
    ]

    assert {name for name, ports in published.items() if json.loads(ports)} == {"nginx"}
    assert all(answers(port) for port in PUBLISHED)
    for address in addresses:
        assert {port for port in DATA_STORES if answers(port, address)} <= stage.answered, address


@pytest.mark.parametrize("store", ["postgres", "redis"])
def test_who_has_no_relationship_to_a_data_store_cannot_reach_it(app: Project, store: str) -> None:
    others = set(app.services) - {store}
    by_name = {name for name in others if _reaches(app, name, store, PORTS[store])}
    by_address = {
        name
        for name in others
        if any(_reaches(app, name, ip, PORTS[store]) for ip in _addresses(app, store))
    }

    assert by_name == by_address == USERS[store]


@pytest.mark.parametrize("service", ["nginx", "django", "celery", "beat", "postgres", "redis"])
def test_who_talks_to_others_is_not_root_and_has_no_power(app: Project, service: str) -> None:
    """Nginx's master opens ports and reads the key as root; its workers talk."""
    (main,) = app.children(service, 1)
    talks = app.children(service, main)[0] if service == "nginx" else main
    shown = app.inside(service, "cat", f"/proc/{talks}/status").stdout
    status = dict(line.split(":\t", 1) for line in shown.splitlines() if ":\t" in line)

    assert "0" not in status["Uid"].split()
    assert int(status["CapEff"], 16) == 0
    assert status["NoNewPrivs"] == "1"
