"""`archdoc explain`."""

from __future__ import annotations

import textwrap

import click

from archdoc.cli.common import one_of
from archdoc.rules import ALL_RULES


@click.command("explain")
@click.argument("code", metavar="RULE")
def command(code: str) -> None:
    """Say what RULE is about, why, and how to mend what it finds."""
    rules = {rule.name: rule for rule in ALL_RULES}
    rule = rules[one_of(code, rules, "rule")]
    example = textwrap.indent(rule.example, "    ")
    click.echo(
        f"{rule.name} ({rule.severity})\n\n{rule.summary}\n\nWhy: {rule.why}\n\n"
        f"For example:\n\n{example}\n\nWhat to do: {rule.fix}"
    )
