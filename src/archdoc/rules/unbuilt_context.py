"""A build copies from the image of a service that is built, too."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Container, Element, Model, Path, references_in
from archdoc.rules.base import Finding, Rule, projects, service_of


def _check(model: Model) -> Iterator[Finding]:
    found: dict[Path, Finding] = {}
    for placement, node_id in projects(model):
        services = placement.services(node_id)
        for name, element in services.items():
            for ref in references_in(service_of(element)):
                other = services.get(ref.name)
                if ref.why == "build" and other is not None and not _is_built(other):
                    path = (*element.path, "service", *ref.at)
                    found[path] = Finding(
                        path,
                        f"`{name}` is built from what is in `{ref.name}`, which is not built",
                        help=f"name its image: `docker-image://{_image(other)}`",
                    )
    yield from found.values()


def _is_built(element: Element) -> bool:
    """Whether it is, or may be: of what it extends nothing is known."""
    return bool({"build", "extends"} & service_of(element).keys())


def _image(element: Element) -> str:
    said = str(service_of(element).get("image", "…"))
    return element.content.image(said) if isinstance(element.content, Container) else said


RULE = Rule(
    name="unbuilt-context",
    code="A332",
    summary="A build copies from a service that is not built.",
    why="Docker Compose refuses the file: `service:…` among `additional_contexts` is what the "
    "other one's `build` makes.",
    example="web: {service: {build: {context: ., additional_contexts: {base: service:db}}}}\n"
    "db: {service: {image: postgres}}",
    fix="Name the image itself, `docker-image://postgres:17`, or build the other one, too.",
    check=_check,
    required=True,
)
