"""What a rule is."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from archdoc.model import Model, Path
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


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong with a model that has the right form."""

    name: str
    """Kebab-case: what `archdoc explain` takes, and what stands in brackets after "error"."""
    summary: str
    why: str
    example: str
    """A piece of a model that breaks it."""
    fix: str
    check: Callable[[Model], Iterable[Finding]]
    severity: Severity = Severity.ERROR


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A label that offers the nearest known word, if one is near."""
    close = difflib.get_close_matches(word, list(known), n=1)
    return f"did you mean `{close[0]}`?" if close else ""


def references(model: Model) -> Iterator[tuple[Path, str, str | None]]:
    """Every reference to an element: (where it stands, what it says, the environment it is in)."""
    for number, relationship in enumerate(model.relationships):
        for ref in (relationship.source, relationship.target):
            yield ("relationships", number), ref, None
    for name, environment in model.environments.items():
        base: Path = ("environments", name)
        for number, relationship in enumerate(environment.relationships):
            for ref in (relationship.source, relationship.target):
                yield (*base, "relationships", number), ref, name
    for name, view in model.views.items():
        if view.of is not None:
            yield ("views", name, "of"), view.of, None


def container_references(model: Model) -> Iterator[tuple[Path, str, str]]:
    """Every reference that places a container: (where it stands, what it says, the key)."""
    for name, environment in model.environments.items():
        for node_id, node in environment.nodes.items():
            base: Path = ("environments", name, "nodes", node_id)
            for number, instance in enumerate(node.runs):
                yield (*base, "runs", number), instance.container, "runs"
            for number, ref in enumerate(node.realises):
                yield (*base, "realises", number), ref, "realises"
