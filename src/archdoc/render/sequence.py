"""PlantUML's sequences, in the words of its other pictures.

Elsewhere PlantUML puts each box and each arrow into a group that says what it is: `entity`,
`cluster`, `link`. A sequence it draws without any, one shape after the other: boundaries, then
lifelines, then the heads of the lanes, then the messages, each with its arrow before its text. Here
they get the same groups, from what stands where: boundaries and heads by the names that they link
to, messages by the lifelines that they touch.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

_SVG = "{http://www.w3.org/2000/svg}"
_GROUP, _RECT, _LINE, _LINK = (f"{_SVG}{tag}" for tag in ("g", "rect", "line", "a"))
_STROKES = {_LINE, f"{_SVG}polygon", f"{_SVG}path"}
_TEXTS = {f"{_SVG}text", _LINK}
_ROUNDING = 0.01
"""PlantUML rounds the left and the width of a frame each: two that end together may differ."""


def group_sequence(root: ET.Element) -> None:
    """Give a sequence's picture its groups; any other picture is left as it is."""
    if root.get("data-diagram-type") != "SEQUENCE":
        return
    drawing = root.find(_GROUP)
    if drawing is None:
        return
    shapes = list(drawing)
    lifelines = [at for at, shape in enumerate(shapes) if shape.tag == _GROUP]
    if not lifelines:
        return
    boundaries = _Boundaries.of(shapes[: lifelines[0]])
    heads, rest = _heads(shapes[lifelines[-1] + 1 :])
    lanes = _lanes(shapes[lifelines[0] : lifelines[-1] + 1], heads, boundaries)
    for child in shapes:
        drawing.remove(child)
    drawing.extend([*boundaries.groups, *shapes[lifelines[0] : lifelines[-1] + 1], *lanes.values()])
    drawing.extend(_messages(rest, {x: lane.attrib["id"] for x, lane in lanes.items()}))


@dataclass
class _Boundaries:
    groups: list[ET.Element] = field(default_factory=list)

    @classmethod
    def of(cls, shapes: list[ET.Element]) -> _Boundaries:
        """A group for each frame and what is written in it."""
        found = cls()
        for shape in shapes:
            if shape.tag == _RECT:
                found.groups.append(ET.Element(_GROUP, {"class": "cluster"}))
            if found.groups:
                found.groups[-1].append(shape)
        for number, group in enumerate(found.groups):
            name = next((link.get("href", "")[1:] for link in group.iter(_LINK)), "")
            path = found.around(*_spread(group[0]), before=number)
            group.set("data-qualified-name", ".".join([*path, name]))
            group.set("id", f"boundary{number + 1}")
            _unlink(group)
        return found

    def around(self, left: float, right: float, *, before: int | None = None) -> list[str]:
        """The names of the frames around what reaches from left to right, outermost first."""
        return [
            group.get("data-qualified-name", "").rpartition(".")[2]
            for group in self.groups[:before]
            if _spread(group[0])[0] <= left + _ROUNDING
            and right - _ROUNDING <= _spread(group[0])[1]
        ]


def _heads(shapes: list[ET.Element]) -> tuple[list[ET.Element], list[ET.Element]]:
    """The heads of the lanes, which are links around a box; and what comes after them."""
    count = 0
    while count < len(shapes) and shapes[count].tag == _LINK:
        count += 1
    return shapes[:count], shapes[count:]


def _lanes(
    lifelines: list[ET.Element], heads: list[ET.Element], boundaries: _Boundaries
) -> dict[float, ET.Element]:
    """A group for the head of each lane, by where its lifeline stands from the left."""
    lanes: dict[float, ET.Element] = {}
    for number, (lifeline, head) in enumerate(zip(lifelines, heads, strict=True), 1):
        line = lifeline.find(_LINE)
        box = head.find(_RECT)
        if line is None or box is None:
            raise ValueError("a lane of the sequence has no lifeline or no head")
        path = boundaries.around(*_spread(box))
        name = ".".join([*path, head.get("href", "")[1:]])
        group = ET.Element(
            _GROUP, {"class": "entity", "data-qualified-name": name, "id": f"lane{number}"}
        )
        group.extend(head)
        lifeline.set("class", "lifeline")
        lanes[float(line.get("x1", 0))] = group
    return lanes


def _messages(shapes: list[ET.Element], lanes: dict[float, str]) -> list[ET.Element]:
    """A group for each message; what follows the last one, such as a legend, as it is."""
    groups: list[ET.Element] = []
    known = _STROKES | _TEXTS
    count = next((at for at, shape in enumerate(shapes) if shape.tag not in known), len(shapes))
    written = True
    for shape in shapes[:count]:
        if shape.tag in _STROKES and written:
            groups.append(ET.Element(_GROUP, {"class": "link", "id": f"message{len(groups) + 1}"}))
        written = shape.tag in _TEXTS
        groups[-1].append(shape)
    for group in groups:
        for end, x in zip(("1", "2"), _ends(group), strict=True):
            _, nearest = min((abs(lane - x), name) for lane, name in lanes.items())
            group.set(f"data-entity-{end}", nearest)
    return [*groups, *shapes[count:]]


def _ends(message: ET.Element) -> tuple[float, float]:
    """From where to where a message leads: its arrowhead is at the end where it arrives."""
    lines = list(message.iter(_LINE))
    head = message.find(f"{_SVG}polygon")
    if not lines or head is None:
        raise ValueError("a message of the sequence has no arrow")
    xs = [float(x) for x in head.get("points", "").split(",")[::2]]
    start, end = (float(lines[0].get(name, 0)) for name in ("x1", "x2"))
    if len(lines) > 1:  # out, down and back: a message of a lane to itself
        return start, start
    middle = sum(xs) / len(xs)
    return (start, end) if abs(end - middle) < abs(start - middle) else (end, start)


def _spread(rect: ET.Element) -> tuple[float, float]:
    """From where to where a box reaches, from the left."""
    left = float(rect.get("x", 0))
    return left, left + float(rect.get("width", 0))


def _unlink(group: ET.Element) -> None:
    """Put what is inside links in their place."""
    children = [inner for child in group for inner in (child if child.tag == _LINK else [child])]
    for child in list(group):
        group.remove(child)
    group.extend(children)
