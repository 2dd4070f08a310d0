"""How C4-PlantUML draws things, as the `skinparam` that its macros come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from archdoc.render.c4.calls import Call, UnknownError

SETTINGS = """\
skinparam defaultTextAlignment center
skinparam wrapWidth 200
skinparam maxMessageSize 150
skinparam LegendFontColor #FFFFFF
skinparam LegendBackgroundColor transparent
skinparam LegendBorderColor transparent
skinparam arrow {
    Color #666666
    FontColor #666666
    FontSize 12
}"""
"""What holds for all boxes and arrows."""

_LINES = {"DashedLine": "dashed", "DottedLine": "dotted", "SolidLine": "solid"}
_CORNERS = {"EightSidedShape": (0, 18), "RoundedBoxShape": (25, 0)}
_SQUARE = (0, 0)


@dataclass(frozen=True, slots=True)
class _Style:
    """One stereotype's; what is empty is left as it is."""

    background: str = ""
    border: str = ""
    text: str = ""
    line: str = ""
    thickness: str = ""
    corners: tuple[int, int] | None = None
    """How round, and how cut off; of rectangles only."""
    names_its_stereotype: bool = True
    weight: str = ""
    """Of names; of rectangles only."""

    def changed(self, call: Call) -> _Style:
        """With what a macro's arguments say."""
        named = call.named
        shape = named.get("shape")
        return replace(
            self,
            background=named.get("bgColor", self.background),
            border=named.get("borderColor", self.border),
            text=named.get("fontColor", self.text),
            line=_LINES[named["borderStyle"]] if "borderStyle" in named else self.line,
            thickness=named.get("borderThickness", self.thickness),
            corners=_CORNERS[shape] if shape else self.corners,
        )

    def properties(self, keyword: str) -> Iterator[str]:
        """The lines of its block."""
        said = {
            "StereotypeFontColor": self.text if self.names_its_stereotype else "",
            "FontColor": self.text,
            "BackgroundColor": self.background,
            "BorderColor": self.border,
        }
        if keyword == "rectangle":
            round_, diagonal = self.corners or ("", "")
            said |= {"FontStyle": self.weight}
            said |= {"RoundCorner": str(round_), "DiagonalCorner": str(diagonal)}
        said |= {"BorderStyle": self.line, "BorderThickness": self.thickness}
        return (f"    {name} {value}" for name, value in said.items() if value)


def _box(background: str, border: str, text: str = "#FFFFFF") -> _Style:
    return _Style(background, border, text, corners=_SQUARE)


def _arrow(said: Mapping[str, str]) -> str:
    """The colour and line of arrows. Raises KeyError for a line that is not known."""
    colour = said.get("lineColor", "").removeprefix("#")
    return f"{colour};line.{_LINES[said['lineStyle']]}" if "lineStyle" in said else colour


_NODE = _box("#FFFFFF", "#A2A2A2", "#000000")
_BOUNDARY = _Style(
    "transparent", "#444444", "#444444", "dashed", corners=_SQUARE, names_its_stereotype=False
)
_STYLES = {
    "boundary": replace(_BOUNDARY, corners=None),
    "system_boundary": _BOUNDARY,
    "container_boundary": _BOUNDARY,
    "person": _box("#08427B", "#073B6F"),
    "external_person": _box("#686868", "#8A8A8A"),
    "system": _box("#1168BD", "#3C7FC0"),
    "external_system": _box("#999999", "#8A8A8A"),
    "container": _box("#438DD5", "#3C7FC0"),
    "external_container": _box("#B3B3B3", "#A6A6A6"),
    "component": _box("#85BBF0", "#78A8D8", "#000000"),
    "external_component": _box("#CCCCCC", "#BFBFBF", "#000000"),
    "node": replace(_NODE, weight="normal"),
}
"""Stereotype → its style, as C4-PlantUML 2 has them before anything is changed."""
_TAGS = {"AddElementTag": _Style(), "AddNodeTag": _NODE, "AddBoundaryTag": _BOUNDARY}

_OF_TAGS = ("bgColor", "fontColor", "borderColor", "borderStyle", "borderThickness", "shape")


class Styles:
    """The styles of one diagram, of what is drawn in it."""

    def __init__(self) -> None:
        self._styles = dict(_STYLES)
        self._tags: dict[str, _Style] = {}
        self._arrows: dict[str, str] = {}
        self._used: dict[tuple[str, str], None] = {}

    def take(self, call: Call) -> bool:
        """Take in a macro that changes a style, or adds one; False for any other.

        Raises UnknownError.
        """
        try:
            return self._take(call)
        except KeyError as error:
            raise UnknownError from error

    def _take(self, call: Call) -> bool:
        name = call.argument(0)
        if call.macro == "UpdateElementStyle":
            call.expect(1, "bgColor", "borderColor", "fontColor")
            self._styles[name] = self._styles[name].changed(call)
        elif call.macro == "AddRelTag":
            call.expect(1, "lineColor", "lineStyle")
            self._arrows[name] = _arrow(call.named)
        elif call.macro in _TAGS:
            call.expect(1, *_OF_TAGS)
            stereotype = f"{name}_boundary" if call.macro == "AddBoundaryTag" else name
            self._tags[stereotype] = _TAGS[call.macro].changed(call)
        else:
            return False
        return True

    def use(self, keyword: str, stereotypes: Iterable[str]) -> None:
        """Something of these stereotypes is drawn, as PlantUML's `keyword`."""
        self._used |= dict.fromkeys((keyword, name) for name in stereotypes)

    def standard(self) -> Iterator[str]:
        """The styles that the library has for what is drawn."""
        return self._blocks(self._styles)

    def of_tags(self) -> Iterator[str]:
        """Those of its tags, and of arrows'."""
        yield from self._blocks(self._tags)
        for name, drawn in self._arrows.items():
            yield from (f"skinparam arrow<<{name}>> {{", f"    Color {drawn}", "}")

    def _blocks(self, styles: Mapping[str, _Style]) -> Iterator[str]:
        for keyword, name in self._used:
            if name in styles:
                properties = styles[name].properties(keyword)
                yield from (f"skinparam {keyword}<<{name}>> {{", *properties, "}")
