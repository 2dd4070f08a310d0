"""An image is named with its version."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model, is_filled_in, when_unset, with_variables
from archdoc.rules.base import Finding, Rule, run_under_compose


def _check(model: Model) -> Iterator[Finding]:
    for element, content in run_under_compose(model):
        said = content.service.get("image")
        if not isinstance(said, str):
            continue
        image = when_unset(content.image(with_variables(model, said)))
        if is_filled_in(image):
            continue  # nobody knows yet
        untagged = not {":", "@"} & set(image.rpartition("/")[2])
        if image.endswith(":latest") or (untagged and "build" not in content.service):
            yield Finding(
                (*element.path, "service", "image"),
                f"image `{image}` names no version",
                help="give the container a `version:`, which becomes the tag"
                if not is_filled_in(said)
                else "write a tag into the default of the variable",
            )


RULE = Rule(
    name="unpinned-image",
    code="A303",
    summary="A service's image is `latest`, or has no tag at all, which means the same.",
    why="It is another image tomorrow: what was tested is not what runs after the next pull.",
    example="db: {service: {image: postgres}}     # and no `version:`",
    fix="Give the container a `version:`. It becomes the image's tag, and stands in pictures too.",
    check=_check,
)
