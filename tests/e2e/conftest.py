"""The engine, its images, and one project that most tests share."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from archdoc.source import Loaded
from conftest import skip
from e2e import engine
from e2e.project import Project, certify, lay_out

PUBLISHED = (80, 443)
DATA_STORES = (5432, 6379)


def answers(port: int, address: str = "127.0.0.1") -> bool:
    """Whether something listens."""
    with suppress(OSError), socket.create_connection((address, port), timeout=2):
        return True
    return False


class Stage:
    """Boots environments, one at a time: all of them publish the same ports."""

    def __init__(self, model: Loaded, compose_binary: str, folder: Path) -> None:
        """Lay out every project, but for the certificates, which take an image."""
        self.projects = {
            name: lay_out(model, name, folder / name, compose_binary)
            for name in ("compose", "aws-advanced")
        }
        self.answered = {port for port in DATA_STORES if answers(port)}
        self._up = ""
        self._failed: set[str] = set()

    def images(self) -> list[str]:
        """Every image that an emitted file names."""
        services = self.projects["compose"].services.values()
        return sorted({service["image"] for service in services if "image" in service})

    def up(self, environment: str) -> Project:
        """An environment's project, healthy, from nothing if another one was up."""
        project = self.projects[environment]
        if environment in self._failed:
            raise AssertionError(f"environment {environment} did not boot: see the first failure")
        if self._up != environment:
            self.clear()
            self._failed.add(environment)
            certify(project)
            project.up()
            self._failed.remove(environment)
            self._up = environment
        elif not project.is_healthy():
            project.up()  # after a test that failed halfway
        return project

    def clear(self) -> None:
        """Leave no container, network or volume."""
        self._up = ""
        for project in self.projects.values():
            project.remove()


@pytest.fixture(scope="session")
def docker_engine() -> None:
    """Asks for a Docker engine."""
    try:
        engine.find()
    except engine.Unavailable as reason:
        skip(str(reason))


@pytest.fixture(scope="session")
def stage(
    docker_engine: None,
    reference: Loaded,
    compose: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:
    """Where one environment after the other is booted; empty at the end, whatever happened."""
    made = Stage(reference, compose, tmp_path_factory.mktemp("projects"))
    made.clear()  # of what a run left that was killed
    for port in PUBLISHED:
        if answers(port):
            skip(f"port {port} is taken, and the compose file publishes it: stop what listens")
    try:
        engine.stand_in(made.images())
    except engine.Unavailable as reason:
        skip(str(reason))
    yield made
    made.clear()
    engine.stand_down(made.images())


@pytest.fixture
def app(stage: Stage) -> Project:
    """Environment `compose`, up and healthy."""
    return stage.up("compose")
