"""A rewording must reword something."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model
from archdoc.report import did_you_mean
from archdoc.rules.base import Finding, Rule


def _check(model: Model) -> Iterator[Finding]:
    # An heir may have removed the node of a relationship that the environment before it rewords.
    labels = {r.label for r in model.relationships}
    labels |= {r.label for env in model.environments.values() for r in env.relationships}
    for name, environment in model.environments.items():
        for label in environment.reword:
            if label not in labels:
                yield Finding(
                    ("environments", name, "reword", label),
                    f"no relationship is labelled `{label}`",
                    on_key=True,
                    label=did_you_mean(label, labels),
                    help="the key is the label as the model words it, the value as this "
                    "environment does",
                )


RULE = Rule(
    name="unused-rewording",
    code="A212",
    summary="An environment rewords a label that no relationship has.",
    why="The label was changed in the model, and the environment's wording lost without a word.",
    example="reword:\n  SQL querys: Queries",
    fix="Use the label as it stands under `relationships`.",
    check=_check,
)
