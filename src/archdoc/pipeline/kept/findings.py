"""What is told of outputs that are kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from archdoc.consistency import Difference
from archdoc.report import Diagnostic, Note, Severity, Span

_STALE, _EDITED, _MISSING = "stale-output", "edited-output", "missing-output"
_UNREADABLE, FOREIGN = "unreadable-output", "foreign-output"
_MOST = 20
"""Facts told of one file; there are files of which none is right."""
_LONGEST = 300
"""Characters of one fact."""

Place = tuple[Span, str]
"""A line of a file, and what it should be; empty: it should not be there."""


class Advice(str):
    """What to do, in words; where something else stands in its place, that is a command."""

    __slots__ = ()


def stale(
    file: str,
    found: Sequence[Difference],
    mend: str,
    places: Sequence[Place] = (),
    *,
    edited: bool | None = None,
) -> Iterator[Diagnostic]:
    """A finding for each fact that a file does not show as the model says it.

    `places` are the lines that are not as they would be written. `edited` says whether somebody
    changed the file after archdoc wrote it, where that is known.
    """
    notes: tuple[Note, ...] = ()
    if edited is not None:
        why = "the file was edited after" if edited else "the model has changed since"
        notes = (Note(f"{why} archdoc wrote it"),)
    for difference in found[:_MOST]:
        said = f"{file} does not show what the model says: {_short(str(difference))}"
        place = _nearest(difference, places)
        yield replace(_told(_STALE, file, said, _anew(mend), place), notes=notes)
    if len(found) > _MOST:
        more = f"{file}: {len(found) - _MOST} more facts are not what the model says"
        yield _told(_STALE, file, more, _anew(mend))


def other(file: str, mend: str, place: Place | None = None) -> Diagnostic:
    """A file that is not what would be written now, though no fact in it is known to be wrong."""
    return _told(_STALE, file, f"{file} is not what would be written now", _anew(mend), place)


def line(file: str, number: int, text: str, part: str = "") -> Span:
    """A line of a file, or the part of it that is meant."""
    part = part if part in text else ""
    start = text.find(part) if part else len(text) - len(text.lstrip())
    end = start + len(part) if part else len(text)
    return Span(file, number, start + 1, max(start, end) + 1, text)


def obsolete(file: str, help_: str, span: Span | None = None) -> Diagnostic:
    """A file that archdoc wrote, for something that the model does not say any more."""
    message = f"{file} shows what the model does not say any more"
    return replace(_told(_STALE, file, message, help_), span=span)


def lost(file: str, picture: str, span: Span | None) -> Diagnostic:
    """A picture that a file shows, and that is not there."""
    message = f"{file} shows {_short(picture)}, which is missing"
    help_ = "put it there (`archdoc render` draws views), or take it off the page"
    return replace(_told(_MISSING, file, message, help_), span=span)


def more(file: str, number: int) -> Diagnostic:
    """There is more wrong than anybody would read."""
    message = f"{file}: {number} more things are not what the model says"
    return _told(_STALE, file, message, "mend the others first")


def called_alike(file: str, view: str, mend: str) -> Diagnostic:
    """A picture that is called like one of archdoc's, and does not say that it is one."""
    message = f"{file} is called like the picture of view {view}, and does not say that it is it"
    return foreign(file, f"{_anew(mend)}, or give it another name", said=message)


def another(file: str, shown: str, view: str, mend: str) -> Diagnostic:
    """A picture that is called like one view, and shows another."""
    message = f"{file} shows view {shown}, and is called like the picture of {view}"
    return _told(_STALE, file, message, _anew(mend))


def loose(file: str, span: Span) -> Diagnostic:
    """A diagram's text of which nobody knows where it ends."""
    message = (
        f"{file} has a diagram of archdoc's outside of a block of code: it cannot be read back"
    )
    help_ = "put it between lines such as ```mermaid and ```"
    return replace(_told(_UNREADABLE, file, message, help_), span=span)


def shown_by(page: str, span: Span | None, found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """What is wrong in a picture, with the page that shows it."""
    note = Note(f"{page} shows it", span)
    return [replace(diagnostic, notes=(*diagnostic.notes, note)) for diagnostic in found]


def missing(file: str, mend: str) -> Diagnostic:
    """A file that is not there."""
    return _told(_MISSING, file, f"{file} is missing", _anew(mend))


def unreadable(file: str, reason: object, mend: str, place: Place | None = None) -> Diagnostic:
    """A file that cannot be read as what it should be."""
    said = f"{file} cannot be read: {_short(str(reason))}"
    return _told(_UNREADABLE, file, said, _anew(mend), place)


def misplaced(file: str, project: str, mend: str) -> Diagnostic:
    """A compose file in the folder of another project of its environment."""
    message = f"{file} is the compose file of `{project}`, in the folder of another project"
    return _told(_STALE, file, message, _anew(mend))


def edited(file: str, mend: str, place: Place | None = None) -> Diagnostic:
    """A file in which no fact is wrong, and that is not what archdoc wrote."""
    help_ = f"change the model instead, and {_anew(mend)}"
    return _told(_EDITED, file, f"{file} was edited after archdoc wrote it", help_, place)


def linked(file: str, folder: str, mend: str) -> Diagnostic:
    """A link in the output folder, through which no build writes."""
    message = f"{file} is a link that leads out of {folder}, and what is there is not archdoc's"
    help_ = f"remove the link, and {_anew(mend)}"
    return _told(_EDITED, file, message, help_)


def uncounted(what: str, help_: str) -> Diagnostic:
    """More files than are looked at."""
    said = f"{what}: the rest was not looked at"
    return replace(_told(FOREIGN, what, said, help_), file="")


def foreign(
    file: str, help_: str, severity: Severity = Severity.WARNING, *, said: str = ""
) -> Diagnostic:
    """A file that archdoc did not make, as far as can be told."""
    message = said or f"{file} was not made by archdoc"
    return replace(_told(FOREIGN, file, message, help_), severity=severity)


def _told(code: str, file: str, said: str, help_: str, place: Place | None = None) -> Diagnostic:
    """A finding about a file and, where that is known, a line of it."""
    return Diagnostic(
        code,
        said,
        span=place[0] if place else None,
        subject=file,
        file=file,
        label=_label(place),
        help=help_,
    )


def _nearest(difference: Difference, places: Sequence[Place]) -> Place | None:
    """The line that most of the difference's words stand in, as it is or as it should be."""
    said = f"{difference.subject} {difference.fact} {difference.expected} {difference.shown}"
    words = set(re.findall(r"\w+", said))

    def count(place: Place) -> int:
        line = f"{place[0].text} {place[1]}"
        return sum(word in line for word in words)

    return max(places, key=count, default=None)


def _anew(mend: str) -> str:
    return mend if isinstance(mend, Advice) else f"write it anew: `{mend}`"


def _label(place: Place | None) -> str:
    if place is None:
        return ""
    return f"should be `{_short(place[1])}`" if place[1] else "should not be here"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
