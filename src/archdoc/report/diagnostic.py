"""What archdoc has to say about a model: values, with no opinion on how they are shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is; an error stops every output, a warning none."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text in one file. Lines and columns count from 1; `end_column` is exclusive."""

    file: str
    """Path as shown to people: relative to the working directory where that is shorter."""
    line: int
    column: int
    end_column: int
    text: str = ""
    """The whole line that the span starts in, without its line ending: the excerpt."""


@dataclass(frozen=True, slots=True)
class Note:
    """A second place that explains a finding ("first defined here")."""

    message: str
    span: Span | None = None
    accepts: bool = False
    """Whether a comment there accepts the finding, too: its own place may have no comments."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. Sorted by place, so that a run reads from top to bottom of the files."""

    code: str
    """The rule's kebab-case name, as `archdoc explain` takes it."""
    message: str
    severity: Severity = Severity.ERROR
    span: Span | None = None
    """Where; None for what has no place in a file (a missing folder, a model built in Python)."""
    subject: str = ""
    """What it is about when there is no span: a file, or the model's path (`app.django`)."""
    file: str = ""
    """The file that it is about as a whole: programs show it there when there is no span."""
    label: str = ""
    """Said beside the carets: "did you mean `redis`?"."""
    help: str = ""
    """What to do, in one or two sentences."""
    notes: tuple[Note, ...] = ()

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """File, line, column, code, message: total, so that every run prints the same order."""
        if self.span is None:
            return (self.subject, 0, 0, self.code, self.message)
        return (self.span.file, self.span.line, self.span.column, self.code, self.message)


def in_order(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """The same findings, each once with all of its notes, sorted by place."""
    notes: dict[Diagnostic, dict[Note, None]] = {}
    for diagnostic in diagnostics:
        known = notes.setdefault(replace(diagnostic, notes=()), {})
        known |= dict.fromkeys(diagnostic.notes)
    found = [replace(diagnostic, notes=tuple(known)) for diagnostic, known in notes.items()]
    return sorted(found, key=lambda diagnostic: diagnostic.sort_key)
