"""The reference pages that are generated: committed, current and complete."""

from __future__ import annotations

import os
import re

import click
import pytest

from archdoc.cli import cli
from archdoc.outputs import command_page, key_page
from archdoc.source import schema
from conftest import ROOT

PAGES = {
    "commands.md": lambda: command_page.emit(cli, "archdoc"),
    "keys.md": lambda: key_page.emit(schema()),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_current(name: str) -> None:
    """ARCHDOC_ACCEPT=1 accepts a new one."""
    page, content = ROOT / "docs" / name, PAGES[name]()
    if os.environ.get("ARCHDOC_ACCEPT"):
        page.write_bytes(content)

    assert page.read_bytes() == content


def test_every_option_of_every_command_is_there_once() -> None:
    text = PAGES["commands.md"]().decode()
    context = click.Context(cli)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        section = re.split(rf"^## archdoc {name}$", text, flags=re.MULTILINE)[1]
        section = re.split(r"^## ", section, flags=re.MULTILINE)[0]
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                row = rf"^\| `[^`]*{parameter.opts[-1]}[^a-z-][^`]*`? \| .+ \|$"
                assert len(re.findall(row, section, re.MULTILINE)) == 1, (name, parameter.opts)


def test_every_variable_that_archdoc_reads_is_there() -> None:
    sources = "".join(file.read_text() for file in (ROOT / "src").rglob("*.py"))
    rows = re.findall(r"^\| `(ARCHDOC_[A-Z_]+)` \|", PAGES["commands.md"]().decode(), re.MULTILINE)

    assert sorted(rows) == sorted(set(re.findall(r"ARCHDOC_[A-Z_]+", sources)))


def test_every_key_of_a_model_has_a_meaning_and_a_form() -> None:
    rows = re.findall(
        r"^\| `(.+?)` \| (.*?) \| (.*) \|$", PAGES["keys.md"]().decode(), re.MULTILINE
    )

    assert len(rows) > 100
    assert [row for row in rows if not all(row)] == []


def test_each_link_of_the_page_of_keys_leads_to_a_heading_of_it() -> None:
    text = PAGES["keys.md"]().decode()
    headings = {h.lower().replace(" ", "-") for h in re.findall(r"^## (.+)$", text, re.MULTILINE)}

    assert set(re.findall(r"\(#([a-z-]+)\)", text)) <= headings
