"""Text in Mermaid: labels that are shown as they are, and names that Mermaid accepts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import chain, count

from archdoc.outputs.plantuml_text import MARK
from archdoc.outputs.plantuml_text import aliases as _aliases

_NAMED = {'"': "quot", "<": "lt", ">": "gt", "&": "amp"}
"""Characters that have a readable code; the others are written by number."""
_WORD = 30
"""Characters after which a word is broken: Mermaid only wraps between words."""

# What Mermaid gives a meaning to in a quoted label, as far as tests against the real one show: the
# start of a code, markup and its entities, Markdown (`…`), directives (%%{…}). What is not ASCII is
# looked at more closely: some of it cannot be seen.
_MEANING = r"[\"#<>`]|&(?=[#\w])|%(?=%)|[^ -~]"
# What it looks for when codes are decoded already: its own line breaks (\n), formulas ($$), icons
# (fa:fa-car), and the characters that stand for codes inside of it.
_LATE = r"\\|\$(?=\$)|(?<=\bfa):(?=fa-)|(?<=\bfa[bklrs]):(?=fa-)|[\ufb02\xb6]"
_IN_LABELS = re.compile(rf"(?P<late>{_LATE})|{_MEANING}")
_IN_MESSAGES = re.compile(rf"{_IN_LABELS.pattern}|;|^w(?=rap:)|^n(?=owrap:)")
"""Outside quotes, in the texts of a sequence, more has a meaning."""
_IN_BOXES = re.compile(rf"{_IN_MESSAGES.pattern}|\)")
"""A box begins with its colour, which ends at the last bracket of the line."""
_EATS_CODES = re.compile(r"(?:s(?=tyle)|c(?=lassDef))(?=.*:\S*#.*;)")
"""Where Mermaid would drop the end of a line's last code: it looks for a colour there."""

_KEYWORDS = frozenset(
    """
    acctitle accdescr call class classdef click default direction end flowchart graph href
    interpolate linkstyle style subgraph _blank _parent _self _top
    activate actor alt and as autonumber box break create critical deactivate destroy details else
    link links loop note off opt option over par par_over participant properties rect title
    """.split()  # noqa: SIM905 - fifty words read better without quotes
)


def label(text: str) -> str:
    """A text for a quoted label: shown literally, whatever it holds.

    Mermaid's universal escape is a code like HTML's, with `#` for `&`
    (https://mermaid.js.org/syntax/flowchart.html). It is used only where needed, so that ordinary
    labels read as they are.
    """
    return "<br/>".join(_escaped(line, _IN_LABELS) for line in text.split("\n"))


def message(text: str) -> str:
    """The same for a text without quotes, which ends at the end of its line."""
    return "<br/>".join(_escaped(line, _IN_MESSAGES) for line in text.split("\n"))


def one_line(text: str) -> str:
    """The same on one line, whatever its length."""
    return _literal(text, _IN_MESSAGES)


def heading(text: str) -> str:
    """The same for the name of a box in a sequence."""
    return _escaped(text, _IN_BOXES)


def aliases(ids: Iterable[str]) -> dict[str, str]:
    """Node id → a name that Mermaid accepts: `app.django@project` → `app_django`."""
    given: dict[str, str] = {}
    for id_, alias in _aliases(ids, _KEYWORDS).items():
        given[id_] = unlike(_harmless(alias), given.values())
    return given


def class_name(text: str) -> str:
    """The letters and digits of a text, as a part of the name of a class."""
    return _harmless(re.sub(r"\W+", "", text, flags=re.ASCII))


def unlike(name: str, taken: Collection[str]) -> str:
    """The name, or the first of `name_2`, `name_3`, … that is not taken."""
    numbered = (f"{name}_{number}" for number in count(2))
    return next(free for free in chain((name,), numbered) if free not in taken)


def with_codes(source: str) -> str:
    """A whole source with what keeps Mermaid from losing a code, on lines where it would."""
    return _EATS_CODES.sub(lambda match: _code(match[0]), source)


def _harmless(name: str) -> str:
    """A name that `with_codes` leaves alone."""
    return name.replace("style", "Style").replace("classDef", "ClassDef")


def _escaped(line: str, meaning: re.Pattern[str]) -> str:
    pieces = re.sub(rf"(\S{{{_WORD}}})(?=\S)", r"\1\n", line).split("\n")
    return "<br/>".join(_literal(piece, meaning) for piece in pieces)


def _literal(line: str, meaning: re.Pattern[str]) -> str:
    return meaning.sub(_literal_char, " ".join(line.split()))


def _literal_char(match: re.Match[str]) -> str:
    char = match[0]
    if match["late"]:
        return f"{char}{_code(MARK)}"
    return char if char > "~" and char.isprintable() else _code(char)


def _code(char: str) -> str:
    return f"#{_NAMED.get(char, ord(char))};"
