"""A service is started from an image, or built."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model
from archdoc.rules.base import Finding, Rule, run_under_compose


def _check(model: Model) -> Iterator[Finding]:
    for element, content in run_under_compose(model):
        if not {"image", "build", "extends"} & content.service.keys():
            path = (*element.path, "service") if content.service else element.path
            yield Finding(
                path,
                f"`{element.id}` runs under Docker Compose, and has neither `image` nor `build`",
                on_key=True,
                help="say what it is started from: `service: {image: …}` or `service: {build: .}`",
            )


RULE = Rule(
    name="missing-image",
    code="A306",
    summary="A container runs under Docker Compose, but nothing says from which image.",
    why="No compose file can be written for it.",
    example="web: {technology: Django}     # and a node of kind `docker.compose` that runs it",
    fix="Add `service: {image: …}`, or `service: {build: …}`.",
    check=_check,
    required=True,
)
