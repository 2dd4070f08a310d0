"""Macros of C4-PlantUML that draw boxes, as the statements that they come to."""

from __future__ import annotations

from typing import NamedTuple

from archdoc.render.c4.calls import NEWLINE, Call, UnknownError
from archdoc.render.c4.wrapping import DESCRIPTION_WIDTH, TECHNOLOGY_WIDTH, wrapped

PERSON = "sprite $person #c4#c4_context:person"
"""The icon of people, which the library brings along."""
BOUNDARY = "boundary"
"""The stereotype of all boundaries."""
_LEFT = "\\l"
"""A line's end after which PlantUML writes the line at the left."""


class Box(NamedTuple):
    """A box, or a lane of a sequence."""

    keyword: str
    """What PlantUML calls its shape."""
    name: str
    stereotypes: tuple[str, ...]
    parts: tuple[str, ...]
    """What it says, from top to bottom."""
    link: str
    opens: bool
    """Whether what follows stands inside of it."""


class _Kind(NamedTuple):
    """What one macro draws."""

    stereotype: str
    keyword: str = "rectangle"
    has_technology: bool = False
    sprite: str = ""


_KINDS = {
    "Person": _Kind("person", sprite="person"),
    "System": _Kind("system"),
    "Container": _Kind("container", has_technology=True),
    "ContainerDb": _Kind("container", "database", has_technology=True),
    "ContainerQueue": _Kind("container", "queue", has_technology=True),
    "Component": _Kind("component", has_technology=True),
}
_BOUNDARIES = {"System_Boundary": "system", "Container_Boundary": "container"}


def box(call: Call, *, in_sequence: bool) -> Box:
    """What a macro draws. Raises UnknownError."""
    kind = _KINDS.get(call.macro.removesuffix("_Ext"))
    if kind is not None and not call.opens:
        call.expect(4 if kind.has_technology else 3, "sprite", "tags", "link")
        return _element(call, kind, in_sequence=in_sequence)
    if call.macro == "Deployment_Node_L":
        call.expect(4, "tags")
        text = _of_node(*(call.argument(place) for place in (1, 2, 3)))
        return _boxed(call, "rectangle", ["node"], text)
    if call.macro == "Boundary" or call.macro in _BOUNDARIES:
        kind_of = _BOUNDARIES.get(call.macro)
        call.expect(2 if kind_of else 3, "tags", "link")
        stereotypes = [f"{kind_of}_{BOUNDARY}", BOUNDARY] if kind_of else [BOUNDARY]
        parts = heading(call.argument(1)), small(kind_of or call.argument(2))
        return _boxed(call, "rectangle", stereotypes, *parts)
    raise UnknownError


def _element(call: Call, kind: _Kind, *, in_sequence: bool) -> Box:
    name, technology, said = (call.argument(place) for place in (1, 2, 3))
    if not kind.has_technology:
        technology, said = "", technology
    if in_sequence:
        if NEWLINE in name:
            raise UnknownError
        technology = wrapped(technology, TECHNOLOGY_WIDTH)
        said = wrapped(said, DESCRIPTION_WIDTH)
    sprite = call.named.get("sprite", kind.sprite)
    parts = [f"<${sprite}>"] if sprite else []
    parts.append(heading(name))
    parts += [in_italics(technology)] if technology else []
    parts += ["", said] if said else []
    external = "external_" if call.macro.endswith("_Ext") else ""
    return _boxed(call, kind.keyword, [f"{external}{kind.stereotype}"], *parts)


def _boxed(call: Call, keyword: str, stereotypes: list[str], *parts: str) -> Box:
    tag = call.named.get("tags")
    if tag and BOUNDARY in stereotypes:
        tag = f"{tag}_{BOUNDARY}"
    every = [tag, *stereotypes] if tag else stereotypes
    link = call.named.get("link", "")
    return Box(keyword, call.argument(0), tuple(every), parts, link, call.opens)


def statement(drawn: Box) -> str:
    """What draws a box: `rectangle "== Web" <<container>> as app_web`. Raises UnknownError."""
    if drawn.link:
        raise UnknownError
    stereotypes = "".join(f"<<{name}>>" for name in drawn.stereotypes)
    line = f'{drawn.keyword} "{NEWLINE.join(drawn.parts)}" {stereotypes} as {drawn.name}'
    return f"{line} {{" if drawn.opens else line


def _of_node(name: str, technology: str, description: str) -> str:
    """What a node says, with its lines at the left: PlantUML wraps nothing there."""
    text = _LEFT.join(heading(name).split(NEWLINE))
    text += f"{_LEFT}{small(wrapped(technology, TECHNOLOGY_WIDTH))}" if technology else ""
    return f"{text}{_LEFT * 2}{wrapped(description, DESCRIPTION_WIDTH)}" if description else text


def heading(text: str) -> str:
    """A name, each line of it a heading. Raises UnknownError where it is empty."""
    if not text:
        raise UnknownError
    return NEWLINE.join(f"== {line}" for line in text.split(NEWLINE))


def small(text: str) -> str:
    """What stands below a boundary's name."""
    return NEWLINE.join(f"<size:12>{line}</size>" for line in f"[{text}]".split(NEWLINE))


def in_italics(text: str) -> str:
    """A technology, in small slanted letters."""
    return NEWLINE.join(f"//<size:12>{line}</size>//" for line in f"[{text}]".split(NEWLINE))
