"""The Markdown files that elements name under `docs:`, and the decisions beside the model."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Decision, Documented, Path
from archdoc.report import Diagnostic
from archdoc.site import Doc
from archdoc.source import Loaded, read_decisions, shown


def read_docs(loaded: Loaded) -> tuple[dict[str, Doc], list[Diagnostic]]:
    """Every such file by the path that names it, and what keeps some from being read."""
    docs: dict[str, Doc] = {}
    problems: list[Diagnostic] = []
    for path, content in _documented(loaded):
        name = content.docs
        if name is None or name in docs:
            continue
        try:
            docs[name] = Doc(shown(loaded.find_file(name)), loaded.read_file(name))
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            span = loaded.locations.value((*path, "docs"))
            problems.append(
                Diagnostic(
                    "missing-file",
                    f"`{name}` cannot be read: {reason}",
                    span=span,
                    subject="" if span else ".".join(map(str, path)),
                    help="`docs:` takes a Markdown file, relative to the model's folder",
                )
            )
    return docs, problems


def decisions_beside(loaded: Loaded) -> tuple[tuple[Decision, ...], list[Diagnostic]]:
    """The decisions beside a model, and what is wrong with them; one built in Python has none."""
    return read_decisions(loaded.home, loaded.model) if loaded.files else ((), [])


def _documented(loaded: Loaded) -> Iterator[tuple[Path, Documented]]:
    model = loaded.model
    for group_id, group in model.groups.items():
        yield ("groups", group_id), group
    for element in model.index.elements.values():
        yield element.path, element.content
    for nodes in model.index.nodes.values():
        for node in nodes.values():
            yield node.path, node.content
