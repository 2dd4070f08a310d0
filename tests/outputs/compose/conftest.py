"""What the tests of compose files share: models, and the real Docker Compose."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from archdoc.model import Model
from archdoc.outputs.compose import ComposeError, emit


def model(containers: dict[str, Any], *relationships: Any, **more: Any) -> Model:
    """All the containers in one project, unless `nodes` says otherwise."""
    nodes = more.pop("nodes", {"p": {"kind": "docker.compose", "runs": list(containers)}})
    return Model.model_validate(
        {
            "name": "T",
            "systems": {"app": {"containers": containers}},
            "relationships": list(relationships),
            "environments": {"e": {"nodes": nodes}},
            **more,
        }
    )


def service(**keys: Any) -> dict[str, Any]:
    return {"service": {"image": "img:1", **keys}}


def filled_in(example: str) -> str:
    """A `.env.example` as an operator who types fast fills it in."""
    return re.sub(r"(?m)^(?:# )?(\w+)=$", r"\1=typed", example)


Accepts = Callable[[dict[str, Any]], bool]
Config = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def config(tmp_path: Path, compose: str) -> Config:
    """`docker compose config` over what was emitted."""

    def run(
        files: dict[str, bytes],
        *arguments: str,
        env_file: str = ".env",
        profiles: str = "",
    ) -> Any:
        for name, content in files.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        (tmp_path / ".env").write_text(filled_in(files[".env.example"].decode()), "utf-8")
        # A bare environment: a variable of the machine must not stand in for one of the project.
        return subprocess.run(
            [compose, "-f", "compose.yaml", "--env-file", env_file, "config", *arguments],
            cwd=tmp_path,
            env={"HOME": str(tmp_path), "COMPOSE_PROFILES": profiles},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture
def accepts(tmp_path: Path, compose: str) -> Accepts:
    """Whether Docker Compose takes a service as it is written."""

    def ask(service: dict[str, Any]) -> bool:
        content = {"name": "x", "services": {"web": {"image": "web:1", **service}}}
        (tmp_path / "compose.yaml").write_text(json.dumps(content), "utf-8")
        command = [compose, "-f", "compose.yaml", "config", "--quiet"]
        done = subprocess.run(
            command, cwd=tmp_path, env={"HOME": str(tmp_path)}, capture_output=True, check=False
        )
        return done.returncode == 0

    return ask


def emitted(m: Model, template: str = "") -> dict[str, bytes]:
    """The files of its one project, which all mount this template."""
    [files] = emit(m, "e", lambda _: template).values()
    return files


def document(m: Model) -> Any:
    """What its compose.yaml says."""
    return yaml.safe_load(emitted(m)["compose.yaml"])


def refusal(text: str, containers: dict[str, Any] | None = None, **more: Any) -> str:
    """Why a text is refused as a variable of a service."""
    with pytest.raises(ComposeError) as error:
        emitted(model({"a": service(environment={"X": text}), **(containers or {})}, **more))
    return str(error.value)
