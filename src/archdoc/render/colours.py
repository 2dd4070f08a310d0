"""Colours that follow the reader's scheme: light as the engine drew them, or dark.

What stands on the canvas (text, arrows, frames, pale grounds) gets its colour through a custom
property with the engine's colour as its default: `fill="var(--archdoc-arrow,#666666)"`. Without any
definition a picture is light; a page that defines the properties makes it dark, and so does the
rule that a picture brings along for readers who prefer that. A box that is filled with a strong
colour looks the same in both, and so does what is written in it.
"""

from __future__ import annotations

import colorsys
import re
import xml.etree.ElementTree as ET

_SVG = "{http://www.w3.org/2000/svg}"
_GROUP, _TEXT, _RECT, _IMAGE = (f"{_SVG}{tag}" for tag in ("g", "text", "rect", "image"))
_WITH_GROUND = {"entity", "cluster", "node"}
"""Classes of the groups whose first filled shape is what the rest of them stands on."""

_WHITE, _BLACK = "#ffffff", "#000000"
_ROLES = {_WHITE: "canvas", _BLACK: "ink", "#666666": "arrow", "#444444": "boundary"}
"""What C4-PlantUML's colours are for; the properties of others are called by their digits."""
_PALE = 0.7
"""Grounds of a higher relative luminance change with the scheme."""
_READABLE = 4.5
"""The contrast of text that WCAG 2.2 asks for, level AA (success criterion 1.4.3)."""
_DARKEST, _LIGHTEST = 0.13, 0.92
"""The HSL lightness that white and black get in the dark scheme."""

_PLATE = "--archdoc-plate"
_DARK_PLATE = "#dde1e6"
"""Behind icons on grounds that turn dark: they are drawn for light ones. In the light scheme a
plate has the colour of what it is on."""

_PROPERTY = re.compile(r"var\(--archdoc-[a-z0-9]+,(#[0-9a-f]{6})\)")


def follow_scheme(root: ET.Element) -> None:
    """Let a page change the colours of what stands on the canvas. Changes `root`."""
    for element in root.iter():
        _style_to_attributes(element)
    _repaint_inside(root, _WHITE)


def set_off(text: ET.Element, ground: str | None = None) -> None:
    """Put the ground around a text's letters, so that no line runs into them.

    `ground` is the paint of what the text stands on; without one it is the canvas.
    """
    text.set("paint-order", "stroke")
    text.set("stroke", _property(_WHITE) if ground in {None, "none"} else str(ground))
    text.set("stroke-width", "3")
    text.set("stroke-linejoin", "round")


def canvas(width: str, height: str) -> ET.Element:
    """What a picture stands on."""
    return ET.Element(_RECT, {"width": width, "height": height, "fill": _property(_WHITE)})


def dark_css(*svgs: bytes) -> str:
    """Definitions of all properties in these pictures, as they are in the dark scheme."""
    used = {match[0]: match[1] for svg in svgs for match in _PROPERTY.finditer(svg.decode())}
    dark = {
        name: _DARK_PLATE if name == _PLATE else _dark(colour)
        for prop, colour in used.items()
        for name in [prop[len("var(") :].partition(",")[0]]
    }
    return "".join(f"{name}:{colour};" for name, colour in sorted(dark.items()))


def in_light(svg: bytes) -> bytes:
    """A picture with its default colours written out, for programs that know no properties."""
    return _PROPERTY.sub(r"\1", svg.decode()).encode()


def _style_to_attributes(element: ET.Element) -> None:
    """Presentation attributes instead of `style`, which a strict page would not apply."""
    for declaration in element.attrib.pop("style", "").split(";"):
        name, _, value = declaration.partition(":")
        if value:
            element.set(name.strip(), value.strip())


def _repaint_inside(group: ET.Element, ground: str) -> None:
    strong: list[ET.Element] = []
    for child in list(group):
        if child.tag == _GROUP:
            own = _ground(child) if child.get("class") in _WITH_GROUND else None
            _repaint_inside(child, own or ground)
        elif group.get("class") in _WITH_GROUND:
            if _luminance(ground) > _PALE:
                _repaint(child)
                _put_plate(group, child, ground)
        elif child.tag == _RECT and _luminance(_colour(child.get("fill")) or _WHITE) <= _PALE:
            strong.append(child)  # a row of a legend
        elif not (child.tag == _TEXT and any(_holds(rect, child) for rect in strong)):
            _repaint(child)


def _ground(group: ET.Element) -> str | None:
    """The colour that a box or a frame is filled with."""
    fills = (_colour(shape.get("fill")) for shape in group if shape.tag != _TEXT)
    return next((fill for fill in fills if fill is not None), None)


def _holds(rect: ET.Element, text: ET.Element) -> bool:
    """Whether a text begins inside a rectangle."""

    def number(element: ET.Element, name: str) -> float:
        return float(element.get(name, 0))

    return all(
        number(rect, at) <= number(text, at) <= number(rect, at) + number(rect, size)
        for at, size in (("x", "width"), ("y", "height"))
    )


def _repaint(element: ET.Element) -> None:
    if element.tag == _TEXT and element.get("fill") is None:
        element.set("fill", _BLACK)
    for paint in ("fill", "stroke"):
        colour = _colour(element.get(paint))
        if colour is not None:
            element.set(paint, _property(colour))


def _put_plate(group: ET.Element, image: ET.Element, ground: str) -> None:
    if image.tag == _IMAGE:
        place = {name: image.get(name, "0") for name in ("x", "y", "width", "height")}
        round_ = f"{float(place['width'].removesuffix('px')) / 8:g}"  # no less than icons' corners
        plate = ET.Element(_RECT, {**place, "rx": round_, "fill": f"var({_PLATE},{ground})"})
        group.insert(list(group).index(image), plate)


def _property(colour: str) -> str:
    return f"var(--archdoc-{_ROLES.get(colour, colour[1:])},{colour})"


def _colour(value: str | None) -> str | None:
    """`#rrggbb` of a paint; None for none, and for those that are no plain colour."""
    value = (value or "").strip().lower()
    named = {"white": _WHITE, "black": _BLACK}.get(value, value)
    return named if re.fullmatch("#[0-9a-f]{6}", named) else None


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, as WCAG 2.2 defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _dark(colour: str) -> str:
    """A colour's counterpart: light becomes dark and dark light, of the same hue.

    Whatever is not a ground is readable on the lightest of the dark grounds.
    """
    hue, lightness, saturation = colorsys.rgb_to_hls(*_rgb(colour))
    turned = _LIGHTEST - lightness * (_LIGHTEST - _DARKEST)
    if _luminance(colour) > _PALE:
        return _hex(hue, turned, saturation * 0.3)
    ground = _luminance(_hex(hue, _LIGHTEST - 0.9 * (_LIGHTEST - _DARKEST), 0.3))
    needed = _READABLE * (ground + 0.05) - 0.05
    while turned < 1 and _luminance(_hex(hue, turned, saturation)) < needed:
        turned += 0.02
    return _hex(hue, min(turned, 1), saturation)


def _hex(hue: float, lightness: float, saturation: float) -> str:
    return "#" + "".join(
        f"{round(c * 255):02x}" for c in colorsys.hls_to_rgb(hue, lightness, saturation)
    )
