"""Pages of the documentation can be found, and lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ROOT

_LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)(?:#[^)]*)?\)")
_BESIDE_THE_SITE = [ROOT / "README.md", ROOT / "CHANGELOG.md", *ROOT.glob("examples/*/README.md")]


def _pages(entries: Any) -> Iterator[str]:
    """All pages of a navigation, at every depth."""
    for entry in entries:
        value = next(iter(entry.values())) if isinstance(entry, dict) else entry
        yield from _pages(value) if isinstance(value, list) else [value]


def test_every_page_stands_in_the_navigation_once() -> None:
    navigation = list(_pages(yaml.safe_load((ROOT / "mkdocs.yml").read_text())["nav"]))
    there = {page.name for page in (ROOT / "docs").glob("*.md")}
    generated = {"index.md", "rules/index.md", "decisions/archdoc/index.md"}

    assert sorted(navigation) == sorted(there | generated)


def test_the_readme_leads_to_every_page_about_archdoc() -> None:
    linked = set(_LINK.findall((ROOT / "README.md").read_text()))
    pages = {f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")}

    assert pages - linked == {"docs/deployment-architecture.md"}  # about the reference model


@pytest.mark.parametrize(
    "page", _BESIDE_THE_SITE, ids=lambda page: page.relative_to(ROOT).as_posix()
)
def test_links_of_pages_that_no_site_checks_lead_to_files(page: Path) -> None:
    missing = [x for x in _LINK.findall(page.read_text("utf-8")) if not (page.parent / x).exists()]

    assert missing == []


def test_the_hooks_that_guides_name_are_those_of_this_repository() -> None:
    hooks = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    guides = "".join((ROOT / "docs" / name).read_text() for name in ("ci.md", "consistency.md"))

    assert set(re.findall(r"- id: (archdoc-[a-z]+)", guides)) == hooks


def test_a_documented_backup_is_no_part_of_the_next_image() -> None:
    [(umask, dump)] = re.findall(
        r"^\$ (\(umask 077; )?docker compose exec.* pg_dump .* > ([^ )\n]+)",
        (ROOT / "docs" / "compose.md").read_text("utf-8"),
        re.MULTILINE,
    )
    ignored = (ROOT / "tests" / "e2e" / "project" / ".dockerignore").read_text("utf-8").split("\n")

    assert umask
    assert dump.startswith("../")
    assert f"*{Path(dump).suffix}" in ignored
