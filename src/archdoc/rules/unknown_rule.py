"""`rules:` names rules that exist, and that may be changed."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model
from archdoc.report import did_you_mean
from archdoc.rules.base import Finding, Rule


def _check(model: Model) -> Iterator[Finding]:
    from archdoc.rules import EVERY_RULE

    known = {rule.name: rule for rule in EVERY_RULE}
    for name, level in model.rules.items():
        rule = known.get(name)
        if rule is None:
            yield Finding(
                ("rules", name),
                f"there is no rule `{name}`",
                on_key=True,
                label=did_you_mean(name, known),
                help="`archdoc explain` lists all rules",
            )
        elif rule.required and level != rule.severity:
            yield Finding(
                ("rules", name),
                f"`{name}` is always an {rule.severity}: no output can be made of what it finds",
                help="leave it out here",
            )


RULE = Rule(
    name="unknown-rule",
    code="A501",
    summary="`rules:` names a rule that does not exist, or one that cannot be changed.",
    why="Somebody thinks that a finding is switched off, or is an error, and it is not.",
    example="rules:\n  missing-descripton: off",
    fix="Correct the name.",
    check=_check,
)
