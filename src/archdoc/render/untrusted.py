"""SVG that somebody else's machine made: only what draws is kept.

`svg` makes pictures of engines fit to publish. A server may send what no engine does: elements of
HTML, animations that change links, styles that fetch, entities that grow.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = "circle ellipse image line path polygon polyline rect text tspan title"
_AROUND = "a clipPath defs g linearGradient radialGradient stop svg"
_FILTERS = "filter feBlend feColorMatrix feComposite feFlood feGaussianBlur feMerge feMergeNode"
_KEPT = {_SVG + name for name in f"{_SHAPES} {_AROUND} {_FILTERS} feOffset".split()}
"""The elements that PlantUML draws with."""

_HREF = re.compile(r"#|data:image/(?:png|jpeg|gif|webp|svg\+xml)[;,]")
_FETCHES = re.compile(r"url\((?!#)|\\|@|expression|javascript:", re.I)
"""What, in an attribute that is not text, may lead out of the picture; `\\` hides it in CSS."""
_PIECE = 65_536
_DEEPEST = 100
_MOST_ELEMENTS = 300_000
"""Some for each of ten thousand words."""
_TEXTS = ("data-", "title", "id", "class")
"""How names of attributes begin that are never more than text."""


def harmless(raw: bytes) -> bytes:
    """The same picture without anything that could run, fetch or grow.

    Raises ValueError (ET.ParseError is another one) for what is no SVG.
    """
    parser = ET.XMLParser(target=_Builder())  # noqa: S314 - `_Builder` refuses entities
    try:
        for start in range(0, len(raw), _PIECE):  # after each, it stops if `_Builder` gave up
            parser.feed(raw[start : start + _PIECE])
        root: ET.Element = parser.close()
    except ET.ParseError as error:
        raise ValueError(f"no XML: {error}") from error
    if root.tag != f"{_SVG}svg":
        raise ValueError("no SVG")
    for element in list(root.iter()):
        for child in list(element):
            if child.tag not in _KEPT:
                element.remove(child)
        for name, value in list(element.attrib.items()):
            if not _is_harmless(name, value):
                del element.attrib[name]
    return ET.tostring(root)


def _is_harmless(name: str, value: str) -> bool:
    namespace, _, local = name.rpartition("}")
    local = local.lower()
    if local.startswith("on") or local in {"src", "base"}:
        return False
    if local == "href":
        return _HREF.match(value) is not None
    return (not namespace and local.startswith(_TEXTS)) or _FETCHES.search(value) is None


class _Builder(ET.TreeBuilder):
    """Builds what a picture may be, and gives up at once where it becomes more."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._elements = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> ET.Element:
        """An element begins."""
        self._depth += 1
        self._elements += 1
        if self._depth > _DEEPEST or self._elements > _MOST_ELEMENTS:
            raise ValueError("larger than any picture")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> ET.Element:
        """An element ends."""
        self._depth -= 1
        return super().end(tag)

    def doctype(self, *_: object) -> None:
        """Called before any entity is declared."""
        raise ValueError("it declares entities, which no picture needs")
