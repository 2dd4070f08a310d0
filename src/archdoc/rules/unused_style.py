"""A style is for a tag that something has."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model
from archdoc.report import Severity, did_you_mean
from archdoc.rules.base import Finding, Rule


def _check(model: Model) -> Iterator[Finding]:
    contents = [element.content for element in model.index.elements.values()]
    tags = {tag for content in (*contents, *model.groups.values()) for tag in content.tags}
    tags |= {tag for relationship in model.relationships for tag in relationship.tags}
    for environment in model.environments.values():
        tags |= {tag for node in environment.nodes.values() for tag in node.tags}
        tags |= {tag for relationship in environment.relationships for tag in relationship.tags}
    for tag in model.styles:
        if tag not in tags:
            yield Finding(
                ("styles", tag),
                f"nothing has the tag `{tag}`",
                on_key=True,
                label=did_you_mean(tag, tags),
                help=f"tags: {', '.join(sorted(tags)[:12]) or 'none'}",
            )


RULE = Rule(
    name="unused-style",
    code="A405",
    summary="There is a style for a tag that nothing has.",
    why="The tag was renamed or misspelt, and what should stand out does not.",
    example='styles:\n  legcay: {background: "#888888"}',
    fix="Use a tag that something has, or remove the style.",
    check=_check,
    severity=Severity.WARNING,
)
