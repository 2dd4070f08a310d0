"""Text in PlantUML: labels that are shown as they are, and names that PlantUML accepts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from archdoc.outputs.wrapping import wrapped

# Creole, PlantUML's markup, gives a meaning to these wherever they stand, and the preprocessor to
# `$`, `%` and `\\`; the others mean something when doubled, or at the start of a line.
_ALWAYS = frozenset('"\\%$<>~|')
_DOUBLED = frozenset("*_/-=[]{}.'^!#@+\N{LEFT DOUBLE QUOTATION MARK}")
_CALLS = re.compile(r"(?<=\w)\(|(?<=[A-Z0-9])_(?=[A-Z0-9])", re.ASCII)
"""What makes names of the included libraries calls and constants, which the preprocessor replaces
inside quotes too: `Index()`, `RDS(x)`, `TECHN_FONT_SIZE`."""
_GAPS = re.compile("[\t\u2028\u2029]")
"""Blanks that Java gives another width than browsers."""
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Keeps `&#60;`, `<U+003C>` and the `\\t` of `C:\\temp` from being decoded a second time. It has no
width, and the font of our pictures has it; readers drop it."""

_KEYWORDS = frozenset(
    """
    abstract actor agent allow_mixin allowmixing alt annotation archimate artifact as autonumber
    boundary box break caption card circle class cloud collections component control database
    detach diamond else end entity enum exception file folder footer frame group header hexagon
    hide if interface label left legend loop mainframe metaclass namespace newpage node note of
    on opt over package page par participant person port portin portout process protocol queue
    rectangle ref remove repeat restore return right rnote scale set show skinparam sprite stack
    start state stereotype stop storage struct then title together top upusecase while
    """.split()  # noqa: SIM905 - a hundred words read better without quotes
)


def label(text: str, width: int | None = None) -> str:
    """A text for a quoted argument: shown literally, whatever it holds; wrapped at `width`.

    The universal escape is `<U+XXXX>` (https://plantuml.com/unicode). It is used only where needed,
    so that ordinary labels read as they are.
    """
    lines = text.split("\n") if width is None else wrapped(text, width)
    return r"\n".join(_line(line) for line in lines)


def _line(line: str) -> str:
    if _GAPS.search(line):
        line = " ".join(line.split())
    return "".join(
        _escaped(char)
        if _has_meaning(line, position)
        else f"{char}{MARK}"
        if char == "&" and line[position + 1 : position + 2] == "#"
        else char
        for position, char in enumerate(line)
    )


def _has_meaning(line: str, position: int) -> bool:
    char = line[position]
    if char in _ALWAYS or not (char.isprintable() or char == " "):
        return True
    if char in "(_" and _CALLS.match(line, position):
        return True
    if char == "]" and not line[position + 1 :].strip():
        return True  # at the end of a line it ends a participant of a sequence
    beside = line[position - 1 : position] + line[position + 1 : position + 2]
    return char in _DOUBLED and (char in beside or not line[:position].strip())


def _escaped(char: str) -> str:
    mark = MARK if char in "<\\" else ""
    return f"<U+{ord(char):04X}>{mark}"


def unmarked(text: str) -> str:
    """A text read back from a picture, without what `label` added."""
    return text.replace(MARK, "")


def aliases(ids: Iterable[str], keywords: Collection[str] = _KEYWORDS) -> dict[str, str]:
    """Node id → a name that PlantUML accepts: `app.django@project` → `app_django`.

    Stable: it depends on the id, and on earlier ids only where two would be the same. No name is
    one of the `keywords`, which are in small letters.
    """
    given: dict[str, str] = {}
    taken: set[str] = set()
    for id_ in ids:
        alias = _alias(id_.partition("@")[0], keywords)
        if alias in taken:
            alias = _alias(id_, keywords)
        candidate, number = alias, 2
        while candidate in taken:
            candidate, number = f"{alias}_{number}", number + 1
        given[id_] = candidate
        taken.add(candidate)
    return given


def _alias(id_: str, keywords: Collection[str]) -> str:
    alias = re.sub(r"\W", "_", id_, flags=re.ASCII)
    return f"{alias}_" if alias.lower() in keywords or not alias[:1].isalpha() else alias
