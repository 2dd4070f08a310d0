"""`archdoc explain`."""

from __future__ import annotations

import textwrap

import click

from archdoc.cli.common import one_of
from archdoc.rules import EVERY_RULE, Rule


@click.command("explain")
@click.argument("name", metavar="[RULE]", required=False)
def command(name: str | None) -> None:
    """Say what RULE is about, why, and how to mend what it finds; without RULE, list them all.

    RULE is a name or a code, as in `error[unknown-reference]` or `A101`.
    """
    if name is None:
        width = max(len(rule.name) for rule in EVERY_RULE)
        for rule in EVERY_RULE:
            click.echo(f"{rule.code}  {rule.name.ljust(width)}  {rule.summary}")
        return
    rules = {rule.name: rule for rule in EVERY_RULE}
    by_code = {rule.code: rule for rule in EVERY_RULE}
    _show(by_code[name.upper()] if name.upper() in by_code else rules[one_of(name, rules, "rule")])


def _show(rule: Rule) -> None:
    example = textwrap.indent(rule.example, "    ")
    when = "always" if rule.required else "unless the model says otherwise"
    click.echo(
        f"{rule.name} ({rule.code}: {rule.severity}, {when})\n\n"
        f"{rule.summary}\n\nWhy: {rule.why}\n\n"
        f"For example:\n\n{example}\n\nWhat to do: {rule.fix}"
    )
