"""What a rule is, and what several rules ask of a model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from archdoc.model import Container, Element, ElementKind, Model, Path, Placement
from archdoc.report import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a rule found, at a place in the model."""

    path: Path
    message: str
    word: str = ""
    """The word at that place that it is about; the whole value otherwise."""
    on_key: bool = False
    """It is about the key, not the value."""
    label: str = ""
    help: str = ""
    other: Path | None = None
    """A second place that explains it, and `other_message` what is there."""
    other_message: str = ""
    inside: tuple[str, int] = ("", 0)
    """The mounted file that it is in, where it is in one, and its line there, from 1; `path` is
    what mounts it."""
    severity: Severity | None = None
    """Where it is another than its rule's usual one."""
    hides: tuple[str, ...] = ()
    """Secrets at that place, which nobody is shown."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong with a model."""

    name: str
    """Kebab-case: what stands in brackets after "error"."""
    code: str
    """A short name that never changes, even if the other one does: `A101`."""
    summary: str
    why: str
    example: str
    """A piece of a model that breaks it."""
    fix: str
    check: Callable[[Model], Iterable[Finding]] = field(default=lambda _: ())
    """Finds it in a model; for a rule about files, reading them finds it."""
    check_files: Callable[[Model, Callable[[str], str]], Iterable[Finding]] = field(
        default=lambda _, __: ()
    )
    """Finds it in the files that a model names, whose text is given by their path."""
    severity: Severity = Severity.ERROR
    required: bool = False
    """No model can do without it: its severity cannot be changed, nor its findings ignored."""


def references(model: Model) -> Iterator[tuple[Path, str, str | None]]:
    """Every reference to an element: (where it stands, what it says, the environment it is in)."""
    for number, relationship in enumerate(model.relationships):
        yield ("relationships", number, "from"), relationship.source, None
        yield ("relationships", number, "to"), relationship.target, None
    for name, environment in model.environments.items():
        base: Path = ("environments", name, "relationships")
        for number, relationship in enumerate(environment.relationships):
            yield (*base, number, "from"), relationship.source, name
            yield (*base, number, "to"), relationship.target, name
        for node_id, node in environment.nodes.items():
            for number, ref in enumerate(node.fronts):
                yield ("environments", name, "nodes", node_id, "fronts", number), ref, name
    for word, term in model.glossary.items():
        for number, ref in enumerate(term.see):
            yield ("glossary", word, "see", number), ref, None
    for name, view in model.views.items():
        yield from _in_view(model, name)
        if view.of is not None:
            yield ("views", name, "of"), view.of, None


def _in_view(model: Model, name: str) -> Iterator[tuple[Path, str, str | None]]:
    view = model.views[name]
    for number, step in enumerate(view.steps):
        yield ("views", name, "steps", number, "from"), step.source, None
        yield ("views", name, "steps", number, "to"), step.target, None
    for key, selectors in (("include", view.include), ("exclude", view.exclude)):
        for number, selector in enumerate(selectors):
            for way in ("id", "inside", "around"):
                ref = getattr(selector, way)
                if ref is not None:
                    yield ("views", name, key, number, way), ref, view.environment
    for path, ref in view.hints:
        yield ("views", name, *path), ref, view.environment


def container_references(model: Model) -> Iterator[tuple[Path, str, str]]:
    """Every reference that places a container: (where it stands, what it says, the key)."""
    for name, environment in model.environments.items():
        for node_id, node in environment.nodes.items():
            base: Path = ("environments", name, "nodes", node_id)
            for number, instance in enumerate(node.runs):
                yield (*base, "runs", number, "container"), instance.container, "runs"
            for number, ref in enumerate(node.realises):
                yield (*base, "realises", number), ref, "realises"


def containers(model: Model) -> Iterator[tuple[Element, Container]]:
    """Every container of the model."""
    for element in model.index.elements.values():
        if element.kind is ElementKind.CONTAINER and isinstance(element.content, Container):
            yield element, element.content


def service_of(element: Element) -> dict[str, Any]:
    """What a container says of its service in compose files; nothing for anything else."""
    return element.content.service if isinstance(element.content, Container) else {}


def projects(model: Model) -> Iterator[tuple[Placement, str]]:
    """Every Docker Compose project of every environment: its placement, and its node's local id."""
    for environment in model.environments:
        placement = Placement(model, environment)
        for node_id in placement.compose_projects:
            yield placement, node_id


def machine_of(placement: Placement, node_id: str) -> str:
    """The local id of the machine that a Docker Compose project runs on."""
    around = placement.chain(node_id)[1:]
    return next((n for n in around if _is_machine(placement, n)), placement.chain(node_id)[-1])


def _is_machine(placement: Placement, node_id: str) -> bool:
    node = placement.node(node_id)
    return node.catalogued.runs != "nothing" or node.within is None


def run_under_compose(model: Model) -> Iterator[tuple[Element, Container]]:
    """Every container that some environment runs as a service of Docker Compose, each once."""
    found = {
        element.id
        for placement, node_id in projects(model)
        for element in placement.services(node_id).values()
    }
    return ((element, content) for element, content in containers(model) if element.id in found)
