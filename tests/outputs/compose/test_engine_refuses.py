"""What Docker Compose says nothing of, and is found all the same; volumes that others make."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from archdoc.model import Network, Volume, mistakes_in


@pytest.mark.parametrize("signal", ["SIGTERM", "quit", "SIGRTMIN+3", "RTMAX-1", "15", "${S:-INT}"])
def test_signals_that_docker_knows_are_taken(signal: str) -> None:
    assert mistakes_in({"stop_signal": signal}) == []


@pytest.mark.parametrize("signal", ["FOO", "SIG", "0", "-9", "SIGTERMS", ""])
def test_a_signal_that_no_container_could_get_is_a_mistake(signal: str) -> None:
    """`docker run` says "invalid signal", when everything else is up already."""
    (found,) = mistakes_in({"stop_signal": signal})

    assert found.at == ("stop_signal",)
    assert "is not a signal" in found.said


_OPTIONS: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({"external": True}, ()),
    ({"external": True, "name": "theirs", "x-note": "y"}, ()),
    ({"external": False, "driver": "local"}, ()),
    ({"driver": "local", "driver_opts": {"type": "nfs"}}, ()),
    ({"external": True, "driver": "local", "labels": {"a": "b"}}, ("driver", "labels")),
    ({"external": "true", "driver_opts": {}}, ("driver_opts",)),
    ({"external": {"name": "a"}, "driver": "local"}, ("driver",)),
    ({"external": {"name": "a"}, "name": "b"}, ("external",)),
]


def _found(kind: type[Volume | Network], options: dict[str, Any]) -> list[str]:
    try:
        kind.model_validate({"options": options})
    except ValidationError as error:
        (detail,) = error.errors()
        return [str(mistake.at[-1]) for mistake in detail["ctx"]["all"]]
    return []


@pytest.mark.parametrize(("options", "wrong"), _OPTIONS, ids=str)
def test_what_somebody_else_makes_is_told_nothing_as_compose_has_it(
    options: dict[str, Any], wrong: tuple[str, ...], tmp_path: Path, compose: str
) -> None:
    services = {"a": {"image": "a:1", "volumes": ["v:/v"]}}
    (tmp_path / "compose.yaml").write_text(
        json.dumps({"services": services, "volumes": {"v": options}})
    )
    done = subprocess.run(
        [compose, "config", "--quiet"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert _found(Volume, options) == list(wrong)
    assert (done.returncode != 0) == bool(wrong), done.stderr


@pytest.mark.parametrize(("options", "wrong"), _OPTIONS, ids=str)
def test_the_same_of_networks_where_compose_passes_over_it(
    options: dict[str, Any], wrong: tuple[str, ...]
) -> None:
    assert _found(Network, options) == list(wrong)
