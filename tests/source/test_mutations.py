"""Thousands of damaged models: findings, or a model, and never anything else."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from archdoc.pipeline import check, check_path
from archdoc.report.text import full
from conftest import ROOT, examples

_RUNS, _EACH = 20, examples(100, 500)
_TEXTS = [
    (ROOT / "tests" / "models" / "everything.yaml").read_text(),
    (ROOT / "model" / "environments.yaml").read_text() + "name: x\n",
]
_INSERTED = [
    *"{}[]:,#&*!|>'\"%@`-?~\t\0\x07é😀\u2028\r\n", ": ", "- ", "<<: *a", "*a", "&a ", "!!int ",
    "null", "true", "1e999", "NO",
    "{{ x.host }}", "${X}", "extends: x", "include: .", "->", "'", "---\n",
    "x-: &a [*a]", "9" * 400, "../../..", "\ufeff", "\N{RIGHT-TO-LEFT OVERRIDE}",
]  # fmt: skip


def _damaged(text: str, chance: random.Random) -> bytes:
    lines = text.splitlines(keepends=True)
    for _ in range(chance.choice([1, 1, 1, 2, 3, 8])):
        number, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        line = lines[number]
        place, end = sorted((chance.randrange(len(line) + 1), chance.randrange(len(line) + 1)))
        lines[number] = chance.choice(
            [
                "",
                line * 2,
                line[:place],
                line[:place] + line[end:],
                line[:place] + chance.choice(_INSERTED) + line[place:],
                "  " + line,
                line.lstrip(),
                line[:place] + lines[other].strip() + line[end:],
                lines[other],
                line.replace(":", chance.choice([":", ": null #", ": [", ": {}"]), 1),
            ]
        )
    data = "".join(lines).encode("utf-8", "replace")
    if chance.random() < 0.05:
        at = chance.randrange(len(data) + 1)
        data = data[:at] + bytes(chance.randrange(256) for _ in range(3)) + data[at:]
    return data


@pytest.mark.parametrize("run", range(_RUNS))
def test_a_damaged_model_is_findings_or_a_model(tmp_path: Path, run: int) -> None:
    chance = random.Random(run)
    file = tmp_path / "app.yaml"
    for _ in range(_EACH):
        file.write_bytes(_damaged(chance.choice(_TEXTS), chance))
        loaded, findings = check_path(file)
        assert loaded is not None or findings
        assert all(finding.message for finding in findings)
        assert full(findings)
        if loaded is not None:
            check(loaded)
