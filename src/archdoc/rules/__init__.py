"""One rule a file: what a model must fulfil beyond its form, why, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from archdoc.model import Model, Path
from archdoc.report import Diagnostic, Severity, in_order
from archdoc.report.masking import alike
from archdoc.rules import (
    ambiguous_reference,
    circular_group,
    contradicting_service,
    duplicate_relationship,
    empty_environment,
    empty_node,
    empty_view,
    fronted_twice,
    idle_balancer,
    impossible_topology,
    inner_relationship,
    literal_secret,
    missing_capacity,
    missing_description,
    missing_healthcheck,
    missing_image,
    missing_label,
    missing_network,
    mounted_twice,
    not_placed,
    parted_by_profile,
    placed_twice,
    port_conflict,
    public_database,
    published_data_store,
    reserved_variable,
    selects_nothing,
    shared_env_file,
    shared_id,
    shared_project,
    shared_variable,
    startup_cycle,
    taken_name,
    unbuilt_context,
    undeclared_secret,
    unfit_address,
    unfit_network,
    unfit_service,
    unfit_setting,
    unfit_view,
    unfit_zone,
    unkept_data,
    unknown_network,
    unknown_node_kind,
    unknown_reference,
    unknown_rule,
    unknown_service,
    unknown_step,
    unknown_volume,
    unlike_technology,
    unmet_condition,
    unpinned_image,
    unplaced_target,
    unreachable_host,
    unread_command,
    unreadable_style,
    unused_element,
    unused_group,
    unused_rewording,
    unused_setting,
    unused_style,
    useless_hint,
    useless_mount,
    wide_open_service,
)
from archdoc.rules.base import Finding, Rule
from archdoc.rules.ignoring import without_ignored
from archdoc.rules.kept import KEPT_RULES
from archdoc.rules.reading import OUTPUT_RULES, READING_RULES
from archdoc.rules.telling import told
from archdoc.rules.unsaid import unsaid
from archdoc.source import Loaded, SourceError

ALL_RULES: tuple[Rule, ...] = (
    ambiguous_reference.RULE,
    circular_group.RULE,
    contradicting_service.RULE,
    duplicate_relationship.RULE,
    empty_environment.RULE,
    empty_node.RULE,
    empty_view.RULE,
    fronted_twice.RULE,
    idle_balancer.RULE,
    impossible_topology.RULE,
    inner_relationship.RULE,
    literal_secret.RULE,
    missing_capacity.RULE,
    missing_description.RULE,
    missing_healthcheck.RULE,
    missing_image.RULE,
    missing_label.RULE,
    missing_network.RULE,
    mounted_twice.RULE,
    not_placed.RULE,
    parted_by_profile.RULE,
    placed_twice.RULE,
    port_conflict.RULE,
    public_database.RULE,
    published_data_store.RULE,
    reserved_variable.RULE,
    selects_nothing.RULE,
    shared_env_file.RULE,
    shared_id.RULE,
    shared_project.RULE,
    shared_variable.RULE,
    startup_cycle.RULE,
    taken_name.RULE,
    unbuilt_context.RULE,
    undeclared_secret.RULE,
    unfit_address.RULE,
    unfit_network.RULE,
    unfit_service.RULE,
    unfit_setting.RULE,
    unfit_view.RULE,
    unfit_zone.RULE,
    unknown_network.RULE,
    unknown_node_kind.RULE,
    unknown_reference.RULE,
    unknown_rule.RULE,
    unknown_service.RULE,
    unknown_step.RULE,
    unknown_volume.RULE,
    unkept_data.RULE,
    unlike_technology.RULE,
    unmet_condition.RULE,
    unpinned_image.RULE,
    unplaced_target.RULE,
    unreachable_host.RULE,
    unread_command.RULE,
    unreadable_style.RULE,
    unused_element.RULE,
    unused_group.RULE,
    unused_rewording.RULE,
    unused_setting.RULE,
    unused_style.RULE,
    useless_hint.RULE,
    useless_mount.RULE,
    wide_open_service.RULE,
)
"""Those that look at a model."""

EVERY_RULE: tuple[Rule, ...] = tuple(
    sorted((*READING_RULES, *ALL_RULES, *OUTPUT_RULES, *KEPT_RULES), key=lambda rule: rule.code)
)
"""All that can stand in brackets after "error" or "warning", by code."""

_BY_NAME = {rule.name: rule for rule in EVERY_RULE}


def check(loaded: Loaded) -> list[Diagnostic]:
    """All that is wrong with a model, sorted by place: what reading and what the rules find.

    Severities are as the model's `rules:` say, and accepted findings are left out.
    """
    found = [*loaded.remarks]
    for rule in ALL_RULES:
        if _level(rule, loaded.model) is not None:
            found += _findings(rule, loaded)
    found = _without_what_follows(found)
    left = without_ignored(alike(map(unsaid, found)), loaded.ignores, _BY_NAME)
    return in_order(list(_levelled(left, loaded.model)))


def check_rest(error: SourceError) -> list[Diagnostic]:
    """All that is wrong with a model that cannot be loaded, as far as that can be told.

    The rules look at what is left without the values that are wrong. What they find may come of
    their lack, so warnings, and findings beside such a value, are left for the next run.
    """
    found = list(error.diagnostics)
    if error.rest is None:
        return in_order(alike(map(unsaid, found)))
    loaded, validated = error.rest
    lacking = any(_SECTIONS.intersection(path[-2:]) for path in validated.left_out)
    undeclared = any({"secrets", "variables"}.intersection(path[:1]) for path in validated.left_out)
    for rule in ALL_RULES:
        # What was left out may be what a reference means.
        unsure = (lacking and rule in _LOOK_UP) or (undeclared and rule in _DECLARED)
        if _level(rule, loaded.model) is Severity.ERROR and not unsure:
            rest = _findings(rule, loaded, validated.left_out)
            found += [f for f in rest if f.severity is Severity.ERROR]
    return in_order(alike(map(unsaid, _without_what_follows(found))))


_COMES_OF = {unreachable_host.RULE.name: unknown_reference.RULE.name}
"""What is found, perhaps, only because something else is wrong: a misspelt arrow is none."""


def _without_what_follows(found: list[Diagnostic]) -> list[Diagnostic]:
    codes = {diagnostic.code for diagnostic in found}
    return [diagnostic for diagnostic in found if _COMES_OF.get(diagnostic.code) not in codes]


_SECTIONS = {"groups", "people", "systems", "containers", "components", "environments", "nodes"}
"""What holds things that others refer to."""
_LOOK_UP = (unknown_reference.RULE, unknown_step.RULE, empty_view.RULE, unfit_view.RULE)
"""Rules that would find a mistake wherever something is referred to that was left out."""
_DECLARED = (undeclared_secret.RULE,)
"""The same for secrets and variables."""


def _findings(rule: Rule, loaded: Loaded, left_out: tuple[Path, ...] = ()) -> list[Diagnostic]:
    found = (
        finding
        for finding in (
            *rule.check(loaded.model),
            *rule.check_files(loaded.model, loaded.read_file),
        )
        if not any(_touches(finding.path, path) for path in left_out)
    )
    return told(rule, found, loaded)


def _touches(path: Path, left_out: Path) -> bool:
    """Whether something was left out beside or inside what a finding is about."""
    around = left_out[:-1]
    return path[: len(around)] == around or around[: len(path)] == path


def _level(rule: Rule, model: Model) -> Severity | None:
    """How seriously a rule is taken in a model; None: not at all."""
    level = None if rule.required else model.rules.get(rule.name)
    if level is None:
        return rule.severity
    return None if level == "off" else Severity(level)


def _levelled(found: Iterable[Diagnostic], model: Model) -> Iterator[Diagnostic]:
    """Findings with the severity that the model gives to their rules."""
    for diagnostic in found:
        level = _level(_BY_NAME[diagnostic.code], model)
        if level is not None:
            milder = diagnostic.severity is Severity.WARNING and diagnostic.code not in model.rules
            yield diagnostic if milder else replace(diagnostic, severity=level)


__all__ = [
    "ALL_RULES",
    "EVERY_RULE",
    "OUTPUT_RULES",
    "Finding",
    "Rule",
    "check",
    "check_rest",
    "unsaid",
]
