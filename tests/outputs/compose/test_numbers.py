"""Numbers arrive as they were written, where Compose takes any text; elsewhere as numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from archdoc.outputs.compose import emit
from helpers import SMALL, loaded
from outputs.compose.conftest import Config

WRITTEN = [
    "7", "-7", "1.5", "007", "-007", "+7", "1.10", "1.0", "1e3", ".5", "5.", "0o17", "1_000",
    "0x1F", "12345678901234567890123", "22:22", "2024-01-01",
]  # fmt: skip


def _service(tmp_path: Path, setting: str) -> tuple[dict[str, bytes], Any]:
    text = SMALL.replace("{build: .}", f"{{image: 'a:1', {setting}}}")
    shop = loaded(tmp_path / "model", text)
    [files] = emit(shop.model, "local", shop.read_file).values()
    return files, yaml.safe_load(files["compose.yaml"])["services"]["web"]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_number_without_quotes_arrives_as_it_was_written(
    tmp_path: Path, written: str, config: Config
) -> None:
    both = f"environment: {{X: {written}}}, labels: {{x: {written}}}"
    files, _ = _service(tmp_path, f"{both}, build: {{context: ., args: {{X: {written}}}}}")
    arrived = json.loads(config(files, "--format", "json").stdout)["services"]["web"]

    assert arrived["environment"]["X"] == written
    assert arrived["labels"]["x"] == written
    assert arrived["build"]["args"]["X"] == written


NUMBERS = {
    "cpus: 1.50": ("cpus", 1.5),
    "mem_limit: 0512000000": ("mem_limit", 512_000_000),
    "cpu_shares: 0512": ("cpu_shares", 512),
    "ports: [0080]": ("ports", [80]),
    "oom_score_adj: 010": ("oom_score_adj", 10),
    "ulimits: {nofile: 01024}": ("ulimits", {"nofile": 1024}),
}


@pytest.mark.parametrize("setting", NUMBERS)
def test_where_compose_wants_a_number_it_is_one(tmp_path: Path, setting: str) -> None:
    key, value = NUMBERS[setting]

    assert _service(tmp_path, setting)[1][key] == value


def test_what_is_nothing_is_left_out_where_compose_would_panic(
    tmp_path: Path, config: Config
) -> None:
    files, service = _service(tmp_path, "pid: null")

    assert "pid" not in service
    assert config(files, "--quiet").returncode == 0
