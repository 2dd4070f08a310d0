"""The compose files of environments, as a build and `archdoc compose` write them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from types import MappingProxyType

from archdoc.outputs import compose
from archdoc.outputs.compose import ComposeError
from archdoc.report import Diagnostic, Note
from archdoc.rules import unsaid
from archdoc.source import Loaded


class ComposeFailedError(Exception):
    """An environment's compose files cannot be derived; `diagnostic` says why, and where."""

    def __init__(self, diagnostic: Diagnostic, reason: str) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic
        self.reason = reason
        """The same whatever the environment is."""


@lru_cache(maxsize=64)
def compose_files(loaded: Loaded, environment: str) -> Mapping[str, bytes]:
    """All files of an environment's compose projects, by path; empty if it has no project.

    One project stands at the top; several have a folder each, named after their node. Derived once:
    what was checked is what is written. Raises ComposeFailedError.
    """
    try:
        projects = compose.emit(loaded.model, environment, loaded.read_file)
    except ComposeError as error:
        message = f"no compose file for `{environment}`: {error}"
        raise ComposeFailedError(_diagnostic(loaded, error, message), str(error)) from error
    return MappingProxyType(
        {
            path if len(projects) == 1 else f"{node}/{path}": content
            for node, files in projects.items()
            for path, content in files.items()
        }
    )


def _diagnostic(loaded: Loaded, error: ComposeError, message: str) -> Diagnostic:
    """What keeps a project from being derived: in the model, or in a file that it mounts."""
    places = loaded.locations
    named = error.word and not error.template
    span = places.word(error.path, error.word) if named else places.value(error.path)
    notes: tuple[Note, ...] = ()
    if error.template:
        with suppress(OSError, ValueError):  # it has just been read, but may be gone by now
            text = loaded.text_of(error.template)
            notes = (Note(f"`{error.template}` is mounted here", span),)
            span = text.word(error.line, error.word)
    return unsaid(
        Diagnostic(
            code="compose",
            message=message,
            span=span,
            subject="" if span else ".".join(map(str, error.path)),
            help=error.help,
            notes=notes,
        )
    )
