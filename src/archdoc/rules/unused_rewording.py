"""A rewording must reword something."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model
from archdoc.rules.base import Finding, Rule, did_you_mean


def _check(model: Model) -> Iterator[Finding]:
    for name, environment in model.environments.items():
        labels = [r.label for r in (*model.relationships, *environment.relationships)]
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
    summary="An environment rewords a label that no relationship has.",
    why="The label was changed in the model, and the environment's wording lost without a word.",
    example="reword:\n  SQL querys: Queries",
    fix="Use the label as it stands under `relationships`.",
    check=_check,
)
