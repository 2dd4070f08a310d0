"""One rule a file: what a model must fulfil beyond its form, why, and how to mend it."""

from __future__ import annotations

from archdoc.report import Diagnostic, in_order
from archdoc.rules import (
    ambiguous_reference,
    impossible_topology,
    missing_description,
    placed_twice,
    unfit_view,
    unknown_node_kind,
    unknown_reference,
    unused_rewording,
)
from archdoc.rules.base import Finding, Rule
from archdoc.source import Loaded

ALL_RULES: tuple[Rule, ...] = (
    ambiguous_reference.RULE,
    impossible_topology.RULE,
    missing_description.RULE,
    placed_twice.RULE,
    unfit_view.RULE,
    unknown_node_kind.RULE,
    unknown_reference.RULE,
    unused_rewording.RULE,
)


def check(loaded: Loaded) -> list[Diagnostic]:
    """All that the rules find in a model, sorted by place."""
    return in_order(
        [
            _diagnostic(rule, finding, loaded)
            for rule in ALL_RULES
            for finding in rule.check(loaded.model)
        ]
    )


def _diagnostic(rule: Rule, finding: Finding, loaded: Loaded) -> Diagnostic:
    locations = loaded.locations
    if finding.word:
        span = locations.word(finding.path, finding.word)
    else:
        span = (locations.key if finding.on_key else locations.value)(finding.path)
    return Diagnostic(
        code=rule.name,
        message=finding.message,
        severity=rule.severity,
        span=span,
        label=finding.label,
        help=finding.help,
    )


__all__ = ["ALL_RULES", "Finding", "Rule", "check"]
