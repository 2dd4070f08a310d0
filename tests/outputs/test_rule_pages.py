"""The pages of the rules stand in `docs/rules/`, and are what the rules say."""

from __future__ import annotations

import os

from archdoc.outputs import rule_pages
from archdoc.rules import EVERY_RULE
from conftest import ROOT

FOLDER = ROOT / "docs" / "rules"


def test_every_rule_has_a_page_and_it_is_current() -> None:
    """ARCHDOC_ACCEPT=1 accepts new ones."""
    pages = rule_pages.emit()
    if os.environ.get("ARCHDOC_ACCEPT"):
        FOLDER.mkdir(exist_ok=True)
        for old in FOLDER.iterdir():
            old.unlink()
        for path, content in pages.items():
            (FOLDER / path).write_bytes(content)

    assert {file.name: file.read_bytes() for file in FOLDER.iterdir()} == pages
    assert {f"{rule.name}.md" for rule in EVERY_RULE} < pages.keys()


def test_every_page_of_a_rule_leads_to_all_of_them() -> None:
    pages = {path: content.decode() for path, content in rule_pages.emit().items()}

    assert all("[All rules](index.md)" in pages[f"{rule.name}.md"] for rule in EVERY_RULE)
